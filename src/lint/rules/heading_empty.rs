//! `heading-empty`: a heading without words is announced by screen readers, and nothing follows.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "heading-empty",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a heading without words is announced by screen readers, and nothing follows",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for heading in subject.prose.all().flat_map(|prose| &prose.headings) {
        if heading.words.is_empty() {
            let finding = Finding::warning(RULE.id, heading.place.clone(), "the heading has no words");
            findings.push(finding.help("write the heading behind the #, or remove the #"));
        }
    }
}
