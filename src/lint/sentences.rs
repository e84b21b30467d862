//! Where sentences and words begin and end in running English text.

use std::ops::Range;

/// What ends in a full stop without ending a sentence.
const SHORT: [&str; 14] =
    ["e.g", "i.e", "etc", "mr", "mrs", "ms", "dr", "st", "no", "vs", "cf", "approx", "tel", "ext"];

/// The sentences of a passage, trimmed; the last one needs no full stop.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, c)| ".!?…".contains(*c)) {
        let rest = &text[at + mark.len_utf8()..];
        let closing = rest.len() - rest.trim_start_matches(|c| "\"'”’)]".contains(c)).len();
        let after = &rest[closing..];
        let next = after.trim_start();
        let goes_on = !after.starts_with(char::is_whitespace) && !after.is_empty()
            || next.starts_with(char::is_lowercase)
            || mark == '.' && is_short(&text[start..at]);
        if !goes_on {
            let end = at + mark.len_utf8() + closing;
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// Whether the full stop behind this belongs to its last word: an abbreviation, or an initial.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "(\"“".contains(c)).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    is_initial || SHORT.contains(&word.to_lowercase().as_str())
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// The words of a text that have a letter, without the punctuation around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || "—–/".contains(c));
    let bare = parts.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| word.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::{sentences, words};

    #[test]
    fn sentences_end_where_a_reader_pauses() {
        for (text, expected) in [
            ("Call 999. Then tell us.", vec!["Call 999.", "Then tell us."]),
            (
                "Ask Dr. Example, e.g. on Monday. “Why?” Because.",
                vec!["Ask Dr. Example, e.g. on Monday.", "“Why?”", "Because."],
            ),
            ("See www.board.example now", vec!["See www.board.example now"]),
            ("Really?! Yes", vec!["Really?!", "Yes"]),
            ("It was J. Example and I. They left.", vec!["It was J. Example and I.", "They left."]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        }
        assert_eq!(
            words("A 16-year-old, (CSE) & 12 and/or—so").collect::<Vec<_>>(),
            ["A", "16-year-old", "CSE", "and", "or", "so"]
        );
    }
}
