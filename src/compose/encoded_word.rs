//! Words in header values: plain where they are plain ASCII, otherwise encoded-words (RFC 2047), always folded.
//!
//! Not lettre's encoder: it leaves a value that merely looks like an encoded-word as it is, and never folds a word that
//! is longer than a line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A line of the header that holds an encoded-word has at most so many octets (RFC 2047 §2).
const LINE: usize = 76;
/// An encoded-word has at most so many octets (RFC 2047 §2).
const WORD: usize = 75;
/// `=?utf-8?q?` and `?=`.
const WRAPPING: usize = 12;
/// A longer plain word is encoded, because only an encoded-word can be broken over lines.
const LONGEST_PLAIN: usize = 60;

/// Whether a value is safe as it is: printable ASCII, words divided by single spaces, none too long to fold, and
/// nothing that a reader could take for an encoded-word.
pub(in crate::compose) fn is_plain(text: &str) -> bool {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    printable && !text.contains("=?") && text.split(' ').all(|word| !word.is_empty() && word.len() <= LONGEST_PLAIN)
}

/// Appends an unstructured value (RFC 5322 §2.2.1) to a header line that has been begun.
pub(in crate::compose) fn push_text(out: &mut String, text: &str) {
    if is_plain(text) {
        push_folded(out, text);
    } else {
        push_encoded(out, text);
    }
}

/// Appends words that are plain, breaking lines at spaces.
pub(in crate::compose) fn push_folded(out: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push_str(if column(out) + 1 + word.len() > LINE { "\r\n " } else { " " });
        }
        out.push_str(word);
    }
}

/// Appends a value as encoded-words of whole characters, as short as `Q` or `B` makes it.
pub(in crate::compose) fn push_encoded(out: &mut String, text: &str) {
    let quoted = text.chars().map(quoted_length).sum::<usize>() <= text.len().div_ceil(3) * 4;
    let mut rest = text;
    while !rest.is_empty() {
        let mut room = LINE.saturating_sub(column(out)).min(WORD).saturating_sub(WRAPPING);
        // No character takes more than twelve octets; a shorter remainder of a line is left blank.
        if room < 12 {
            out.push_str("\r\n ");
            room = WORD - WRAPPING;
        }
        let (word, after) = rest.split_at(fitting(rest, room, quoted));
        push_word(out, word, quoted);
        rest = after;
        if !rest.is_empty() {
            out.push_str("\r\n ");
        }
    }
}

/// How many bytes of `text`, in whole characters, fit into an encoded-word with `room` octets for its text.
fn fitting(text: &str, room: usize, quoted: bool) -> usize {
    let (mut used, mut end) = (0, 0);
    for (start, c) in text.char_indices() {
        let after = start + c.len_utf8();
        used = if quoted { used + quoted_length(c) } else { after.div_ceil(3) * 4 };
        if used > room {
            break;
        }
        end = after;
    }
    end
}

fn push_word(out: &mut String, text: &str, quoted: bool) {
    if !quoted {
        out.push_str("=?utf-8?b?");
        STANDARD.encode_string(text, out);
        out.push_str("?=");
        return;
    }
    out.push_str("=?utf-8?q?");
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('_'),
            _ if stands_for_itself(byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("={byte:02X}")),
        }
    }
    out.push_str("?=");
}

fn quoted_length(c: char) -> usize {
    if c == ' ' || (c.is_ascii() && stands_for_itself(c as u8)) { 1 } else { 3 * c.len_utf8() }
}

/// The octets that may stand for themselves even in a display name (RFC 2047 §5, rule 3).
fn stands_for_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!*+-/".contains(&byte)
}

/// Octets on the line that has been begun.
pub(in crate::compose) fn column(out: &str) -> usize {
    out.len() - out.rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::push_text;

    fn encoded(text: &str) -> String {
        let mut out = String::from("Subject: ");
        push_text(&mut out, text);
        out
    }

    #[test]
    fn plain_words_stay_and_others_are_encoded() {
        for (text, expected) in [
            ("Monday: training and guidance", "Subject: Monday: training and guidance"),
            ("Caf\u{e9} \u{2013} =", "Subject: =?utf-8?b?Q2Fmw6kg4oCTID0=?="),
            ("Safeguarding at the caf\u{e9}", "Subject: =?utf-8?q?Safeguarding_at_the_caf=C3=A9?="),
            ("=?utf-8?q?x?=", "Subject: =?utf-8?b?PT91dGYtOD9xP3g/PQ==?="),
            ("a  b ", "Subject: =?utf-8?q?a__b_?="),
        ] {
            assert_eq!(encoded(text), expected);
        }
    }

    #[test]
    fn lines_are_short_whatever_comes() {
        let long = "x".repeat(1200);
        let words = "seven words that are longer than one line ".repeat(9);
        let emoji = "\u{1f9d1}\u{200d}\u{1f3eb}".repeat(70);
        for text in [long.as_str(), words.trim_end(), &emoji, &format!("{long} {emoji}")] {
            let out = encoded(text);
            assert!(out.lines().all(|line| line.len() <= 76 && !line.trim().is_empty()), "{out}");
            assert!(out.split_whitespace().skip(1).all(|word| word.len() <= 75));
        }
    }
}
