//! `capitals`: words in capitals read as shouting, are harder to read, and are spelt out by some screen readers.

use std::ops::Range;

use crate::lint::rule::Rule;
use crate::lint::sentences::sentences;
use crate::lint::subject::Subject;
use crate::lint::texts;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "capitals",
    severities: &[Severity::Warning],
    allowable: false,
    why: "words in capitals read as shouting, are harder to read, and are spelt out by some screen readers",
    check,
};

/// Letters; shorter words may be an acronym.
const LONG: usize = 5;
/// Words of a sentence that is all in capitals.
const FEWEST: usize = 3;
/// Acronyms of the field with five letters or more.
const ACRONYMS: [&str; 16] = [
    "NSPCC", "OFSTED", "MARAC", "MAPPA", "CAMHS", "UNICEF", "UNCRC", "IICSA", "LGBTQ", "LGBTQI", "LGBTQIA", "SENCO",
    "SENDCO", "COVID", "HMICFRS", "CAFCASS",
];

/// The theme is part of the subject line, which has a rule of its own.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let summaries = subject.week.broadcasts.iter().filter_map(|broadcast| broadcast.summary.as_ref());
    for text in texts::passages(subject).chain(summaries) {
        if let Some(range) = shouted(text.value()) {
            let words: String = text.value()[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let message = format!("\"{words}\" is in capitals");
            let finding = Finding::warning(RULE.id, text.at(range), message);
            findings.push(finding.help("write it in small letters; **bold** stresses what matters"));
        }
    }
}

/// The first long words in capitals that follow each other, or the first sentence in capitals.
fn shouted(text: &str) -> Option<Range<usize>> {
    if !text.contains(|c: char| c.is_uppercase()) {
        return None;
    }
    let mut run: Option<Range<usize>> = None;
    for (range, word) in words(text) {
        let joins = run.as_ref().is_some_and(|run| text[run.end..range.start].chars().all(char::is_whitespace));
        match (&mut run, is_shouted(word)) {
            (Some(run), true) if joins => run.end = range.end,
            (Some(found), false) if text[found.clone()].contains(char::is_whitespace) => return run,
            (_, true) => run = Some(range),
            (_, false) => run = None,
        }
    }
    run.filter(|run| text[run.clone()].contains(char::is_whitespace)).or_else(|| {
        sentences(text).into_iter().find(|sentence| {
            let all: Vec<&str> = words(&text[sentence.clone()]).map(|(_, word)| word).collect();
            all.len() >= FEWEST && all.iter().all(|word| is_capital(word)) && all.iter().any(|word| is_shouted(word))
        })
    })
}

/// Words with their ranges: letters, and apostrophes between them.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let is_letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    let starts = text.split(move |c| !is_letter(c)).map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start..start + word.len(), word)
    });
    starts.filter(|(_, word)| word.contains(char::is_alphabetic))
}

fn is_capital(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LONG && is_capital(word) && !ACRONYMS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::shouted;

    #[test]
    fn shouting_is_told_from_acronyms() {
        for (text, expected) in [
            ("Please do NOT forward this", None),
            ("The NSPCC and CEOP help with CSE and CCE", None),
            ("NSPCC, OFSTED and MARAC", None),
            ("PLEASE DON’T wait", None),
            ("Now PLEASE PHONE us", Some("PLEASE PHONE")),
            ("This is VERY IMPORTANT news", None),
            ("This is REALLY IMPORTANT NEWS", Some("REALLY IMPORTANT")),
            ("Read on. DO NOT REPLY TO IT. Thanks.", Some("DO NOT REPLY TO IT.")),
            ("NHS, CSE, DfE.", None),
            ("ACTION REQUIRED", Some("ACTION REQUIRED")),
            ("URGENT: the helpline has moved", None),
        ] {
            assert_eq!(shouted(text).map(|range| &text[range]), expected, "{text}");
        }
    }
}
