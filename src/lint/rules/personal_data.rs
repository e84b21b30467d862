//! `personal-data`: a broadcast goes to hundreds of people and cannot be called back, so no child may be known from it.

use crate::lint::masked::masked;
use crate::lint::persons::find;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::lint::texts;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "personal-data",
    severities: &[Severity::Error],
    allowable: true,
    why: "a broadcast goes to hundreds of people and cannot be called back, so no child may be known from it",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for text in texts::written(subject) {
        for (range, what) in find(text.value()) {
            let shown = masked(&text.value()[range.clone()]);
            let message = format!("\"{shown}\" looks like {what}");
            let help = "leave it out, or change it so that nobody can be known from it";
            findings.push(Finding::error(RULE.id, text.at(range), message).help(help));
        }
    }
}
