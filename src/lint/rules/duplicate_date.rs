//! `duplicate-date`: two broadcasts on one morning are read as one, and the ledger keeps one broadcast for a date.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "duplicate-date",
    severities: &[Severity::Error],
    allowable: false,
    why: "two broadcasts on one morning are read as one, and the ledger keeps one broadcast for a date",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for pair in subject.days.windows(2) {
        let [first, second] = pair else { continue };
        let date = second.day.date;
        if first.day.date != date {
            continue;
        }
        // The one that is moved is the one lower in the file, whatever their times.
        let (upper, lower) = if first.day.index < second.day.index { (first, second) } else { (second, first) };
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
