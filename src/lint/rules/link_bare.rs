//! `link-bare`: a long address is read out character by character, and nobody can tell from it where it leads.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-bare",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a long address is read out character by character, and nobody can tell from it where it leads",
    check,
};

/// Characters that an address may have as its own words.
const LONGEST: usize = 60;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject) {
        let words = link.words.value().trim();
        let is_address = link.bare || words.starts_with("http") && words.contains("://");
        let length = words.chars().count();
        if is_address && length > LONGEST && !words.contains(char::is_whitespace) && link.web().is_some() {
            let message = format!("an address of {length} characters stands in the text");
            let help = "write [the name of the page](https://…): the words show, and the address is behind them";
            findings.push(Finding::warning(RULE.id, link.words.place().clone(), message).help(help));
        }
    }
}
