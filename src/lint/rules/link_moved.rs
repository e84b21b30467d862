//! `link-moved`: what has moved for good is soon no longer sent on from its old address. Only where `check --online` asked.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, LinkAnswer, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-moved",
    severities: &[Severity::Warning],
    allowable: false,
    why: "what has moved for good is soon no longer sent on from its old address",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.answers.is_empty() {
        return;
    }
    for link in links::all(subject) {
        if let Some(LinkAnswer::Moved(to)) = link.web().and_then(|address| subject.answers.get(&address)) {
            let finding = Finding::warning(RULE.id, link.place, "the page has moved for good");
            findings.push(finding.help(format!("write {to}")));
        }
    }
}
