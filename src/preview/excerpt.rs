//! The lines of the officer's file around a place, the place marked.

use serde::Serialize;

use crate::document::masked;
use crate::model::Place;

/// Lines before and after the marked one.
const AROUND: usize = 2;
/// Characters of a line before the mark; a paragraph is one line, and may be long.
const BEFORE: usize = 80;
/// Characters of the mark and of what follows it, each, and of a line without a mark.
const LENGTH: usize = 160;

/// One line. Without a mark all of it is in `before`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::preview) struct ExcerptLine {
    number: usize,
    before: String,
    marked: String,
    after: String,
    is_marked: bool,
}

/// The lines around a place; none where the file is no text. Secrets are starred out.
pub(in crate::preview) fn excerpt(place: &Place) -> Vec<ExcerptLine> {
    if place.source.text.is_empty() {
        return Vec::new();
    }
    let text = masked(&place.source.text);
    let mut start = place.range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let index = text[..line_start].matches('\n').count();
    let first = index.saturating_sub(AROUND);
    let lines = text.lines().enumerate().skip(first).take(index + AROUND + 1 - first);
    let line = |(at, line): (usize, &str)| {
        let number = place.source.first_line + at;
        if at == index {
            let end = place.range.end.saturating_sub(line_start).max(start - line_start);
            return marked(number, line, start - line_start, end);
        }
        let (before, marked, after) = (beginning(line), String::new(), String::new());
        ExcerptLine { number, before, marked, after, is_marked: false }
    };
    lines.map(line).collect()
}

/// The line of the place; offsets are of octets. A place that goes on in the next line ends with this one.
fn marked(number: usize, line: &str, start: usize, end: usize) -> ExcerptLine {
    let start = start.min(line.len());
    let mut end = end.clamp(start, line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    let before: Vec<char> = line[..start].chars().collect();
    let shown: String = before.iter().skip(before.len().saturating_sub(BEFORE)).collect();
    let cut = if before.len() > BEFORE { "…" } else { "" };
    ExcerptLine {
        number,
        before: format!("{cut}{shown}"),
        marked: beginning(&line[start..end]),
        after: beginning(&line[end..]),
        is_marked: true,
    }
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ExcerptLine, excerpt};
    use crate::model::{Place, SourceFile};

    fn shown(lines: &[ExcerptLine]) -> Vec<String> {
        let one = |l: &ExcerptLine| format!("{} {}[{}]{}", l.number, l.before, l.marked, l.after);
        lines.iter().map(one).collect()
    }

    #[test]
    fn the_place_is_marked_between_its_neighbours() {
        let source = SourceFile::excerpt("a.toml", "one\ntwo\r\nthree é four\nfive\nsix\nseven", 7);
        let lines = excerpt(&Place::new(&source, 15..17));
        assert_eq!(shown(&lines), ["7 one[]", "8 two[]", "9 three [é] four", "10 five[]", "11 six[]"]);
        assert_eq!(lines.iter().filter(|line| line.is_marked).count(), 1);
        assert_eq!(shown(&excerpt(&Place::new(&source, 0..99)))[0], "7 [one]");
        assert_eq!(excerpt(&Place::file("a.png")), []);
        let end = excerpt(&Place::new(&source, 99..99));
        assert_eq!(shown(&end).last().unwrap(), "12 seven[]", "beyond the end");
    }

    #[test]
    fn long_lines_are_cut_and_secrets_starred() {
        let long = format!("{}MARK{}", "é".repeat(200), "z".repeat(500));
        let lines = excerpt(&Place::new(&SourceFile::new("a.toml", long), 400..404));
        assert_eq!(shown(&lines), [format!("1 …{}[MARK]{}…", "é".repeat(80), "z".repeat(160))]);
        let source = SourceFile::new("weekcast.toml", "password = \"horse\"\n");
        assert_eq!(shown(&excerpt(&Place::new(&source, 0..8))), ["1 [password] = \"*****\""]);
    }
}
