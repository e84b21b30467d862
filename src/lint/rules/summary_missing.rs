//! `summary-missing`: the summary is the line beside the subject in the list of messages, and yesterday's teaser.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "summary-missing",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the summary is the line beside the subject in the list of messages, and yesterday's teaser",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for broadcast in &subject.week.broadcasts {
        if broadcast.summary.as_ref().is_none_or(|summary| summary.is_blank()) {
            let place = broadcast.summary.as_ref().map_or(&broadcast.place, |summary| summary.place()).clone();
            let message = format!("\"{}\" has no summary", broadcast.theme.value());
            let help = "add summary = \"…\" with one sentence saying what the day is about";
            findings.push(Finding::warning(RULE.id, place, message).help(help));
        }
    }
}
