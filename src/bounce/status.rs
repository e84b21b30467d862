//! Status codes in free text: `5.1.1` (RFC 3463) and `550` (RFC 5321), and nothing that only looks like them.

use crate::model::EnhancedStatus;

/// Reads `5.1.1` alone.
pub(crate) fn status(text: &str) -> Option<EnhancedStatus> {
    let mut parts = text.split('.');
    let mut number = || {
        let digits = parts.next().filter(|part| (1..=3).contains(&part.len()))?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (class, subject, detail) = (number()?, number()?, number()?);
    if parts.next().is_some() {
        return None;
    }
    let class = u8::try_from(class).ok().filter(|class| matches!(class, 2 | 4 | 5))?;
    Some(EnhancedStatus { class, subject, detail })
}

/// The first status in a text; one that says more than x.0.0 is preferred.
pub(crate) fn status_in(text: &str) -> Option<EnhancedStatus> {
    let mut vague = None;
    for word in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
        if let Some(found) = status(word.trim_matches('.')) {
            if (found.subject, found.detail) != (0, 0) {
                return Some(found);
            }
            vague = vague.or(Some(found));
        }
    }
    vague
}

/// The first three digits of an answer in a text: 4yz or 5yz as a word of its own, before a space, a hyphen or the end.
pub(crate) fn code_in(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for at in 0..bytes.len() {
        let begins = at == 0 || bytes.get(at - 1).is_some_and(|byte| b" ('\"<#:;-".contains(byte));
        let ends = bytes.get(at + 3).is_none_or(|byte| b" -#:'\")>".contains(byte));
        if begins && ends && matches!(bytes.get(at), Some(b'4' | b'5')) && digit(at + 1) && digit(at + 2) {
            // RFC 5321 §4.2: the second digit is 0 to 5.
            let code = text.get(at..at + 3).and_then(|digits| digits.parse::<u16>().ok());
            if let Some(code) = code.filter(|code| code % 100 < 60) {
                return Some(code);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{code_in, status_in};

    #[test]
    fn codes_are_found_and_look_alikes_are_not() {
        for (text, status, code) in [
            ("550 5.1.1 <a@b.example> unknown", Some("5.1.1"), Some(550)),
            ("host mx[192.0.2.1] said: 554-5.7.1 no", Some("5.7.1"), Some(554)),
            ("#550 4.4.7 QUEUE.Expired; message expired ##", Some("4.4.7"), Some(550)),
            ("<mx.board.example #5.1.10 smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound>", Some("5.1.10"), Some(550)),
            ("5.0.0 (5.2.2 over quota)", Some("5.2.2"), None),
            ("5.0.0", Some("5.0.0"), None),
            ("at 192.0.2.55 port 587", None, None),
            ("version 5.1.1.7, 12.5.1.1", None, None),
            ("on 5.1.2027", None, None),
            ("3.1.1", None, None),
            ("", None, None),
        ] {
            assert_eq!(status_in(text).map(|status| status.to_string()), status.map(str::to_owned), "{text}");
            assert_eq!(code_in(text), code, "{text}");
        }
    }
}
