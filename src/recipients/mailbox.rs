//! A member as one string: `Name <address>`, `"Name, Role" <address>` or the bare address (RFC 5322 §3.4, without
//! comments and groups).

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Address;

/// A string taken apart; both ranges are byte offsets in it, without white space around.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mailbox<'t> {
    /// The display name, without its quotation marks and backslashes; absent where there is none.
    pub(crate) name: Option<(Cow<'t, str>, Range<usize>)>,
    /// What should be the address.
    pub(crate) address: Range<usize>,
}

/// Why a string cannot be taken apart, with the place of the fault in it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MailboxFault {
    /// `<` without `>`.
    #[error("the < before the address has no > behind it")]
    Unclosed(Range<usize>),
    /// Something behind the `>`.
    #[error("something stands behind the address")]
    Behind(Range<usize>),
    /// Several addresses in one string.
    #[error("there are several addresses in one entry")]
    Several(Range<usize>),
}

/// Takes a string apart.
pub(crate) fn read(text: &str) -> Result<Mailbox<'_>, MailboxFault> {
    let open = match open_bracket(text) {
        Some(open) => open,
        None => {
            let whole = trimmed(text, 0..text.len());
            let parted = |c: char| c.is_whitespace() || ",;/|".contains(c);
            let parts = text[whole.clone()].split(parted).filter(|part| part.contains('@')).count();
            return if parts > 1 {
                Err(MailboxFault::Several(whole))
            } else {
                Ok(Mailbox { name: None, address: whole })
            };
        }
    };
    let Some(length) = text[open..].find('>') else {
        return Err(MailboxFault::Unclosed(open..text.trim_end().len()));
    };
    let close = open + length;
    let behind = trimmed(text, close + 1..text.len());
    if !behind.is_empty() {
        let several = text[behind.clone()].contains('@');
        return Err(if several { MailboxFault::Several(behind) } else { MailboxFault::Behind(behind) });
    }
    let at = trimmed(text, 0..open);
    let name = Some((unquoted(&text[at.clone()]), at)).filter(|(name, _)| !name.trim().is_empty());
    Ok(Mailbox { name, address: trimmed(text, open + 1..close) })
}

/// The `<` that begins the address: the first that is not inside quotation marks.
fn open_bracket(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            // An apostrophe-like lone mark, as in `5" Example <…>`, must not hide the address.
            '"' => quoted = !quoted && text[at + 1..].contains('"'),
            '<' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn unquoted(name: &str) -> Cow<'_, str> {
    let Some(inner) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(name);
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner.trim());
    }
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        out.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    Cow::Owned(out.trim().to_owned())
}

/// A range without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start.max(range.end - (part.len() - part.trim_end().len()))
}

/// A range without what exports and people leave around an address and what can mean nothing else: white space,
/// `mailto:`, a pair of apostrophes, and commas, semicolons or dots at the end.
pub(crate) fn tidied(text: &str, range: Range<usize>) -> Range<usize> {
    let mut range = trimmed(text, range);
    loop {
        let part = &text[range.clone()];
        if part.ends_with([',', ';', '.']) {
            range.end -= 1;
        } else if part.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
            range.start += 7;
        } else if part.len() > 2 && part.starts_with('\'') && part.ends_with('\'') {
            range = range.start + 1..range.end - 1;
        } else {
            return range;
        }
        range = trimmed(text, range);
    }
}

/// Whether a line is one address, with or without a name.
pub(crate) fn is_one_address(line: &str) -> bool {
    let line = &line[tidied(line, 0..line.len())];
    read(line).is_ok_and(|mailbox| Address::parse(&line[tidied(line, mailbox.address)]).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{MailboxFault, is_one_address, read, tidied};

    #[test]
    fn what_stands_around_an_address_is_left_off() {
        for (text, expected) in [
            (" mailto:a@board.example, ", "a@board.example"),
            ("MAILTO: a@board.example.;", "a@board.example"),
            ("'a@board.example'", "a@board.example"),
            ("o'a@board.example", "o'a@board.example"),
            ("\u{a0}a@board.example\u{a0}", "a@board.example"),
            ("...", ""),
            ("é", "é"),
        ] {
            assert_eq!(&text[tidied(text, 0..text.len())], expected, "{text}");
        }
        for (line, expected) in [
            ("Asha <a@board.example>;", true),
            ("a@board.example", true),
            ("a@board.example,Asha", false),
            ("a@board.example b@board.example", false),
            ("Asha", false),
        ] {
            assert_eq!(is_one_address(line), expected, "{line}");
        }
    }

    #[test]
    fn names_and_addresses_are_taken_apart() {
        for (text, name, address) in [
            ("Asha Example <asha@board.example>", Some("Asha Example"), "asha@board.example"),
            ("asha@board.example", None, "asha@board.example"),
            ("  <asha@board.example> ", None, "asha@board.example"),
            ("\"Example, Asha\" <a@board.example>", Some("Example, Asha"), "a@board.example"),
            ("Example, Asha < a@board.example >", Some("Example, Asha"), "a@board.example"),
            ("\"Asha \\\"Ash\\\" E\" <a@board.example>", Some("Asha \"Ash\" E"), "a@board.example"),
            ("\"A <b@c.example> D\" <a@board.example>", Some("A <b@c.example> D"), "a@board.example"),
            ("5\" Example <a@board.example>", Some("5\" Example"), "a@board.example"),
            ("Asha O'Hara <a@board.example>", Some("Asha O'Hara"), "a@board.example"),
            ("\"\" <a@board.example>", None, "a@board.example"),
            ("", None, ""),
            ("Asha Example", None, "Asha Example"),
            ("Siân <>", Some("Siân"), ""),
        ] {
            let mailbox = read(text).unwrap();
            assert_eq!(mailbox.name.map(|(name, _)| name.into_owned()).as_deref(), name, "{text}");
            assert_eq!(&text[mailbox.address], address, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_taken_apart_is_pointed_at() {
        for (text, expected) in [
            ("Asha <a@board.example", MailboxFault::Unclosed(5..21)),
            ("Asha <a@board.example> (work)", MailboxFault::Behind(23..29)),
            ("a@board.example, b@board.example", MailboxFault::Several(0..32)),
            ("a@board.example b@board.example", MailboxFault::Several(0..31)),
            ("a@board.example/b@board.example", MailboxFault::Several(0..31)),
            ("A <a@board.example>; B <b@board.example>", MailboxFault::Several(19..40)),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }
}
