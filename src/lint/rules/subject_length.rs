//! `subject-length`: mail programs cut long subjects, on telephones after some 40 characters.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "subject-length",
    severities: &[Severity::Warning],
    allowable: false,
    why: "mail programs cut long subjects, on telephones after some 40 characters",
    check,
};

/// Characters; RFC 5322 §2.1.1 recommends 78 for a line.
const LONGEST: usize = 78;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(line), Some(broadcast)) = (day.subject, subject.broadcast(day)) else { continue };
        let length = line.chars().count();
        if length > LONGEST {
            let place = broadcast.subject.as_ref().unwrap_or(&broadcast.theme).place().clone();
            let message = format!("the subject has {length} characters; {LONGEST} is the most that is shown whole");
            findings.push(
                Finding::warning(RULE.id, place, message).help("shorten the theme, or give the day its own `subject`"),
            );
        }
    }
}
