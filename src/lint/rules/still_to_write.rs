//! `still-to-write`: the words that `init` left to be replaced must not go out.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, Text};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "still-to-write",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the words that `init` left to be replaced must not go out",
    check,
};

/// What `init` writes where a text is to come.
pub(crate) const MARK: &str = "Write here:";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let week = subject.week;
    let mut texts: Vec<(&str, &Text)> = Vec::new();
    texts.push(("the subject", &week.subject));
    texts.extend(week.intro.as_ref().map(|text| ("the introduction", text)));
    texts.extend(week.closing.as_ref().map(|text| ("the closing", text)));
    for broadcast in &week.broadcasts {
        texts.push(("the theme", &broadcast.theme));
        texts.extend(broadcast.summary.as_ref().map(|text| ("the summary", text)));
        texts.push(("the body", &broadcast.body));
    }
    for (what, text) in texts {
        if let Some(at) = text.value().find(MARK) {
            let message = format!("{what} is still to be written");
            let finding = Finding::warning(RULE.id, text.at(at..at + MARK.len()), message);
            findings.push(finding.help("put your own words in place of what stands here"));
        }
    }
}
