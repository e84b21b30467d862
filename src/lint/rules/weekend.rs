//! `weekend`: nobody reads a broadcast on a Saturday or Sunday, unless the schedule was made for it.

use chrono::{Datelike as _, Weekday};

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "weekend",
    severities: &[Severity::Error],
    allowable: true,
    why: "nobody reads a broadcast on a Saturday or Sunday, unless the schedule was made for it",
    check,
};

/// A schedule that names SAT or SUN means it. Its week runs from SUN to SAT without wrapping, so that a range cannot hold
/// either without naming it.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let schedule = subject.week.schedule.as_ref().map_or("", |schedule| schedule.value()).to_lowercase();
    let named = |day: &str| schedule.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.starts_with(day));
    for day in subject.days {
        let name = match day.day.date.weekday() {
            Weekday::Sat => "sat",
            Weekday::Sun => "sun",
            _ => continue,
        };
        if !named(name) {
            let message = format!("{} is at a weekend", long_date(day.day.date));
            let help = "move it to a working day; if it is meant, name SAT or SUN in the schedule";
            findings.push(Finding::error(RULE.id, subject.date_place(day), message).help(help));
        }
    }
}
