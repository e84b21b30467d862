//! `link-http`: without https anybody on the way can read and change the page, and browsers warn of it.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-http",
    severities: &[Severity::Warning],
    allowable: false,
    why: "without https anybody on the way can read and change the page, and browsers warn of it",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject) {
        if link.url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://")) {
            let finding = Finding::warning(RULE.id, link.place, "the address begins with http://");
            findings.push(finding.help("write https://, and open the page once to see that it is there"));
        }
    }
}
