//! `date-outside-week`: a date far from the others is nearly always a slip in the month or the year.

use chrono::TimeDelta;

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "date-outside-week",
    severities: &[Severity::Error],
    allowable: true,
    why: "a date far from the others is nearly always a slip in the month or the year",
    check,
};

/// Days after the first that still belong to a week: two working weeks.
const LONGEST: i64 = 13;
/// Days after the awareness day that still follow it up.
const FOLLOW_UP: i64 = 7;

/// The days must lie from `starts` on and within two weeks of it. Without `starts` the awareness day says where the week
/// is, and without both the day in the middle: a single slip cannot move the middle, as it would move the first.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let awareness = subject.week.awareness_day.as_ref().map(|day| (day.date.0, "the awareness day", &day.date.1));
    let starts = subject.week.starts.as_ref().map(|(date, place)| (*date, "the first day", place));
    let middle = subject.days.get(subject.days.len() / 2).map(|day| day.day.date);
    let (first, last) = match (&starts, &awareness) {
        (Some((starts, ..)), None) => (*starts, *starts + TimeDelta::days(LONGEST)),
        (Some((starts, ..)), Some((awareness, ..))) => {
            let last = *starts + TimeDelta::days(LONGEST);
            // An awareness day that is itself far off is another rule's affair.
            let follow_up = *awareness + TimeDelta::days(FOLLOW_UP);
            (*starts, if *awareness >= *starts { last.min(follow_up) } else { last })
        }
        (None, Some((awareness, ..))) => {
            (*awareness - TimeDelta::days(LONGEST), *awareness + TimeDelta::days(FOLLOW_UP))
        }
        (None, None) => match middle {
            Some(middle) => (middle - TimeDelta::days(LONGEST), middle + TimeDelta::days(LONGEST)),
            None => return,
        },
    };
    for day in subject.days {
        let date = day.day.date;
        if (first..=last).contains(&date) {
            continue;
        }
        let message =
            format!("{} is outside the week, from {} to {}", long_date(date), long_date(first), long_date(last));
        let mut finding = Finding::error(RULE.id, subject.date_place(day), message)
            .help("look at the month and the year; a week has its days within two weeks");
        if let Some((_, what, place)) = starts.as_ref().or(awareness.as_ref()) {
            finding = finding.label((*place).clone(), *what);
        }
        findings.push(finding);
    }
}
