//! The content as it goes over the wire: checked against smuggling, dot-stuffed (RFC 5321 §4.5.2), with its terminator.

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
}

impl Content {
    /// Checks and stuffs a message.
    ///
    /// # Errors
    /// What cannot be handed over, in words. A lone CR or LF, which some servers take for a line end and others do not,
    /// is how a second message is smuggled into the first; it is never sent.
    pub(crate) fn of(message: &[u8]) -> Result<Self, String> {
        if message.is_empty() {
            return Err("the message is empty".to_owned());
        }
        let mut octets = Vec::with_capacity(message.len() + message.len() / 64 + 5);
        let mut lines = 0;
        for line in message.split_inclusive(|octet| *octet == b'\n') {
            lines += 1;
            let text = match line.strip_suffix(b"\r\n") {
                Some(text) => text,
                None if line.ends_with(b"\n") => return Err(format!("line {lines} of the message ends in a lone LF")),
                None => line,
            };
            if text.len() > LINE_LIMIT {
                return Err(format!("line {lines} of the message is longer than {LINE_LIMIT} octets"));
            }
            if let Some(octet) = text.iter().find(|octet| matches!(octet, 0 | b'\r' | 128..)) {
                return Err(format!("line {lines} of the message holds the octet {octet:#04x}, which cannot be sent"));
            }
            if text.starts_with(b".") {
                octets.push(b'.');
            }
            octets.extend_from_slice(text);
            octets.extend_from_slice(b"\r\n");
        }
        let terminator = octets.len();
        octets.extend_from_slice(b".\r\n");
        let end = octets.len();
        Ok(Self { octets, terminator, end, size: message.len(), then: None })
    }

    /// Lets the next message's envelope go out with this one, where the server allows it.
    pub(crate) fn announcing(mut self, then: Option<&Envelope>) -> Self {
        self.octets.truncate(self.end);
        if let Some(then) = then {
            push_commands(&mut self.octets, then);
        }
        self.then = then.cloned();
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

    /// The envelope of the next message.
    pub(crate) fn then(&self) -> Option<&Envelope> {
        self.then.as_ref()
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
        ] {
            assert!(Content::of(message).is_err_and(|found| found.starts_with(words)), "{words}");
        }
        assert!(Content::of(&[b'x'; 998]).is_ok());
    }
}
