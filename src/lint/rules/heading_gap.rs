//! `heading-gap`: people who go from heading to heading wonder what they missed where a level is left out.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Prose, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "heading-gap",
    severities: &[Severity::Warning],
    allowable: false,
    why: "people who go from heading to heading wonder what they missed where a level is left out",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for prose in subject.prose.all() {
        judge(prose, findings);
    }
}

/// A text may begin with `#` or `##`: both become the level below the theme.
fn judge(prose: &Prose, findings: &mut Findings) {
    let mut last = u8::from(!prose.headings.iter().any(|heading| heading.level == 1));
    let top = last + 1;
    for heading in &prose.headings {
        if heading.level > last + 1 {
            let expected = "#".repeat(usize::from(last + 1));
            let written = "#".repeat(usize::from(heading.level));
            let message = if last < top {
                format!("the first heading is written with {written}")
            } else {
                format!("a heading with {written} follows one with {}", "#".repeat(usize::from(last)))
            };
            let help = format!("write {expected} here; the next level below it has one # more");
            findings.push(Finding::warning(RULE.id, heading.place.clone(), message).help(help));
        }
        last = heading.level;
    }
}
