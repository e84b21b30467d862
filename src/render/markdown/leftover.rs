//! Marks that the parser left as they are: what was meant as bold, a link or a callout and became none.

use std::ops::Range;

use crate::model::{Finding, Findings, Text};
use crate::render::markdown::marks::{self, Found};
use crate::render::template::mapped::Mapped;

/// Adds a finding for each kind of mark in a stretch of running text; `range` is the stretch of `source` it came from.
pub(crate) fn check(shown: &str, range: Range<usize>, source: &Mapped, text: &Text, findings: &mut Findings) {
    let written = source.text().get(range.clone()).unwrap_or_default();
    let before = source.text().get(..range.start).unwrap_or_default();
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let begins = line.chars().all(|c| c.is_whitespace() || c == '>');
    let mut last: Option<Range<usize>> = None;
    for Found { range: found, help, is_error } in marks::find(written, begins) {
        let mark = &written[found.clone()];
        // A mark that is written and not shown as such is an entity or the like.
        if !shown.contains(mark) || last.as_ref().is_some_and(|last| found.start <= last.end && last.start <= found.end)
        {
            continue;
        }
        let place = text.at(source.origin(range.start + found.start..range.start + found.end));
        let message = format!("the mark \"{mark}\" would be shown as it is");
        last = Some(found);
        let finding = if is_error {
            Finding::error("leftover-mark", place, message)
        } else {
            Finding::warning("leftover-mark", place, message)
        };
        findings.push(finding.help(help));
    }
}

/// The same for a text that is no Markdown: theme, summary, titles, notes.
pub(crate) fn check_plain(text: &Text, findings: &mut Findings) {
    const PLAIN: [&str; 10] = ["![", "](", "[!", ":::", "{{", "{%", "}}", "%}", "**", "~~"];
    for mark in PLAIN {
        if let Some(at) = text.value().find(mark) {
            let message =
                format!("the mark \"{mark}\" would be shown as it is: this text is neither Markdown nor template");
            let place = text.at(at..at + mark.len());
            findings.push(Finding::error("leftover-mark", place, message).help("write it in plain words"));
            return;
        }
    }
}
