//! The kinds of values that a [`Table`] is asked for.

use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};

use crate::document::node::Value;
use crate::document::table::Table;
use crate::model::{Finding, Findings, Place, Text};

impl Table {
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
            Err(_) if self.broken.has(key, self.place()) => None,
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

    /// A string that must be there and not blank; a missing one is reported by [`Table::finish`].
    pub fn required_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        if !self.has(key) {
            self.require(key);
            return None;
        }
        let text = self.text(key, findings)?;
        if text.is_blank() {
            findings.push(Finding::error("blank", text.place().clone(), format!("`{key}` is blank")));
            return None;
        }
        Some(text)
    }

    /// A string that names a file: control characters in it are backslash escapes that were not meant.
    pub fn path(&mut self, key: &'static str, findings: &mut Findings) -> Option<Text> {
        let text = self.text(key, findings)?;
        let control = text.value().chars().any(char::is_control);
        if control || text.value().contains('\\') {
            let written = text.place().source.text.get(text.place().range.clone()).unwrap_or_default();
            let plain = written.trim_matches(['"', '\'']).replace("\\\\", "/").replace('\\', "/");
            let message = match control {
                true => format!("`{key}` holds a control character: \\ begins an escape in \"…\""),
                false => format!("`{key}` is written with \\, which leads nowhere but on Windows"),
            };
            let finding = Finding::error("path-escape", text.place().clone(), message);
            findings.push(finding.help(format!("write the path with /, as in \"{plain}\"")));
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
}
