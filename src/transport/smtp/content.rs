//! The content as it goes over the wire: checked against smuggling, dot-stuffed (RFC 5321 §4.5.2), with its terminator.

use memchr::{memchr, memchr_iter};

use crate::model::Envelope;
use crate::transport::smtp::envelope::push_commands;

/// Longest line without CRLF, in octets (RFC 5322 §2.1.1).
const LINE_LIMIT: usize = 998;

/// Content that is ready to be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Content {
    octets: Vec<u8>,
    terminator: usize,
    end: usize,
    size: usize,
    then: Option<Envelope>,
    for_dsn: bool,
}

impl Content {
    /// As [`Self::in_buffer`], into a new buffer.
    ///
    /// # Errors
    /// As [`Self::in_buffer`].
    #[cfg(test)]
    pub(crate) fn of(message: &[u8]) -> Result<Self, String> {
        Self::in_buffer(Vec::new(), message)
    }

    /// Checks and stuffs a message into a buffer that was used before; [`Self::into_buffer`] gives it back.
    ///
    /// # Errors
    /// What cannot be handed over, in words. A lone CR or LF, which some servers take for a line end and others do not,
    /// is how a second message is smuggled into the first; it is never sent.
    pub(crate) fn in_buffer(mut octets: Vec<u8>, message: &[u8]) -> Result<Self, String> {
        octets.clear();
        octets.reserve(message.len() + message.len() / 64 + 512);
        if !stuff(&mut octets, message) {
            return Err(flaw(message));
        }
        let terminator = octets.len();
        octets.extend_from_slice(b".\r\n");
        let end = octets.len();
        Ok(Self { octets, terminator, end, size: message.len(), then: None, for_dsn: false })
    }

    /// The buffer, for the next message.
    pub(crate) fn into_buffer(self) -> Vec<u8> {
        self.octets
    }

    /// Lets the next message's envelope go out with this one, where the server allows it; `dsn` as far as is known.
    pub(crate) fn announcing(mut self, then: Option<&Envelope>, dsn: bool) -> Self {
        self.octets.truncate(self.end);
        if let Some(then) = then {
            push_commands(&mut self.octets, then, dsn);
        }
        self.then = then.cloned();
        self.for_dsn = dsn;
        self
    }

    /// Content and terminator.
    pub(crate) fn octets(&self) -> &[u8] {
        self.octets.get(..self.end).unwrap_or(&self.octets)
    }

    /// The same, and the next message's MAIL, RCPT and DATA.
    pub(crate) fn octets_and_next(&self) -> &[u8] {
        &self.octets
    }

    /// The envelope of the next message, if it is written for a server that has or has not DSN, as this one.
    pub(crate) fn then(&self, dsn: bool) -> Option<&Envelope> {
        self.then.as_ref().filter(|_| self.for_dsn == dsn)
    }

    /// Where the terminator begins.
    pub(crate) fn terminator(&self) -> usize {
        self.terminator
    }

    /// The size that SIZE is about (RFC 1870 §3): without stuffing and terminator.
    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

/// Appends a message with its dots stuffed and CRLF at its end; `false` if there is anything that may not be sent, and then
/// what was appended is worthless. It looks at every octet, at the speed of memory.
fn stuff(out: &mut Vec<u8>, message: &[u8]) -> bool {
    if message.is_empty() || !message.is_ascii() || memchr(0, message).is_some() {
        return false;
    }
    // Where each line ends in CRLF, a CR more than there are lines stands alone.
    let mut spare = memchr_iter(b'\r', message).count();
    let (mut copied, mut start) = (0, 0);
    for end in memchr_iter(b'\n', message) {
        let line = message.get(start..end).unwrap_or_default();
        if line.last() != Some(&b'\r') || line.len() > LINE_LIMIT + 1 || spare == 0 {
            return false;
        }
        spare -= 1;
        if line.first() == Some(&b'.') {
            out.extend_from_slice(message.get(copied..=start).unwrap_or_default());
            copied = start;
        }
        start = end + 1;
    }
    let last = message.get(start..).unwrap_or_default();
    if last.first() == Some(&b'.') {
        out.extend_from_slice(message.get(copied..=start).unwrap_or_default());
        copied = start;
    }
    out.extend_from_slice(message.get(copied..).unwrap_or_default());
    if !last.is_empty() {
        out.extend_from_slice(b"\r\n");
    }
    last.len() <= LINE_LIMIT && spare == 0
}

/// What is wrong with a message that cannot be sent.
fn flaw(message: &[u8]) -> String {
    if message.is_empty() {
        return "the message is empty".to_owned();
    }
    for (index, line) in message.split_inclusive(|octet| *octet == b'\n').enumerate() {
        let number = index + 1;
        let text = match line.strip_suffix(b"\r\n") {
            Some(text) => text,
            None if line.ends_with(b"\n") => return format!("line {number} of the message ends in a lone LF"),
            None => line,
        };
        if text.len() > LINE_LIMIT {
            return format!("line {number} of the message is longer than {LINE_LIMIT} octets");
        }
        if let Some(octet) = text.iter().find(|octet| matches!(octet, 0 | b'\r' | 128..)) {
            return format!("line {number} of the message holds the octet {octet:#04x}, which cannot be sent");
        }
    }
    "the message cannot be sent".to_owned()
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn dots_are_stuffed_and_the_terminator_stands_alone() {
        for (message, wire) in [
            ("a\r\n", "a\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            (".\r\n", "..\r\n.\r\n"),
            ("a\r\n.b\r\n..\r\nc.\r\n\r\n", "a\r\n..b\r\n...\r\nc.\r\n\r\n.\r\n"),
            ("a\r\n.", "a\r\n..\r\n.\r\n"),
            (".", "..\r\n.\r\n"),
            ("..a\r\n.b\r\n.c", "...a\r\n..b\r\n..c\r\n.\r\n"),
        ] {
            let content = Content::of(message.as_bytes()).unwrap();
            assert_eq!(content.octets(), wire.as_bytes(), "{message:?}");
            assert_eq!(&content.octets()[content.terminator()..], b".\r\n");
            assert_eq!(content.size(), message.len());
        }
    }

    #[test]
    fn what_could_smuggle_or_be_mangled_is_refused() {
        for (message, words) in [
            (&b""[..], "the message is empty"),
            (b"a\r\nb\n.\r\n", "line 2 of the message ends in a lone LF"),
            (b"a\r.\r\n", "line 1 of the message holds the octet 0x0d"),
            (b"a\r\r\n", "line 1 of the message holds the octet 0x0d"),
            (b"a\r\nb\r", "line 2 of the message holds the octet 0x0d"),
            (b"a\0\r\n", "line 1 of the message holds the octet 0x00"),
            (b"caf\xc3\xa9\r\n", "line 1 of the message holds the octet 0xc3"),
            (&[b'x'; 999], "line 1 of the message is longer than 998 octets"),
            (&[&[b'x'; 999], &b"\r\ny\r\n"[..]].concat(), "line 1 of the message is longer than 998 octets"),
            (b"\rx\r\n", "line 1 of the message holds the octet 0x0d"),
        ] {
            assert!(Content::of(message).is_err_and(|found| found.starts_with(words)), "{words}");
        }
        assert!(Content::of(&[b'x'; 998]).is_ok());
        assert!(Content::of(&[&[b'x'; 998], &b"\r\ny"[..]].concat()).is_ok());
    }
}
