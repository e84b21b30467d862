//! `bank-holiday`: nobody is at work to read the broadcast, or to answer the calls that it prompts.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "bank-holiday",
    severities: &[Severity::Error],
    allowable: true,
    why: "nobody is at work to read the broadcast, or to answer the calls that it prompts",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        if let Some(holiday) = subject.holiday(day.day.date) {
            let message = format!("{} is a day off: {}", long_date(day.day.date), holiday.name);
            findings.push(Finding::error(RULE.id, subject.date_place(day), message).help("move it to a working day"));
        }
    }
}
