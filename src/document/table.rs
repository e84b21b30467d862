//! The reader of one TOML table: each key is asked for by its kind (see `typed.rs`); what was not asked for is an
//! unknown key.

use std::sync::Arc;

use crate::document::broken::Broken;
use crate::document::nearest::nearest;
use crate::document::node::{Entry, Node, Value};
use crate::model::{Finding, Findings, Place};

/// A table that is being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    place: Place,
    /// One of several: an entry of a list of tables.
    item: bool,
    entries: Vec<Entry>,
    /// Where each of its keys stands, in file order.
    starts: Vec<usize>,
    asked: Vec<&'static str>,
    /// Keys that must be there and are not, with the way in which messages write them.
    lacking: Vec<(&'static str, String)>,
    pub(crate) broken: Arc<Broken>,
}

impl Table {
    pub(crate) fn document(entries: Vec<Entry>, place: Place, broken: Arc<Broken>) -> Self {
        let (name, asked, lacking) = (String::new(), Vec::new(), Vec::new());
        let starts = entries.iter().map(|entry| entry.place.range.start).collect();
        Self { name, place, item: false, entries, starts, asked, lacking, broken }
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

    /// Whether a key that has not been taken, and is none of `others`, is nearly this one.
    #[must_use]
    pub fn has_nearly(&self, key: &str, others: &[&str]) -> bool {
        let keys = self.entries.iter().map(|entry| entry.key.as_str());
        nearest(key, keys.filter(|key| !others.contains(key))).is_some()
    }

    /// The place of a key, while it has not been taken.
    #[must_use]
    pub fn key_place(&self, key: &str) -> Option<Place> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.place.clone())
    }

    /// Whether a syntax error, which has been reported, made the value of a key unreadable.
    #[must_use]
    pub fn is_broken(&self, key: &str) -> bool {
        self.broken.may_have_had(key, &self.place)
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
            _ if self.name.is_empty() => format!("add a line: {key} = …"),
            _ if self.is_inline() => format!("add it between the braces: {key} = …"),
            _ => format!("add a line below {title}: {key} = …"),
        };
        Finding::error("missing-key", self.place.clone(), format!("{title} has no {written}")).help(help)
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let node = self.take(key)?;
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
            // Its heading stands there twice, which has been reported: the first counts.
            Value::Array(items) if self.broken.doubled && follows_heading(&node.place) => {
                self.nested(key, items.into_iter().next()?, findings)
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
        let entries = self.rest();
        if let Some(finding) = self.lost_heading(&entries) {
            findings.push(finding);
            let lacking = std::mem::take(&mut self.lacking).into_iter().skip(usize::from(self.name.is_empty()));
            self.lacking = lacking.collect();
        } else {
            for entry in entries {
                let lacking = self.lacking.iter().map(|(key, _)| *key);
                let near = nearest(&entry.key, lacking).or_else(|| nearest(&entry.key, self.asked.iter().copied()));
                findings.push(self.unknown_key(&entry, near));
                let near = near.unwrap_or_default();
                self.lacking.retain(|(key, _)| *key != near);
            }
        }
        findings.extend(self.lacking.iter().map(|(key, written)| self.lack(key, written)));
    }

    /// The keys that were asked for.
    pub(crate) fn known(&self) -> &[&'static str] {
        &self.asked
    }

    /// The heading of the first table that is missing.
    pub(crate) fn first_lacking(&self) -> Option<&str> {
        self.lacking.first().map(|(_, heading)| heading.as_str())
    }

    /// Whether entries are the last ones of the table.
    pub(crate) fn ends_with(&self, entries: &[Entry]) -> bool {
        let starts = entries.iter().map(|entry| entry.place.range.start);
        starts.rev().zip(self.starts.iter().rev()).all(|(entry, known)| entry == *known)
    }
}

/// Whether a list is made of tables below headings, rather than written in brackets behind a key.
fn follows_heading(place: &Place) -> bool {
    let line = place.source.text[..place.range.start.min(place.source.text.len())].rsplit('\n').next();
    line.is_some_and(|before| before.trim().is_empty())
}
