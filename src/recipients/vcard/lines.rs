//! The lines of a card file, put together where they were folded.

use std::ops::Range;

/// One line as it is meant, with the bytes of the file that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Without folds and line ends; soft line breaks of quoted-printable stay, as `=` and a line end.
    pub(crate) text: String,
    /// Where it stands in the file.
    pub(crate) range: Range<usize>,
}

/// Puts the lines together (RFC 6350 §3.2; quoted-printable of vCard 2.1 folds by `=` at the end of a line).
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut soft = false;
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let start = at;
        at += raw.len();
        let content = raw.trim_end_matches(['\r', '\n']);
        let range = start..start + content.len();
        match lines.last_mut() {
            Some(line) if soft => {
                line.text.push('\n');
                line.text.push_str(content);
                line.range.end = range.end;
            }
            Some(line) if content.starts_with([' ', '\t']) => {
                line.text.push_str(&content[1..]);
                line.range.end = range.end;
            }
            _ if content.trim().is_empty() => {}
            _ => lines.push(Line { text: content.to_owned(), range }),
        }
        soft = content.ends_with('=') && lines.last().is_some_and(is_quoted_printable);
    }
    lines
}

fn is_quoted_printable(line: &Line) -> bool {
    line.text.split(':').next().is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn folded_lines_are_one() {
        let text = "FN:Asha\r\n  Example\r\n\r\nN;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=A9=\r\nx\r\nNOTE:a=\nEND:VCARD";
        let found: Vec<_> = lines(text).into_iter().map(|line| (line.text, line.range)).collect();
        assert_eq!(
            found,
            [
                ("FN:Asha Example".to_owned(), 0..18),
                ("N;ENCODING=QUOTED-PRINTABLE:=C3=\n=A9=\nx".to_owned(), 22..63),
                ("NOTE:a=".to_owned(), 65..72),
                ("END:VCARD".to_owned(), 73..82),
            ]
        );
    }
}
