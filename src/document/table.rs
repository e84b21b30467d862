//! The typed reader of one TOML table: each key is asked for by its kind; what was not asked for is an unknown key.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};

use crate::document::nearest::nearest;
use crate::document::node::{Entry, Node, Value};
use crate::model::{Finding, Findings, Place, Text};

/// What the syntax errors of the document make uncertain, so that no follow-on finding is shown for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Keys at the beginning of a line with an error.
    pub(crate) keys: Vec<String>,
    /// A table header or a bracket is broken: any key may be missing or misplaced.
    pub(crate) structure: bool,
    /// An array or inline table was left open.
    pub(crate) unclosed: bool,
}

/// A table that is being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    place: Place,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
    broken: Arc<Broken>,
}

impl Table {
    pub(crate) fn new(name: String, value: Value, place: Place, broken: Arc<Broken>) -> Self {
        let entries = if let Value::Table(entries) = value { entries } else { Vec::new() };
        Self { name, place, entries, asked: Vec::new(), broken }
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

    /// Takes a value of any kind.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index).node)
    }

    fn take_as<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        findings: &mut Findings,
        read: impl FnOnce(Value) -> Result<T, Value>,
    ) -> Option<T> {
        let node = self.take(key)?;
        match read(node.value) {
            Ok(value) => Some(value),
            Err(_) if self.broken.keys.iter().any(|broken| broken == key) => None,
            Err(value) => {
                let message = format!("`{key}` is {}, but should be {expected}", value.kind());
                findings.push(Finding::error("wrong-type", node.place, message));
                None
            }
        }
    }

    /// A string.
    pub fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        self.take_as(key, "a string in quotation marks", findings, |value| match value {
            Value::Text(text) => Ok(text),
            other => Err(other),
        })
    }

    /// A string that must be there and not blank.
    pub fn required_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(key, findings);
            return None;
        }
        let text = self.text(key, findings)?;
        if text.is_blank() {
            findings.push(Finding::error("blank", text.place().clone(), format!("`{key}` is blank")));
            return None;
        }
        Some(text)
    }

    /// Reports a key that must be there.
    pub fn missing(&self, key: &str, findings: &mut Findings) {
        if self.broken.structure || self.broken.keys.iter().any(|broken| broken == key) {
            return;
        }
        let table = if self.name.is_empty() { "the file".to_owned() } else { format!("[{}]", self.name) };
        let finding = Finding::error("missing-key", self.place.clone(), format!("{table} has no `{key}`"));
        findings.push(finding.help(format!("add a line: {key} = …")));
    }

    /// A string that names a file: control characters in it are backslash escapes that were not meant.
    pub fn path(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        let text = self.text(key, findings)?;
        if text.value().chars().any(char::is_control) {
            let written = text.place().source.text.get(text.place().range.clone()).unwrap_or_default();
            let plain = written.trim_matches('"').replace('\\', "/");
            let message = format!("`{key}` holds a control character: \\ begins an escape in \"…\"");
            findings.push(
                Finding::error("path-escape", text.place().clone(), message)
                    .help(format!("write the path with /, as in \"{plain}\", or put it in '…'")),
            );
            return None;
        }
        Some(text)
    }

    /// A list of strings; a single string counts as a list of one.
    pub fn texts(&mut self, key: &'static str, findings: &mut Findings) -> Option<Vec<Text>> {
        let node = self.take(key)?;
        let items = match node.value {
            Value::Array(items) => items,
            Value::Text(text) => return Some(vec![text]),
            other => {
                let message = format!("`{key}` is {}, but should be a list of strings in [ ]", other.kind());
                findings.push(Finding::error("wrong-type", node.place, message));
                return None;
            }
        };
        let mut texts = Vec::new();
        for item in items {
            match item.value {
                Value::Text(text) => texts.push(text),
                other => {
                    let message = format!("`{key}` holds {}, but should hold strings only", other.kind());
                    findings.push(Finding::error("wrong-type", item.place, message));
                }
            }
        }
        Some(texts)
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str, findings: &mut Findings) -> Option<(i64, Place)> {
        let place = self.value_place(key)?;
        let number = self.take_as(key, "a whole number", findings, |value| match value {
            Value::Integer(number) => Ok(number),
            other => Err(other),
        })?;
        Some((number, place))
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        self.take_as(key, "true or false", findings, |value| match value {
            Value::Boolean(boolean) => Ok(boolean),
            other => Err(other),
        })
    }

    /// A date, bare or in quotation marks: `2027-03-15`.
    pub fn date(&mut self, key: &'static str, findings: &mut Findings) -> Option<(NaiveDate, Place)> {
        let place = self.value_place(key)?;
        let date = self.take_as(key, "a date such as 2027-03-15", findings, |value| match value {
            Value::Date(date) => Ok(date),
            Value::Text(text) => match NaiveDate::parse_from_str(text.value().trim(), "%Y-%m-%d") {
                Ok(date) => Ok(date),
                Err(_) => Err(Value::Text(text)),
            },
            other => Err(other),
        })?;
        Some((date, place))
    }

    /// A time of day, bare or in quotation marks: `"08:30"`.
    pub fn time(&mut self, key: &'static str, findings: &mut Findings) -> Option<(NaiveTime, Place)> {
        let place = self.value_place(key)?;
        let time = self.take_as(key, "a time such as \"08:30\"", findings, |value| match value {
            Value::Time(time) => Ok(time),
            Value::Text(text) => {
                let written = text.value().trim();
                let time = NaiveTime::parse_from_str(written, "%H:%M");
                time.or_else(|_| NaiveTime::parse_from_str(written, "%H:%M:%S")).map_err(|_| Value::Text(text))
            }
            other => Err(other),
        })?;
        Some((time, place))
    }

    /// A duration such as `"3h"` or `"90min"`.
    pub fn duration(&mut self, key: &'static str, findings: &mut Findings) -> Option<(Duration, Place)> {
        let text = self.text(key, findings)?;
        match humantime::parse_duration(text.value()) {
            Ok(duration) => Some((duration, text.place().clone())),
            Err(_) => {
                let message = format!("`{key}` is \"{}\", which is no length of time", text.value());
                let finding = Finding::error("wrong-type", text.place().clone(), message);
                findings.push(finding.help("write it as \"3h\", \"90min\" or \"1h 30min\""));
                None
            }
        }
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let node = self.take(key)?;
        self.nested(key, node, findings)
    }

    /// A list of tables: `[[key]]` or `key = [{ … }]`.
    pub fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Self> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match node.value {
            Value::Array(items) => items.into_iter().filter_map(|item| self.nested(key, item, findings)).collect(),
            other => {
                let message = format!("`{key}` is {}, but should be [[{key}]], once for each", other.kind());
                findings.push(Finding::error("wrong-type", node.place, message));
                Vec::new()
            }
        }
    }

    /// Wraps a node that was taken from this table, expecting a table.
    pub fn nested(&self, key: &str, node: Node, findings: &mut Findings) -> Option<Self> {
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        match node.value {
            Value::Table(_) => Some(Self::new(name, node.value, node.place, Arc::clone(&self.broken))),
            other => {
                if !self.broken.structure {
                    let message = format!("`{key}` is {}, but should be a table", other.kind());
                    findings.push(Finding::error("wrong-type", node.place, message));
                }
                None
            }
        }
    }

    /// All entries that have not been taken, for tables whose keys the officer chooses.
    pub fn rest(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    /// Reports what nobody asked for.
    pub fn finish(self, findings: &mut Findings) {
        if self.broken.structure && self.name.is_empty() {
            return;
        }
        let table = if self.name.is_empty() { "the file".to_owned() } else { format!("[{}]", self.name) };
        for entry in self.entries {
            let near = nearest(&entry.key, self.asked.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{table} knows {}", self.asked.join(", ")),
            };
            let message = format!("unknown key `{}` in {table}", entry.key);
            findings.push(Finding::error("unknown-key", entry.place, message).help(help));
        }
    }

    fn value_place(&mut self, key: &'static str) -> Option<Place> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.place.clone())
    }
}
