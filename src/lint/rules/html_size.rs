//! `html-size`: Gmail cuts the HTML of a message at 102 kB, with the signature and the helplines at its end.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "html-size",
    severities: &[Severity::Error, Severity::Warning],
    allowable: false,
    why: "Gmail cuts the HTML of a message at 102 kB, with the signature and the helplines at its end",
    check,
};

/// Bytes from which it is said: merge fields and the mail server's banner still come on top.
const LARGE: usize = 80_000;
/// The most bytes: Gmail cuts at 102 kB.
const MOST: usize = 100_000;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        let size: usize = material.html.iter().map(String::len).sum();
        let message = format!("the HTML part has {} kB", size.div_ceil(1000));
        let finding = match size {
            0..=LARGE => continue,
            size if size > MOST => Finding::error(RULE.id, broadcast.body.place().clone(), message + "; Gmail cuts it"),
            _ => Finding::warning(RULE.id, broadcast.body.place().clone(), message),
        };
        findings.push(finding.help("shorten the text, or put a part of it on a page and link to it"));
    }
}
