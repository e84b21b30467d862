//! `link-words`: screen readers list the links of a message by their words alone, so that "here" leads nowhere.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-words",
    severities: &[Severity::Warning],
    allowable: false,
    why: "screen readers list the links of a message by their words alone, so that \"here\" leads nowhere",
    check,
};

/// Words that say nothing of where the link leads; verbs without an object are among them.
const EMPTY: [&str; 64] = [
    "here",
    "click",
    "click here",
    "click this",
    "click this link",
    "click the link",
    "click below",
    "tap here",
    "press here",
    "see here",
    "from here",
    "go here",
    "look here",
    "over here",
    "this",
    "this link",
    "the link",
    "link",
    "this page",
    "page",
    "this site",
    "site",
    "this website",
    "website",
    "our website",
    "web page",
    "webpage",
    "this document",
    "document",
    "more",
    "read more",
    "see more",
    "learn more",
    "find out more",
    "know more",
    "more info",
    "more information",
    "further information",
    "info",
    "information",
    "details",
    "more details",
    "read",
    "view",
    "open",
    "download",
    "download here",
    "visit",
    "go",
    "continue",
    "start",
    "see",
    "watch",
    "listen",
    "book",
    "book here",
    "book now",
    "register",
    "register here",
    "sign up",
    "apply",
    "join",
    "share",
    "follow this link",
];
/// However it goes on, it speaks of the mouse and not of the page.
const BEGINNINGS: [&str; 3] = ["click here ", "click on this link ", "click this link "];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject).into_iter().filter(|link| !link.bare) {
        let words = link.plain_words();
        if says_nothing(&words) {
            let shown = link.words.value().trim();
            let message = format!("the words of the link, \"{shown}\", do not say where it leads");
            let help = "make the name of the page the link, such as [the referral form](https://…)";
            findings.push(Finding::warning(RULE.id, link.words.place().clone(), message).help(help));
        }
    }
}

/// Whether words, in their plain form, tell nothing of the page.
pub(crate) fn says_nothing(words: &str) -> bool {
    EMPTY.contains(&words) || BEGINNINGS.iter().any(|beginning| words.starts_with(beginning))
}
