//! Quoted-printable (RFC 2045 §6.7) in pieces that may be joined in any order.
//!
//! The crate of that name encodes whole texts; here a text is joined from pieces that were encoded long before, so each
//! piece is encoded as if it began a line, and a soft line break stands between two pieces that meet inside a line.

/// Content of a line; the soft line break's `=` makes 76 (RFC 2045 §6.7, rule 5).
const LINE: usize = 75;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends an encoded piece; if the last one ended inside a line, a soft line break comes first.
pub(in crate::compose) fn push_piece(out: &mut Vec<u8>, encoded: &[u8]) {
    if !encoded.is_empty() {
        push_seam(out);
        out.extend_from_slice(encoded);
    }
}

/// Appends a text, encoding it on the way; `\n`, `\r\n` and a lone `\r` are line ends.
pub(in crate::compose) fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.is_empty() {
        return;
    }
    push_seam(out);
    let mut column = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most of a text stands for itself; only at the beginning of a line it needs a closer look.
        let run = if column > 0 { plain_run(rest.as_bytes(), LINE - column) } else { 0 };
        if let Some((plain, after)) = rest.split_at_checked(run).filter(|_| run > 0) {
            out.extend_from_slice(plain.as_bytes());
            column += run;
            rest = after;
            continue;
        }
        let (now, after) = rest.split_at(c.len_utf8());
        if c == '\n' || c == '\r' {
            out.extend_from_slice(b"\r\n");
            column = 0;
            rest = if c == '\r' { after.strip_prefix('\n').unwrap_or(after) } else { after };
            continue;
        }
        let literal = matches!(c, ' '..='~' | '\t') && c != '=';
        let width = |literal| if literal { 1 } else { 3 * now.len() };
        // White space at the end of a line is cut off by some relays; a piece's end may become a line's end.
        let ends = after.is_empty() || after.starts_with(['\n', '\r']);
        let mut literal = literal && !(ends && matches!(c, ' ' | '\t'));
        if column + width(literal) > LINE {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        // A dot here would be stuffed (RFC 5321 §4.5.2), and `From ` is rewritten by old mailboxes.
        if column == 0 && (c == '.' || rest.starts_with("From ")) {
            literal = false;
        }
        column += width(literal);
        for byte in now.bytes() {
            if literal {
                out.push(byte);
            } else {
                out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
        }
        rest = after;
    }
}

/// How many octets, at most `room`, stand for themselves wherever they are in a line; a space only where more follows.
fn plain_run(octets: &[u8], room: usize) -> usize {
    let run = octets.iter().take(room).take_while(|octet| matches!(octet, b' '..=b'~') && **octet != b'=').count();
    let ends = matches!(octets.get(run), None | Some(b'\n' | b'\r'));
    let space = run > 0 && octets.get(run - 1) == Some(&b' ');
    if ends && space { run - 1 } else { run }
}

fn push_seam(out: &mut Vec<u8>) {
    if !out.is_empty() && out.last() != Some(&b'\n') {
        out.extend_from_slice(b"=\r\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{collection, prop_assert, prop_assert_eq};

    use super::{push_piece, push_text};

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        push_text(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_rule_has_its_case() {
        for (text, expected) in [
            ("a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd"),
            ("1 = 1", "1 =3D 1"),
            ("caf\u{e9}", "caf=C3=A9"),
            ("end \nnext\t", "end=20\r\nnext=09"),
            (".\n..a b.", "=2E\r\n=2E.a b."),
            ("From here\nFrom: b\nFrom\n >From", "=46rom here\r\nFrom: b\r\nFrom\r\n >From"),
            ("\0\u{7f}\u{b}", "=00=7F=0B"),
        ] {
            assert_eq!(encoded(text), expected);
        }
        assert_eq!(encoded(&"x".repeat(76)), format!("{}=\r\nx", "x".repeat(75)));
        assert_eq!(encoded(&format!("{}.b", "x".repeat(75))), format!("{}=\r\n=2Eb", "x".repeat(75)));
        assert_eq!(encoded(&format!("{}\u{e9}", "x".repeat(70))), format!("{}=\r\n=C3=A9", "x".repeat(70)));
    }

    #[test]
    fn pieces_meet_in_a_soft_line_break() {
        let mut out = b"Content-Type: x\r\n\r\n".to_vec();
        push_text(&mut out, "Dear ");
        push_text(&mut out, "");
        push_text(&mut out, "Asha");
        push_piece(&mut out, b",\r\n");
        push_piece(&mut out, b"=2E");
        assert_eq!(String::from_utf8(out).unwrap(), "Content-Type: x\r\n\r\nDear=20=\r\nAsha=\r\n,\r\n=2E");
    }

    proptest! {
        #[test]
        fn any_pieces_round_trip_in_short_lines(pieces in collection::vec(any::<String>(), 0..6)) {
            let mut out = Vec::new();
            for piece in &pieces {
                push_text(&mut out, piece);
            }
            let wire = std::str::from_utf8(&out).unwrap();
            for line in wire.split("\r\n") {
                prop_assert!(line.len() <= 76 && !line.starts_with('.') && !line.starts_with("From "), "{line}");
                prop_assert!(!line.contains(['\r', '\n', '\0']) && !line.ends_with([' ', '\t']), "{line}");
            }
            let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
            let expected: String = pieces.iter().map(|piece| lines(piece)).collect();
            let decoded = quoted_printable::decode(&out, quoted_printable::ParseMode::Strict).unwrap();
            prop_assert_eq!(lines(&String::from_utf8(decoded).unwrap()), expected);
        }
    }
}
