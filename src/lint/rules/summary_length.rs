//! `summary-length`: mail programs show about a hundred characters of the summary beside the subject.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "summary-length",
    severities: &[Severity::Warning],
    allowable: false,
    why: "mail programs show about a hundred characters of the summary beside the subject",
    check,
};

/// Characters.
const LONGEST: usize = 110;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for summary in subject.week.broadcasts.iter().filter_map(|broadcast| broadcast.summary.as_ref()) {
        let length = summary.value().trim().chars().count();
        if length > LONGEST {
            let message = format!("the summary has {length} characters, more than {LONGEST}");
            let help = "keep the first thought, and put the rest into the body";
            findings.push(Finding::warning(RULE.id, summary.place().clone(), message).help(help));
        }
    }
}
