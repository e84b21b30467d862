//! The line of a file that a finding is about, for pages.

use crate::model::Place;
use crate::output::masked::masked;

/// The most that is shown of a line, in characters, on either side of what is wrong.
const SIDE: usize = 80;

/// A line, in three pieces; secrets are starred out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Its number, from 1.
    pub number: usize,
    /// What stands before the place.
    pub before: String,
    /// The place, as far as it goes in its first line.
    pub wrong: String,
    /// What stands behind it.
    pub after: String,
}

/// The line of a place; `None` where the file has no lines, such as a picture.
#[must_use]
pub fn excerpt(place: &Place) -> Option<Excerpt> {
    let text = masked(&place.source.text);
    let number = place.line_column().0;
    let mut start = place.range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |newline| start + newline);
    let mut end = place.range.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if text.is_empty() {
        return None;
    }
    let before = &text[line_start..start];
    let cut = before.char_indices().rev().nth(SIDE - 1).map_or(0, |(at, _)| at);
    let before = if cut == 0 { before.to_owned() } else { format!("\u{2026}{}", &before[cut..]) };
    let wrong = shortened(&text[start..end], 2 * SIDE);
    Some(Excerpt { number, before, wrong, after: shortened(&text[end..line_end], SIDE) })
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}\u{2026}", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::model::{Place, SourceFile};

    fn pieces(text: &str, range: std::ops::Range<usize>) -> Option<(usize, String, String, String)> {
        let excerpt = excerpt(&Place::new(&SourceFile::new("a.toml", text), range))?;
        Some((excerpt.number, excerpt.before, excerpt.wrong, excerpt.after))
    }

    #[test]
    fn a_line_is_cut_at_the_place() {
        let some = |number, before: &str, wrong: &str, after: &str| {
            Some((number, before.to_owned(), wrong.to_owned(), after.to_owned()))
        };
        assert_eq!(pieces("a\nb = x # y\nc", 6..7), some(2, "b = ", "x", " # y"));
        assert_eq!(pieces("a\r\nb\r\nc", 0..7), some(1, "", "a", ""), "only the first line");
        assert_eq!(pieces("a", 9..12), some(1, "a", "", ""), "beyond the end");
        assert_eq!(pieces("\u{e9}", 1..1), some(1, "", "", "\u{e9}"), "inside a character");
        assert_eq!(pieces("password = \"x\"", 12..13), some(1, "password = \"", "*", "\""));
        assert_eq!(pieces("", 0..0), None);
        let long = pieces(&"x".repeat(900), 400..401).unwrap();
        assert_eq!((long.1.chars().count(), long.3.chars().count()), (81, 81));
    }
}
