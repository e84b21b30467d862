//! Keys that nobody asked for.

use crate::document::nearest::nearest;
use crate::document::node::{Entry, Value};
use crate::document::table::Table;
use crate::model::{Finding, count, list_of};

/// So many unknown keys at the end of a table are another table that lost its heading.
const MANY: usize = 3;

impl Table {
    /// The finding for one key; `near` is what it was probably meant to be.
    pub(crate) fn unknown_key(&self, entry: &Entry, near: Option<&str>) -> Finding {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys that can stand there are {}", list_of(self.known())),
        };
        let message = format!("unknown key `{}` in {}", entry.key, self.title());
        Finding::error("unknown-key", entry.place.clone(), message).help(help)
    }

    /// One finding for many keys where their heading is gone: values of the document below no heading, and a tail of a
    /// table of which no key is known there.
    pub(crate) fn lost_heading(&self, entries: &[Entry]) -> Option<Finding> {
        if self.name().is_empty() {
            let inline = |entry: &&Entry| !matches!(entry.node.value, Value::Table(_)) || follows(entry, "=");
            let values: Vec<&Entry> = entries.iter().filter(inline).collect();
            let heading = self.first_lacking().filter(|heading| heading.starts_with('['))?;
            let first = values.first().filter(|_| values.len() > 1 && values.len() == entries.len())?;
            let message = format!("the file has no {heading}, and `{}` stands below no heading", first.key);
            let finding = Finding::error("missing-key", first.place.clone(), message);
            return Some(finding.help(format!("put a line {heading} above it")));
        }
        let known = |entry: &Entry| nearest(&entry.key, self.known().iter().copied()).is_some();
        let strange = entries.iter().filter(|entry| !known(entry)).count();
        if entries.len() < MANY || strange * 2 < entries.len() || !self.ends_with(entries) {
            return None;
        }
        let first = entries.first()?;
        let others = count(entries.len() - 1, "key");
        let title = self.title();
        let message = format!("`{}` and the {others} below it are unknown in {title}", first.key);
        let help = "put the heading above them that belongs to them, such as [[broadcast]] or [signature]";
        Some(Finding::error("unknown-key", first.place.clone(), message).help(help))
    }
}

fn follows(entry: &Entry, mark: &str) -> bool {
    let text = &entry.place.source.text;
    text.get(entry.place.range.end..).is_some_and(|rest| rest.trim_start().starts_with(mark))
}
