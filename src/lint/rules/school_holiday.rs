//! `school-holiday`: in the holidays, the people of schools read the broadcast weeks later, or never.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "school-holiday",
    severities: &[Severity::Warning],
    allowable: false,
    why: "in the holidays, the people of schools read the broadcast weeks later, or never",
    check,
};

/// Bank holidays among them are another rule's affair.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days.iter().filter(|day| subject.holiday(day.day.date).is_none()) {
        let date = day.day.date;
        if let Some(holidays) = subject.school_holidays.iter().find(|range| range.contains(date)) {
            let message = format!("{} is in the school holidays: {}", long_date(date), holidays.name);
            let help = "move it to a school day, or allow \"school-holiday\" where no list holds people of schools";
            findings.push(Finding::warning(RULE.id, subject.date_place(day), message).help(help));
        }
    }
}
