//! Runs of digits in a text, in groups as they are written: telephone numbers and numbers of persons.

use std::ops::Range;

/// Digits with spaces, hyphens, full stops and brackets between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// The digits; a letter O that stands for a zero is one.
    pub(crate) digits: String,
    /// How many digits stand together in each group.
    pub(crate) groups: Vec<usize>,
    /// Whether it begins with `+`.
    pub(crate) plus: bool,
    /// Whether a letter O stands among the digits.
    pub(crate) letter: bool,
    /// Whether anything but spaces and brackets stands between the groups.
    pub(crate) marked: bool,
}

/// All runs of a text that do not belong to a word, an address, a sum or a date.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit() || "+(Oo".contains(c)) {
        let start = at + offset;
        let before = text[..start].chars().next_back();
        let free = before.is_none_or(|c| !c.is_alphanumeric() && !"/=@.-_#&?%£$€,:+".contains(c));
        let end = end_of(text, start);
        if free && let Some(run) = run(text, start..end) {
            found.push(run);
        }
        at = end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
    }
    found
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == 'O' || c == 'o'
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{a0}'
}

/// Where a run that begins at `start` ends: between its digits stand at most a bracket or a mark, and spaces.
fn end_of(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = &text[start..];
    loop {
        let gap: usize = rest.chars().take_while(|c| is_space(*c) || "()".contains(*c)).map(char::len_utf8).sum();
        let mark = rest.chars().next().filter(|c| "-.–‑".contains(*c) && end > start);
        let skip = if end == start && rest.starts_with('+') { 1 } else { mark.map_or(gap, char::len_utf8) };
        let digits: usize = rest[skip..].chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        if digits == 0 || (skip == 0 && end > start) {
            return end;
        }
        // A word that begins with O is no group of digits.
        let group = &rest[skip..skip + digits];
        if !group.contains(|c: char| c.is_ascii_digit()) {
            return end;
        }
        end += skip + digits;
        rest = &text[end..];
    }
}

fn run(text: &str, range: Range<usize>) -> Option<Run> {
    let mut range = range;
    // The last group belongs to what follows it, such as 24 to 24/7, 9 to 9am and 12 to 12:30.
    let next = text[range.end..].chars().next();
    let belongs = |c: char| c.is_alphanumeric() || "/@%=_".contains(c);
    let second = text[range.end..].chars().nth(1);
    if next.is_some_and(belongs) || next == Some(':') && second.is_some_and(|c| c.is_ascii_digit()) {
        let written = &text[range.clone()];
        let cut = written.rfind(|c: char| !is_digit(c))?;
        range.end = range.start + written[..cut].trim_end_matches(|c: char| !is_digit(c)).len();
    }
    let written = text.get(range.clone()).filter(|written| written.contains(|c: char| c.is_ascii_digit()))?;
    let groups = written.split(|c| !is_digit(c)).filter(|group| !group.is_empty()).map(str::len).collect();
    Some(Run {
        digits: written.chars().filter(|c| is_digit(*c)).map(|c| if c.is_ascii_digit() { c } else { '0' }).collect(),
        groups,
        plus: written.starts_with('+'),
        letter: written.contains(['O', 'o']),
        marked: written.contains(['-', '.', '–', '‑']),
        range,
    })
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_keep_to_themselves() {
        for (text, expected) in [
            ("Call 01632 960123.", vec!["01632 960123"]),
            ("Call 999. 0800 1111 is free", vec!["999", "0800 1111"]),
            ("on +44 (0)1632 960123, please", vec!["+44 (0)1632 960123"]),
            ("(01632) 960-123", vec!["(01632) 960-123"]),
            ("0800 1111 24/7 or 0800 1111 9am", vec!["0800 1111", "0800 1111"]),
            ("O8OO 1111 or Ofsted on 2 or more", vec!["O8OO 1111", "2"]),
            ("https://x.example/0163296012 £1000", vec![]),
            ("15/03/2027 at 12:30", vec![]),
            ("0800 1111 – open all day", vec!["0800 1111"]),
        ] {
            let found = runs(text);
            let shown: Vec<&str> = found.iter().map(|run| &text[run.range.clone()]).collect();
            assert_eq!(shown, expected, "{text}");
        }
        let run = runs("+44 (0)1632 960.123").remove(0);
        assert_eq!(
            (run.digits.as_str(), run.groups, run.plus, run.marked),
            ("4401632960123", vec![2, 1, 4, 3, 3], true, true)
        );
    }
}
