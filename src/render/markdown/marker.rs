//! The signs at the beginning of a list item: Markdown's own, and what is left of Word's, Outlook's and the web's.

use crate::render::markdown::signs::{is_space, is_symbol};

/// How an item begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The character, and how deep word processors use it: 1 outside, then 2, then 3.
    Bullet(char, u8),
    /// `12.` or `12)`.
    Number(String),
}

/// The beginning of a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    /// What it is.
    pub(crate) sign: Sign,
    /// Its bytes with the white space behind it.
    pub(crate) length: usize,
    /// Whether a word processor wrote it.
    pub(crate) pasted: bool,
}

/// The lines with words before and after, from their first character on: some signs begin an item in company only.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Near<'s> {
    /// Above.
    pub(crate) before: &'s str,
    /// Below.
    pub(crate) after: &'s str,
}

impl Near<'_> {
    fn any(self, alike: impl Fn(&str) -> bool) -> bool {
        alike(self.before) || alike(self.after)
    }
}

/// The marker that a line begins with; `line` begins with its first visible character.
pub(crate) fn marker(line: &str, near: Near<'_>) -> Option<Marker> {
    let first = line.chars().next()?;
    if first.is_ascii_digit() {
        return number(line, near);
    }
    let after = &line[first.len_utf8()..];
    let spaces = after.len() - after.trim_start_matches(is_space).len();
    let spaced = after.is_empty() || spaces > 0;
    let wide = after.starts_with('\t') || after[..spaces].chars().count() > 1;
    let is_bullet = match first {
        '-' => spaced || is_dash_word(line) && near.any(is_dash_word),
        '*' | '+' => spaced,
        '•' | '●' | '▪' | '◦' | '‣' | '∙' | '⁃' | '➢' | '➤' | '►' => true,
        '·' | '○' | '■' | '◆' | '❖' | '♦' => spaced,
        // A dash may also begin somebody's words or name.
        '–' | '—' | '‒' | '―' => spaced && near.any(|line| line.starts_with(first)),
        // Letters of Courier New and Wingdings that look like bullets in those fonts.
        'o' | '§' => wide,
        'Ø' | 'ü' | 'v' | 'q' | 'à' => after.starts_with('\t'),
        other => is_symbol(other),
    };
    let rank = match first {
        'o' | '◦' | '○' => 2,
        '▪' | '§' | '■' | '\u{F0A7}' => 3,
        _ => 1,
    };
    let pasted = !matches!(first, '-' | '*' | '+') || after.starts_with('\t');
    is_bullet.then(|| Marker { sign: Sign::Bullet(first, rank), length: first.len_utf8() + spaces, pasted })
}

/// `-word`, without a space, is an item beside another such line.
fn is_dash_word(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

fn number(line: &str, near: Near<'_>) -> Option<Marker> {
    let (digits, rest) = numbered(line)?;
    let spaces = rest.len() - rest.trim_start_matches(is_space).len();
    let follows = |other: &str| {
        numbered(other).is_some_and(|(number, rest)| {
            rest.starts_with(char::is_alphabetic) && value(number).abs_diff(value(digits)) == 1
        })
    };
    // A year at the beginning of a sentence's last words is no item, nor is `5.30`.
    let good = digits.len() <= 4
        && (rest.is_empty() || spaces > 0 || rest.starts_with(char::is_alphabetic) && near.any(follows));
    let length = line.len() - rest.len() + spaces;
    good.then(|| Marker { sign: Sign::Number(digits.to_owned()), length, pasted: rest.starts_with('\t') })
}

/// The number of `12.`.
pub(crate) fn value(number: &str) -> u32 {
    number.trim_end_matches(['.', ')']).parse().unwrap_or(0)
}

/// `12.` or `12)` and what follows it.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && line[digits..].starts_with(['.', ')'])).then(|| line.split_at(digits + 1))
}

/// Where to put a backslash so that `2027. ` stays what it is: Markdown would begin a list with that number.
pub(crate) fn year(line: &str) -> Option<usize> {
    let (number, rest) = numbered(line)?;
    ((5..=10).contains(&number.len()) && (rest.is_empty() || rest.starts_with(is_space))).then(|| number.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::{Near, marker, year};

    #[test]
    fn items_are_told_from_words() {
        let length = |line: &str, before: &str| marker(line, Near { before, after: "" }).map(|marker| marker.length);
        for (line, before, expected) in [
            ("- a", "", Some(2)),
            ("-", "", Some(1)),
            ("*\u{a0}a", "", Some(3)),
            ("•a", "", Some(3)),
            ("\u{F0B7}\ta", "", Some(4)),
            ("o\ta", "", Some(2)),
            ("o   a", "", Some(4)),
            ("o a", "", None),
            ("only", "", None),
            ("v\ta", "", Some(2)),
            ("v  a", "", None),
            ("– a", "", None),
            ("– a", "– b", Some(4)),
            ("-5 degrees", "-6", None),
            ("-one", "-two", Some(1)),
            ("-one", "", None),
            ("12. a", "", Some(4)),
            ("1)\ta", "", Some(3)),
            ("2.b", "1.a", Some(2)),
            ("2.b", "", None),
            ("8.30 am", "7.30", None),
            ("2027. The year", "", None),
            ("**bold**", "", None),
        ] {
            assert_eq!(length(line, before), expected, "{line} after {before}");
        }
        assert_eq!((year("2027. The year"), year("12. a"), year("2027.5")), (Some(4), None, None));
    }
}
