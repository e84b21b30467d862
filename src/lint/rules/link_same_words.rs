//! `link-same-words`: two links with the same words and different addresses cannot be told apart by their words.

use std::collections::BTreeMap;

use crate::lint::links::{self, LinkSeen};
use crate::lint::rule::Rule;
use crate::lint::rules::link_words::says_nothing;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, MERGED, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-same-words",
    severities: &[Severity::Warning],
    allowable: false,
    why: "two links with the same words and different addresses cannot be told apart by their words",
    check,
};

/// Asked of each message: on different days the same words may well lead elsewhere.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for index in 0..subject.week.broadcasts.len() {
        let seen = links::of_broadcast(subject, index);
        let mut first: BTreeMap<String, &LinkSeen<'_>> = BTreeMap::new();
        for link in seen.iter().filter(|link| !link.bare && !link.url.contains(MERGED)) {
            let words = link.plain_words();
            // Words that say nothing have a finding of their own.
            if words.is_empty() || words.contains(MERGED) || says_nothing(&words) {
                continue;
            }
            let earlier = *first.entry(words).or_insert(link);
            if target(earlier.url) != target(link.url) {
                let message =
                    format!("the words \"{}\" are also those of a link to another address", link.words.value().trim());
                let finding = Finding::warning(RULE.id, link.place.clone(), message)
                    .label(earlier.place.clone(), "the other link")
                    .help("say in the words of each link what is different about its page");
                findings.push(finding);
            }
        }
    }
}

/// What two spellings of one address have in common.
fn target(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_ascii_lowercase()
}
