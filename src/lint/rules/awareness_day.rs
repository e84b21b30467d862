//! `awareness-day`: the week leads to its awareness day, so that one of its days should be that day.

use chrono::{Datelike as _, TimeDelta};

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "awareness-day",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the week leads to its awareness day, so that one of its days should be that day",
    check,
};

/// Where the awareness day is at a weekend or a day off, a day in the three before it will do. Silent while some days
/// could not be scheduled: one of them may be the one.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(awareness) = &subject.week.awareness_day else { return };
    let kept = subject.week.broadcasts.iter().filter(|broadcast| broadcast.dropped.is_none()).count();
    if subject.days.is_empty() || subject.days.len() < kept {
        return;
    }
    let date = awareness.date.0;
    let free = date.weekday().number_from_monday() > 5 || subject.holiday(date).is_some();
    let earliest = if free { date - TimeDelta::days(3) } else { date };
    if subject.days.iter().any(|day| (earliest..=date).contains(&day.day.date)) {
        return;
    }
    let message = format!("no day of the week is on {}, {}", awareness.name.value().trim(), long_date(date));
    let help = format!("give the day that belongs to it date = {date}, or mend the date here");
    findings.push(Finding::warning(RULE.id, awareness.date.1.clone(), message).help(help));
}
