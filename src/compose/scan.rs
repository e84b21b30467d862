//! The final scan: what must never leave, looked for in the finished octets and not in the values that they came from.
//!
//! It does not trust the rest of this folder. Fixed stretches are scanned once, a message only where it differs.

use std::fmt;

use memchr::{memchr, memchr_iter};

/// The longest line without its line end (RFC 5322 §2.1.1).
const LONGEST: usize = 998;
/// Fields that a message has exactly once (RFC 5322 §3.6, RFC 2045 §4).
const ONCE: [&str; 7] = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
/// Fields that it has at most once.
const AT_MOST_ONCE: [&str; 10] = [
    "Reply-To",
    "In-Reply-To",
    "References",
    "Content-Transfer-Encoding",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Sender",
    "Precedence",
    "X-Auto-Response-Suppress",
];
/// Fields that would show others' addresses, watch the reader, say that no person sent this, or that only a relay may
/// write.
const NEVER: [&str; 11] = [
    "Bcc",
    "Cc",
    "Resent-To",
    "Resent-Cc",
    "Resent-Bcc",
    "Apparently-To",
    "Return-Path",
    "Return-Receipt-To",
    "Disposition-Notification-To",
    "X-Confirm-Reading-To",
    "Auto-Submitted",
];

/// Something that makes a message unsafe to send.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// CR without LF or LF without CR: a server could see a second message there.
    #[error("a line end that is not CR LF")]
    BareLineEnd,
    /// NUL.
    #[error("a NUL character")]
    Nul,
    /// An octet above 127.
    #[error("a character outside ASCII")]
    NotAscii,
    /// A line over 998 octets.
    #[error("a line of more than 998 characters")]
    LongLine,
    /// A line of nothing but a dot, which ends a message on the wire if a relay forgets to double it (RFC 5321 §4.5.2).
    #[error("a line that is only a dot")]
    LoneDot,
    /// The field `To` does not show exactly the recipient.
    #[error("a field \"To\" that does not name the recipient alone")]
    Recipient,
    /// A line of the header that is neither a field nor the continuation of one.
    #[error("a line of the header that is no field")]
    NotAField,
    /// A field is missing or repeated.
    #[error("{count} fields \"{name}\" in the header")]
    Count {
        /// Its name.
        name: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A field that may not be there.
    #[error("a field \"{0}\" in the header")]
    Forbidden(Name),
}

/// The name of a forbidden field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub &'static str);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Scans a stretch of the message that begins at the beginning of a line.
///
/// # Errors
/// The first [`Flaw`].
pub(in crate::compose) fn octets(stretch: &[u8]) -> Result<(), Flaw> {
    if is_clean(stretch) { Ok(()) } else { flaw(stretch) }
}

/// Whether there is nothing to be found, at the speed of memory; [`flaw`] says what there is.
fn is_clean(stretch: &[u8]) -> bool {
    if !stretch.is_ascii() || memchr(0, stretch).is_some() {
        return false;
    }
    // Where each LF follows a CR, one more CR stands alone.
    let mut spare = memchr_iter(b'\r', stretch).count();
    let mut start = 0;
    for end in memchr_iter(b'\n', stretch) {
        let Some(line) = stretch.get(start..end).and_then(|line| line.strip_suffix(b"\r")) else { return false };
        if line.len() > LONGEST || line == b"." || spare == 0 {
            return false;
        }
        spare -= 1;
        start = end + 1;
    }
    spare == 0 && stretch.len() - start <= LONGEST
}

fn flaw(stretch: &[u8]) -> Result<(), Flaw> {
    let mut column = 0;
    let (mut before, mut first) = (0, 0);
    for &octet in stretch {
        match octet {
            b'\n' if before == b'\r' && column == 1 && first == b'.' => return Err(Flaw::LoneDot),
            b'\n' if before == b'\r' => column = 0,
            b'\n' => return Err(Flaw::BareLineEnd),
            _ if before == b'\r' => return Err(Flaw::BareLineEnd),
            0 => return Err(Flaw::Nul),
            128.. => return Err(Flaw::NotAscii),
            b'\r' => {}
            _ if column == LONGEST => return Err(Flaw::LongLine),
            _ => {
                if column == 0 {
                    first = octet;
                }
                column += 1;
            }
        }
        before = octet;
    }
    if before == b'\r' { Err(Flaw::BareLineEnd) } else { Ok(()) }
}

/// Scans the header of the message, with the empty line that ends it.
///
/// # Errors
/// The first [`Flaw`].
pub(in crate::compose) fn header(octets_of_header: &[u8]) -> Result<(), Flaw> {
    octets(octets_of_header)?;
    let text = std::str::from_utf8(octets_of_header).map_err(|_| Flaw::NotAscii)?;
    let lines = text.strip_suffix("\r\n\r\n").ok_or(Flaw::NotAField)?;
    let mut names = Vec::with_capacity(20);
    // No LF is without its CR here.
    for line in lines.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        if line.trim().is_empty() {
            // A line of nothing but white space reads as the end of the header somewhere.
            return Err(Flaw::NotAField);
        }
        if !line.starts_with([' ', '\t']) {
            names.push(field_name(line).ok_or(Flaw::NotAField)?);
        } else if names.is_empty() {
            return Err(Flaw::NotAField);
        }
    }
    let count = |name: &str| names.iter().filter(|found| found.eq_ignore_ascii_case(name)).count();
    for (expected, fields) in [(1..=1, &ONCE[..]), (0..=1, &AT_MOST_ONCE[..])] {
        for &name in fields {
            let count = count(name);
            if !expected.contains(&count) {
                return Err(Flaw::Count { name, count });
            }
        }
    }
    NEVER.into_iter().find(|name| count(name) > 0).map_or(Ok(()), |name| Err(Flaw::Forbidden(Name(name))))
}

