//! mbox files (RFC 4155): mails after each other, each behind a line that begins with "From ". Of the dialects, "mboxrd"
//! is undone: one ">" before "From " behind any number of them.

use std::io::BufRead;

/// How a line that parts two mails begins.
pub(crate) const FROM: &[u8] = b"From ";

/// Calls `each` with the mails in turn, at most `longest` octets of each, until it says no. Returns how many there were.
pub(crate) fn each(
    mut reader: impl BufRead,
    longest: usize,
    each: &mut dyn FnMut(usize, &[u8]) -> bool,
) -> std::io::Result<usize> {
    let mut mail: Vec<u8> = Vec::new();
    let (mut number, mut inside, mut after_empty) = (0, false, true);
    let mut line = Vec::new();
    loop {
        let more = read_line(&mut reader, longest, &mut line)?;
        // A line "From " that no empty line comes before is text.
        let parts = after_empty && line.starts_with(FROM);
        if !more || parts {
            if inside {
                number += 1;
                if !each(number, without_last_line_end(&mail)) {
                    return Ok(number);
                }
            }
            if !more {
                return Ok(number);
            }
            inside = true;
            mail.clear();
        } else if inside && mail.len() < longest {
            mail.extend_from_slice(unquoted(&line));
        }
        after_empty = matches!(line.as_slice(), b"\n" | b"\r\n");
    }
}

/// A line with its end, at most `longest` octets of it; the rest of a longer one is passed over.
fn read_line(reader: &mut impl BufRead, longest: usize, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let room = longest.saturating_sub(line.len());
        line.extend_from_slice(piece.get(..room).unwrap_or(piece));
        let taken = piece.len();
        reader.consume(taken);
        if end.is_some() {
            return Ok(true);
        }
    }
}

fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    let quoted = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(FROM));
    if quoted { line.get(1..).unwrap_or(line) } else { line }
}

/// The empty line before the next "From " belongs to the file, not to the mail.
fn without_last_line_end(mail: &[u8]) -> &[u8] {
    let text = mail.strip_suffix(b"\r\n").or_else(|| mail.strip_suffix(b"\n"));
    match text {
        Some(text) if text.ends_with(b"\n") => text,
        _ => mail,
    }
}

#[cfg(test)]
mod tests {
    use super::each;

    fn mails(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let count = each(text.as_bytes(), 64, &mut |_, mail| {
            found.push(String::from_utf8_lossy(mail).into_owned());
            true
        });
        assert_eq!(count.unwrap(), found.len());
        found
    }

    #[test]
    fn mails_are_parted_and_quotes_undone() {
        let text = "From a Mon\nX: 1\n\none\n>From here\n>>From there\nFrom inside\n\nFrom b Tue\nX: 2\n\ntwo\n";
        assert_eq!(mails(text), ["X: 1\n\none\nFrom here\n>From there\nFrom inside\n", "X: 2\n\ntwo\n"]);
        assert_eq!(mails("From a\r\nX: 1\r\n\r\none\r\n\r\n"), ["X: 1\r\n\r\none\r\n"]);
        assert_eq!(mails("X: 1\n"), Vec::<String>::new());
        assert_eq!(mails(""), Vec::<String>::new());
        let long = mails(&format!("From a\n{}\nY\n\nFrom b\nX\n", "x".repeat(100)));
        assert_eq!((long[0].len(), long[1].as_str()), (64, "X\n"));
    }
}
