//! `summary-theme`: a summary that repeats the theme says the same words twice in the list of messages.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "summary-theme",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a summary that repeats the theme says the same words twice in the list of messages",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for broadcast in &subject.week.broadcasts {
        let Some(summary) = broadcast.summary.as_ref().filter(|summary| !summary.is_blank()) else { continue };
        if words(summary.value()) == words(broadcast.theme.value()) {
            let finding = Finding::warning(RULE.id, summary.place().clone(), "the summary repeats the theme");
            findings.push(finding.help("say in one sentence what the reader can do or will learn"));
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
