//! `subject-capitals`: a subject in capitals reads as shouting, counts as a sign of spam, and is spelt out by screen readers.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "subject-capitals",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a subject in capitals reads as shouting, counts as a sign of spam, and is spelt out by screen readers",
    check,
};

/// Fewer letters than this may be an acronym or two.
const FEWEST: usize = 12;
/// Letters of the longest acronyms of the field, such as NSPCC and OFSTED.
const ACRONYM: usize = 6;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(line), Some(broadcast)) = (day.subject, subject.broadcast(day)) else { continue };
        if shouts(line) {
            let place = broadcast.subject.as_ref().unwrap_or(&broadcast.theme).place().clone();
            let message = format!("most letters of the subject \"{line}\" are capitals");
            findings.push(Finding::warning(RULE.id, place, message).help("write it as a sentence"));
        }
    }
}

/// More than half of the letters are capitals, and not for acronyms alone.
fn shouts(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    let small = line.chars().filter(|c| c.is_lowercase()).count();
    let mut words = line.split(|c: char| !c.is_alphabetic());
    let long = words.any(|word| word.chars().count() > ACRONYM && word.chars().all(char::is_uppercase));
    capitals + small >= FEWEST && capitals > small && (long || small == 0)
}
