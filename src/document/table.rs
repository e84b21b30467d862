//! The reader of one TOML table: each key is asked for by its kind (see `typed.rs`); what was not asked for is an
//! unknown key.

use std::sync::Arc;

use crate::document::broken::Broken;
use crate::document::nearest::nearest;
use crate::document::node::{Entry, Node, Value};
use crate::model::{Finding, Findings, Place, list_of};

/// A table that is being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    place: Place,
    /// One of several: an entry of a list of tables.
    item: bool,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
    /// Keys that must be there and are not, with the way in which messages write them.
    lacking: Vec<(&'static str, String)>,
    pub(crate) broken: Arc<Broken>,
}

impl Table {
    pub(crate) fn document(entries: Vec<Entry>, place: Place, broken: Arc<Broken>) -> Self {
        let (asked, lacking) = (Vec::new(), Vec::new());
        Self { name: String::new(), place, item: false, entries, asked, lacking, broken }
    }

    /// The table's header, or the inline table.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Its dotted name, empty for the document.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How messages name it: `[week]`, `[[broadcast]]`, "this entry of `links`".
    #[must_use]
    pub fn title(&self) -> String {
        let last = self.name.rsplit('.').next().unwrap_or_default();
        match (self.is_inline(), self.item) {
            _ if self.name.is_empty() => "the file".to_owned(),
            (true, true) => format!("this entry of `{last}`"),
            (true, false) => format!("`{last}`"),
            (false, true) => format!("[[{}]]", self.name),
            (false, false) => format!("[{}]", self.name),
        }
    }

    fn is_inline(&self) -> bool {
        self.place.source.text.get(self.place.range.start..).is_some_and(|text| text.starts_with('{'))
    }

