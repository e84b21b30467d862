//! `duplicate-date`: two broadcasts on one morning are read as one, and the ledger keeps one broadcast for a date.

use crate::lint::rule::Rule;
use crate::lint::subject::{DaySubject, Subject};
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "duplicate-date",
    severities: &[Severity::Error],
    allowable: false,
    why: "two broadcasts on one morning are read as one, and the ledger keeps one broadcast for a date",
    check,
};

/// Said at the day lower in the file, whatever the times: that is the one to move.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for lower in subject.days {
        let above = |day: &&DaySubject<'_>| day.day.date == lower.day.date && day.day.index < lower.day.index;
        let Some(upper) = subject.days.iter().find(above) else { continue };
        let date = lower.day.date;
        let pinned = subject.broadcast(lower).is_some_and(|broadcast| broadcast.date.is_some());
        let help = if pinned {
            "give one of the two another date"
        } else {
            "its date comes from the schedule; give it a `date`, or begin the week earlier with `starts`"
        };
        let finding = Finding::error(RULE.id, subject.date_place(lower), format!("two days on {}", long_date(date)))
            .label(subject.date_place(upper), "the other")
            .help(help);
        findings.push(finding);
    }
}
