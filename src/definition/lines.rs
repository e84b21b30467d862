//! Texts as they are read: one line for what may end in a header field, prose for Markdown; hidden characters refused.

use crate::document::{Hidden, Table};
use crate::model::{Finding, Findings, Text};

/// An optional text of one line.
pub(crate) fn line(table: &mut Table, key: &'static str, findings: &mut Findings) -> Option<Text> {
    let text = table.text(key, findings)?;
    visible(key, &text, Hidden::Line, findings).then_some(text)
}

/// A text of one line that must be there.
pub(crate) fn required_line(table: &mut Table, key: &'static str, findings: &mut Findings) -> Option<Text> {
    let text = table.required_text(key, findings)?;
    visible(key, &text, Hidden::Line, findings).then_some(text)
}

/// Optional Markdown.
pub(crate) fn prose(table: &mut Table, key: &'static str, findings: &mut Findings) -> Option<Text> {
    let text = table.text(key, findings)?;
    visible(key, &text, Hidden::Prose, findings).then_some(text)
}

/// Whether a text holds nothing hidden; if it does, that is reported.
pub(crate) fn visible(key: &str, text: &Text, kind: Hidden, findings: &mut Findings) -> bool {
    let Some((range, what)) = kind.find(text.value()) else { return true };
    let help = match text.value()[range.clone()].chars().next() {
        Some('\n' | '\r') if kind == Hidden::Line => format!("put `{key}` on one line, between \" and \""),
        Some('\t') => "put a space in its place".to_owned(),
        _ => "delete it, and type the words around it anew if you cannot see it".to_owned(),
    };
    findings.push(Finding::error("hidden-character", text.at(range), format!("`{key}` holds {what}")).help(help));
    false
}