    /// Whether a key is there and has not been taken.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The place of a key, while it has not been taken.
    #[must_use]
    pub fn key_place(&self, key: &str) -> Option<Place> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.place.clone())
    }

    /// Whether a syntax error, which has been reported, made the value of a key unreadable.
    #[must_use]
    pub fn is_broken(&self, key: &str) -> bool {
        self.broken.structure || self.broken.has(key, &self.place)
    }

    pub(crate) fn ask(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    pub(crate) fn value_place(&mut self, key: &'static str) -> Option<Place> {
        self.ask(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.place.clone())
    }

    /// Takes a value of any kind.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.ask(key);
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index).node)
    }

    /// Reports a key that must be there.
    pub fn missing(&self, key: &str, findings: &mut Findings) {
        if !self.is_broken(key) {
            findings.push(self.lack(key, &format!("`{key}`")));
        }
    }

    /// Notes that a key must be there; [`Table::finish`] reports it, unless it stands there misspelt: then the unknown
    /// key is the finding.
    pub fn require(&mut self, key: &'static str) {
        self.require_as(key, format!("`{key}`"));
    }

    /// [`Table::require`] for a table, which messages name by its heading, such as `[week]`.
    pub fn require_as(&mut self, key: &'static str, written: impl Into<String>) {
        self.ask(key);
        if !self.has(key) && !self.is_broken(key) {
            self.lacking.push((key, written.into()));
        }
    }

    fn lack(&self, key: &str, written: &str) -> Finding {
        let title = self.title();
        let help = match written {
            heading if heading.starts_with('[') => format!("add a line {heading}, and its keys below it"),
            _ if self.is_inline() => format!("add it between the braces: {key} = …"),
            _ => format!("add a line below {title}: {key} = …"),
        };
        Finding::error("missing-key", self.place.clone(), format!("{title} has no {written}")).help(help)
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let node = self.take(key)?;
        if self.is_broken(key) {
            // Its heading stands there twice, which has been reported: the first counts.
            if let Value::Array(items) = node.value {
                return self.nested(key, items.into_iter().next()?, findings);
            }
        }
        self.nested(key, node, findings)
    }

    /// A list of tables: `[[key]]` or `key = [{ … }]`. A single table is reported and read as a list of one, so that
    /// its own faults show as well.
    pub fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Self> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let items = match node.value {
            Value::Array(items) => items,
            other => {
                let inline = node.place.source.text.get(node.place.range.clone()).is_some_and(|t| !t.starts_with('['));
                if !self.is_broken(key) {
                    let message = format!("`{key}` is {}, but should be a list of tables", other.kind());
                    let help = match (inline, &other) {
                        (true, Value::Table(_)) => format!("put it in square brackets: {key} = [{{ … }}]"),
                        (true, _) => format!("write it as {key} = [{{ … }}]"),
                        _ => format!("write [[{key}]] with two brackets on each side"),
                    };
                    findings.push(Finding::error("wrong-type", node.place.clone(), message).help(help));
                }
                match other {
                    Value::Table(_) => vec![Node { value: other, place: node.place }],
                    _ => Vec::new(),
                }
            }
        };
        let tables = items.into_iter().filter_map(|item| self.nested(key, item, findings));
        tables.map(|table| Self { item: true, ..table }).collect()
    }

    /// Wraps a node that was taken from this table, expecting a table.
    pub fn nested(&self, key: &str, node: Node, findings: &mut Findings) -> Option<Self> {
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        match node.value {
            Value::Table(entries) => {
                Some(Self { name, ..Self::document(entries, node.place, Arc::clone(&self.broken)) })
            }
            other => {
                if !self.broken.structure {
                    let message = format!("`{key}` is {}, but should be a table", other.kind());
                    let finding = Finding::error("wrong-type", node.place, message);
                    findings.push(finding.help("write the keys and values between braces: { key = \"value\" }"));
                }
                None
            }
        }
    }

    /// All entries that have not been taken, for tables whose keys the officer chooses.
    pub fn rest(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    /// Reports what nobody asked for, and what [`Table::require`] noted as missing.
    pub fn finish(mut self, findings: &mut Findings) {
        if self.broken.structure && self.name.is_empty() {
            return;
        }
        let title = self.title();
        let entries = self.without_heading(findings);
        for entry in entries {
            let lacking = self.lacking.iter().map(|(key, _)| *key);
            let near = nearest(&entry.key, lacking).or_else(|| nearest(&entry.key, self.asked.iter().copied()));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys that can stand there are {}", list_of(&self.asked)),
            };
            let message = format!("unknown key `{}` in {title}", entry.key);
            findings.push(Finding::error("unknown-key", entry.place.clone(), message).help(help));
            let near = near.unwrap_or_default();
            self.lacking.retain(|(key, _)| *key != near);
        }
        findings.extend(self.lacking.iter().map(|(key, written)| self.lack(key, written)));
    }

    /// The entries that are left. Where a heading of the document is missing, values that stand below no heading were
    /// meant for it: that is one finding, not one for each.
    fn without_heading(&mut self, findings: &mut Findings) -> Vec<Entry> {
        let entries = self.rest();
        let (values, tables): (Vec<Entry>, Vec<Entry>) = entries
            .into_iter()
            .partition(|entry| self.name.is_empty() && !matches!(entry.node.value, Value::Table(_) | Value::Array(_)));
        let Some(first) = values.first().filter(|_| values.len() > 1 && !self.lacking.is_empty()) else {
            return values.into_iter().chain(tables).collect();
        };
        let (_, heading) = self.lacking.remove(0);
        let message = format!("the file has no {heading}, and `{}` stands below no heading", first.key);
        let finding = Finding::error("missing-key", first.place.clone(), message);
        findings.push(finding.help(format!("put a line {heading} above it")));
        tables.into_iter().filter(|entry| entry.place.range.start < first.place.range.start || !inline(entry)).collect()
    }
}

/// Whether an entry is written as `key = …` rather than below a heading.
fn inline(entry: &Entry) -> bool {
    let text = &entry.node.place.source.text;
    text.get(entry.place.range.end..).is_some_and(|rest| rest.trim_start().starts_with('='))
}
