//! `holidays-run-out`: beyond the last year of the table nobody has checked for bank holidays.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, long_date};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "holidays-run-out",
    severities: &[Severity::Warning],
    allowable: false,
    why: "beyond the last year of the table nobody has checked for bank holidays",
    check,
};

/// Said once, at the first such day.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(until) = subject.holidays_until else { return };
    if let Some(day) = subject.days.iter().find(|day| day.day.date > until) {
        let message = format!("bank holidays are known until {} only", long_date(until));
        let help = "look them up on gov.uk/bank-holidays, and use a newer weekcast when there is one";
        findings.push(Finding::warning(RULE.id, subject.date_place(day), message).help(help));
    }
}