/// Scans the field `To` of a header that [`header`] has passed: one mailbox, the recipient's, and no other address beside
/// its name.
///
/// # Errors
/// [`Flaw::Recipient`].
pub(in crate::compose) fn recipient(octets_of_header: &[u8], address: &str) -> Result<(), Flaw> {
    let text = std::str::from_utf8(octets_of_header).map_err(|_| Flaw::NotAscii)?;
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut to = lines.find_map(|line| line.strip_prefix("To: ")).ok_or(Flaw::Recipient)?.to_owned();
    for folded in lines.map_while(|line| line.strip_prefix(' ')) {
        to.push(' ');
        to.push_str(folded);
    }
    let to = to.as_str();
    let bracketed = |to: &str| to.strip_suffix('>')?.strip_suffix(address)?.strip_suffix('<').map(str::to_owned);
    let name = if to == address { String::new() } else { bracketed(to).ok_or(Flaw::Recipient)? };
    // Between quotation marks anything is only a name; no mark is ever escaped there.
    let outside: String = name.split('"').step_by(2).collect();
    if outside.contains(['@', ',', ';', ':', '<', '>']) { Err(Flaw::Recipient) } else { Ok(()) }
}

/// The name of a field (RFC 5322 §3.6.8): printable ASCII up to the colon, and something after it.
fn field_name(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    let printable = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    (printable && !value.trim().is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{Flaw, LONGEST, Name, flaw, header, is_clean, octets, recipient};

    proptest! {
        #[test]
        fn the_quick_look_and_the_thorough_one_agree(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec!["\r\n", "\r", "\n", ".", ".a", "a", "", "\0", "\u{e9}"]), 0..12),
            long in any::<bool>(),
            longer in 0_usize..3,
        ) {
            let mut stretch = pieces.concat().into_bytes();
            if long {
                stretch.extend(std::iter::repeat_n(b'x', LONGEST - 1 + longer));
            }
            prop_assert_eq!(is_clean(&stretch), flaw(&stretch).is_ok());
        }
    }

    const GOOD: &str = "From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\n t\r\nDate: d\r\nMessage-ID: <m@b>\r\n\
                        MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n";

    #[test]
    fn octets_that_must_not_leave_are_found() {
        let long = "x".repeat(998);
        assert_eq!(octets(format!("{long}\r\n{long}\r\nend").as_bytes()), Ok(()));
        assert_eq!(octets(b".a\r\n..\r\na.\r\n"), Ok(()));
        for (stretch, flaw) in [
            ("a\nb".as_bytes(), Flaw::BareLineEnd),
            (b"a\rb", Flaw::BareLineEnd),
            (b"a\r", Flaw::BareLineEnd),
            (b"a\r\r\n", Flaw::BareLineEnd),
            (b"\n", Flaw::BareLineEnd),
            (b"a\0b", Flaw::Nul),
            (b"a\r\n.\r\nb", Flaw::LoneDot),
            (b".\r\n", Flaw::LoneDot),
            ("\u{e9}".as_bytes(), Flaw::NotAscii),
            (format!("{long}x\r\n").as_bytes(), Flaw::LongLine),
        ] {
            assert_eq!(octets(stretch), Err(flaw), "{stretch:?}");
        }
    }

    #[test]
    fn a_header_has_each_field_as_often_as_it_should() {
        assert_eq!(header(GOOD.as_bytes()), Ok(()));
        let count = |name, count| Err(Flaw::Count { name, count });
        for (change, by, expected) in [
            ("Date: d\r\n", "", count("Date", 0)),
            ("Date: d\r\n", "Date: d\r\nDATE: e\r\n", count("Date", 2)),
            ("Date: d\r\n", "Date: d\r\nreply-to: a\r\nReply-To: b\r\n", count("Reply-To", 2)),
            ("Date: d\r\n", "Date: d\r\nbcc: x\r\n", Err(Flaw::Forbidden(Name("Bcc")))),
            ("Date: d\r\n", "Date: \r\n", Err(Flaw::NotAField)),
            (" t\r\n", " \r\n", Err(Flaw::NotAField)),
            (" t\r\n", "t\r\n", Err(Flaw::NotAField)),
            (" t\r\n", "\r\nX: t\r\n", Err(Flaw::NotAField)),
            ("From: a", " From: a", Err(Flaw::NotAField)),
            ("\r\n\r\n", "\r\n", Err(Flaw::NotAField)),
        ] {
            assert_eq!(header(GOOD.replacen(change, by, 1).as_bytes()), expected, "{by:?}");
        }
    }

    #[test]
    fn only_the_recipient_is_shown() {
        for (to, good) in [
            ("c@d.example", true),
            ("C <c@d.example>", true),
            ("\"C, a@b.example\" <c@d.example>", true),
            ("=?utf-8?q?C?=\r\n =?utf-8?q?D?= <c@d.example>", true),
            ("a@b.example, c@d.example", false),
            ("C <a@b.example>, D <c@d.example>", false),
            ("C <cc@d.example>", false),
            ("cc@d.example", false),
            ("C: c@d.example;", false),
        ] {
            let header = GOOD.replacen("To: c@d.example", &format!("To: {to}"), 1);
            let expected = if good { Ok(()) } else { Err(Flaw::Recipient) };
            assert_eq!(recipient(header.as_bytes(), "c@d.example"), expected, "{to}");
        }
    }
}
