//! "Relaxed" canonicalization (RFC 6376 §3.4.2, §3.4.4): what may change on the way is taken out before hashing.

/// A header field as `name:value CRLF`: name in lower case, unfolded, runs of blanks as one, none at the ends.
pub(crate) fn field(name: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.extend(name.iter().filter(|byte| !is_blank(**byte)).map(u8::to_ascii_lowercase));
    out.push(b':');
    blanks_as_one(value, out);
    out.extend_from_slice(b"\r\n");
}

/// The body: runs of blanks as one, none at the end of a line, no empty lines at the end.
pub(crate) fn body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty = 0;
    // The last piece lies behind the last line end, and is empty in a message that ends with one.
    for line in lines(body) {
        let start = out.len();
        let mut blank = false;
        for &byte in line {
            if is_blank(byte) {
                blank = true;
                continue;
            }
            if out.len() == start {
                for _ in 0..std::mem::take(&mut empty) {
                    out.extend_from_slice(b"\r\n");
                }
            }
            if std::mem::take(&mut blank) {
                out.push(b' ');
            }
            out.push(byte);
        }
        if out.len() == start {
            empty += 1;
        } else {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// Lines without their CR LF; a last line need not have one.
fn lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    body.split_inclusive(|byte| *byte == b'\n').map(|line| {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    })
}

fn blanks_as_one(value: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let mut blank = false;
    for &byte in value {
        if is_blank(byte) || byte == b'\r' || byte == b'\n' {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) && out.len() > start {
            out.push(b' ');
        }
        out.push(byte);
    }
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

#[cfg(test)]
mod tests {
    use super::{body, field};

    #[test]
    fn the_examples_of_the_rfc() {
        // RFC 6376 §3.4.5.
        let mut out = Vec::new();
        field(b"A", b" X\r\n", &mut out);
        field(b"B ", b" Y\t\r\n\tZ  \r\n", &mut out);
        assert_eq!(out, b"a:X\r\nb:Y Z\r\n");
        assert_eq!(body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
    }

    #[test]
    fn empty_bodies_and_missing_line_ends() {
        for (given, expected) in [
            (&b""[..], &b""[..]),
            (b"\r\n\r\n", b""),
            (b" \r\n", b""),
            (b"a", b"a\r\n"),
            (b"\r\n\r\na\r\n", b"\r\n\r\na\r\n"),
            (b"a\r\n \t\r\nb  c\r\n \r\n", b"a\r\n\r\nb c\r\n"),
        ] {
            assert_eq!(body(given), expected, "{given:?}");
        }
    }
}
