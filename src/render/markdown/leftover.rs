//! Marks that the parser left as they are: what was meant as bold, a link or a callout and became none.

use std::ops::Range;

use crate::model::{Finding, Findings, Text};
use crate::render::template::mapped::Mapped;

const MARKS: [(&str, &str, bool); 10] = [
    ("![", "a picture is written ![what it shows](file.png), with no space in the file's name", true),
    ("](", "a link is written [words](https://…), with no space in the address", true),
    ("[!", "a callout begins with > [!NOTE] or > [!WARNING] on a line of its own", true),
    (":::", "a callout begins with > [!NOTE] or > [!WARNING] on a line of its own", true),
    ("{{", "a value is written {{ week.title }}", true),
    ("{%", "a condition is written {% if … %} … {% endif %}", true),
    ("}}", "a value is written {{ week.title }}", true),
    ("%}", "a condition is written {% if … %} … {% endif %}", true),
    ("**", "bold words are written **so**, with no space inside the stars", false),
    ("~~", "nothing is struck out in a message; remove the marks", false),
];

/// Adds a finding for each kind of mark in a stretch of running text; `range` is the stretch of `source` it came from.
pub(crate) fn check(shown: &str, range: Range<usize>, source: &Mapped, text: &Text, findings: &mut Findings) {
    let written = source.text().get(range.clone()).unwrap_or_default();
    let mut last = None;
    for (mark, help, is_error) in MARKS {
        // A mark that is shown and not written as such was escaped on purpose.
        let (true, Some(at)) = (shown.contains(mark), written.find(mark)) else { continue };
        if last.is_some_and(|last: usize| at.abs_diff(last) <= 1) {
            continue;
        }
        last = Some(at);
        let place = text.at(source.origin(range.start + at..range.start + at + mark.len()));
        let message = format!("the mark \"{mark}\" would be shown as it is");
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
    let mut source = Mapped::default();
    source.copy(text.value(), 0);
    for (mark, _, _) in MARKS {
        if let Some(at) = text.value().find(mark) {
            let message =
                format!("the mark \"{mark}\" would be shown as it is: this text is neither Markdown nor template");
            let place = text.at(at..at + mark.len());
            findings.push(Finding::error("leftover-mark", place, message).help("write it in plain words"));
            return;
        }
    }
}
