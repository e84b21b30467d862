//! What pasted text lost on its way: signs of symbol fonts, lists with letters, the columns of a table.

use std::ops::Range;

use crate::model::{Finding, Findings};
use crate::render::markdown::signs::{is_space, is_symbol};
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;

/// How many lost characters of one text are shown: a file in another encoding has hundreds.
const MOST: usize = 20;

/// Adds what is found in a prepared text.
pub(crate) fn check(source: &Mapped, script: &Script, findings: &mut Findings) {
    let place = |range: Range<usize>| script.text.at(source.origin(range));
    let mut told = 0;
    for (at, character) in source.text().char_indices() {
        if told == MOST {
            break;
        }
        let what = match character {
            '\u{FFFC}' => "a picture or object was pasted here and did not come along",
            '\u{FFFD}' => "a character was lost here on its way between programs",
            c if is_symbol(c) || ('\u{E000}'..='\u{F8FF}').contains(&c) => {
                "this is a sign of a symbol font, which others see as an empty box"
            }
            _ => continue,
        };
        let help = match character {
            '\u{FFFC}' => "put the picture beside the week file, and write ![what it shows](file.png)",
            _ => "type the sign or word anew in its place",
        };
        findings.push(Finding::error("pasted-character", place(at..at + character.len_utf8()), what).help(help));
        told += 1;
    }
    let (mut start, mut is_code) = (0, false);
    let mut before: Option<Line<'_>> = None;
    for line in source.text().split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| is_space(c) || c == '>');
        let line = Line { start: start + line.len() - words.len(), words: words.trim_end(), follows: false };
        start = line.start + words.len();
        is_code ^= line.words.starts_with("```") || line.words.starts_with("~~~");
        if is_code || line.words.is_empty() {
            before = before.filter(|_| !is_code);
            continue;
        }
        before = Some(next(before, line, &place, findings));
    }
}

/// A line with words.
struct Line<'s> {
    start: usize,
    words: &'s str,
    /// Whether the line before was reported together with it.
    follows: bool,
}

fn next<'s>(
    before: Option<Line<'s>>,
    mut line: Line<'s>,
    place: &impl Fn(Range<usize>) -> crate::model::Place,
    findings: &mut Findings,
) -> Line<'s> {
    let Some(before) = before else { return line };
    if let (Some((range, 1, form)), Some((_, 2, same))) = (lettered(before.words), lettered(line.words))
        && form == same
    {
        let range = before.start + range.start..before.start + range.end;
        let message = "a list with letters stays as it is typed: screen readers do not see a list";
        let help = "number the points 1., 2., 3., or begin them with -";
        findings.push(Finding::warning("lettered-list", place(range), message).help(help));
    }
    if let (Some(at), Some(_)) = (before.words.find('\t'), line.words.find('\t')) {
        if !before.follows {
            let message = "columns that are set with tabs run together in a message";
            let help = "write a table: | a | b |, below it |---|---|, then its rows";
            let place = place(before.start + at..before.start + at + 1);
            findings.push(Finding::warning("tab-columns", place, message).help(help));
        }
        line.follows = true;
    }
    line
}

/// The letter, roman or bracketed number that a line begins with: its bytes, which one it is, and its form.
fn lettered(words: &str) -> Option<(Range<usize>, u8, (bool, char))> {
    let (opened, rest) = match words.strip_prefix('(') {
        Some(rest) => (true, rest),
        None => (false, words),
    };
    let length = rest.find([')', '.'])?;
    let (sign, after) = rest.split_at(length);
    let close = after.chars().next()?;
    let spaced = after[1..].starts_with(is_space);
    // `A. Example` is a name.
    let which = match sign {
        "a" | "i" => 1,
        "A" if close == ')' => 1,
        "1" if opened => 1,
        "b" | "ii" => 2,
        "B" if close == ')' => 2,
        "2" if opened => 2,
        _ => return None,
    };
    let end = usize::from(opened) + length + 1;
    (spaced && (!opened || close == ')')).then_some((0..end, which, (opened, close)))
}

#[cfg(test)]
mod tests {
    use super::lettered;

    #[test]
    fn letters_of_a_list_are_told_from_names() {
        for (words, expected) in [
            ("a) one", Some(1)),
            ("(b) two", Some(2)),
            ("(ii)\ttwo", Some(2)),
            ("b. two", Some(2)),
            ("A. Example", None),
            ("(c) 2027", None),
            ("a)", None),
            ("i.e. this", None),
            ("(a. x", None),
        ] {
            assert_eq!(lettered(words).map(|(_, which, _)| which), expected, "{words}");
        }
    }
}
