//! `no-lists`: a broadcast whose own lists are none goes to nobody.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "no-lists",
    severities: &[Severity::Error],
    allowable: false,
    why: "a broadcast without a list goes to nobody",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for broadcast in &subject.week.broadcasts {
        // A week without lists has its own finding, where it is read.
        if broadcast.lists.as_ref().is_some_and(Vec::is_empty) {
            let message = format!("\"{}\" goes to no list", broadcast.theme.value());
            let help = "give [week] the lists, as in lists = [\"front-line\"], or this day its own";
            findings.push(Finding::error(RULE.id, broadcast.place.clone(), message).help(help));
        }
    }
}
