//! The mail data between 354 and the dot (RFC 5321 §4.1.1.4, §4.5.2): dot-unstuffing and the one true end.

/// Why mail data is refused after its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailDataFault {
    /// More octets than SIZE allows.
    #[error("552 5.3.4 message larger than the limit")]
    TooLarge,
    /// RFC 5321 §2.3.8 forbids it; Exchange Online refuses it in these words.
    #[error("550 5.6.11 bare CR or LF")]
    BareLineEnd,
    /// RFC 5322 §2.1.1: at most 998 octets without CRLF.
    #[error("554 5.6.0 line longer than 998 octets")]
    LongLine,
}

/// Where in a line the next octet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    LineStart,
    Text,
    /// After a CR that may end the line.
    Cr,
    /// After a dot at the start of a line: stuffing, or the end.
    Dot,
    /// After a dot and a CR at the start of a line.
    DotCr,
    End,
}

/// Takes the octets as they come off the wire. Only CRLF.CRLF ends it: a server that also believes LF.LF can be
/// smuggled a second message (CVE-2023-51764).
#[derive(Debug)]
pub struct MailData {
    bytes: Vec<u8>,
    limit: usize,
    line: usize,
    at: At,
    fault: Option<MailDataFault>,
}

impl MailData {
    /// The longest line without its CRLF.
    const LONGEST_LINE: usize = 998;

    /// Takes at most `limit` octets; what is beyond them is read and forgotten.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, line: 0, at: At::LineStart, fault: None }
    }

    /// Takes octets up to the end of data; returns how many were used and whether the end was among them.
    pub fn take(&mut self, input: &[u8]) -> (usize, bool) {
        for (used, byte) in input.iter().enumerate() {
            self.step(*byte);
            if self.at == At::End {
                return (used + 1, true);
            }
        }
        (input.len(), false)
    }

    /// The message without dot-stuffing and final dot.
    ///
    /// # Errors
    /// The first fault met; it displays as the reply to give.
    pub fn finish(self) -> Result<Vec<u8>, MailDataFault> {
        self.fault.map_or(Ok(self.bytes), Err)
    }

    fn step(&mut self, byte: u8) {
        match (self.at, byte) {
            (At::LineStart, b'.') => self.at = At::Dot,
            (At::Dot, b'\r') => self.at = At::DotCr,
            (At::DotCr, b'\n') => self.at = At::End,
            (At::DotCr, _) => {
                self.push(b'\r');
                self.after_cr(byte);
            }
            (At::Cr, _) => self.after_cr(byte),
            (At::LineStart | At::Text | At::Dot, _) => self.text(byte),
            (At::End, _) => {}
        }
    }

    fn after_cr(&mut self, byte: u8) {
        if byte == b'\n' {
            self.push(byte);
            self.at = At::LineStart;
            self.line = 0;
        } else {
            self.blame(MailDataFault::BareLineEnd);
            self.text(byte);
        }
    }

    fn text(&mut self, byte: u8) {
        self.push(byte);
        if byte == b'\r' {
            self.at = At::Cr;
            return;
        }
        self.at = At::Text;
        self.line += 1;
        if byte == b'\n' {
            self.blame(MailDataFault::BareLineEnd);
        } else if self.line > Self::LONGEST_LINE {
            self.blame(MailDataFault::LongLine);
        }
    }

    fn push(&mut self, byte: u8) {
        if self.bytes.len() < self.limit {
            self.bytes.push(byte);
        } else {
            self.blame(MailDataFault::TooLarge);
        }
    }

    fn blame(&mut self, fault: MailDataFault) {
        self.fault.get_or_insert(fault);
    }
}

#[cfg(test)]
mod tests {
    use super::{MailData, MailDataFault};

    fn read(input: &[u8]) -> (usize, bool, Result<Vec<u8>, MailDataFault>) {
        let mut data = MailData::with_limit(2000);
        let (used, ended) = data.take(input);
        (used, ended, data.finish())
    }

    #[test]
    fn the_dot_alone_ends_and_stuffed_dots_lose_one() {
        for (wire, message) in [
            (".\r\n", ""),
            ("a\r\n.\r\n", "a\r\n"),
            ("..\r\n.\r\n", ".\r\n"),
            (".a\r\n..b\r\nc.\r\n.\r\n", "a\r\n.b\r\nc.\r\n"),
            ("\r\n\r\n.\r\n", "\r\n\r\n"),
        ] {
            let (used, ended, read) = read(wire.as_bytes());
            assert_eq!((used, ended), (wire.len(), true), "{wire:?}");
            assert_eq!(read, Ok(message.into()), "{wire:?}");
        }
    }

    #[test]
    fn octets_after_the_end_are_left() {
        assert_eq!(read(b"a\r\n.\r\nMAIL"), (6, true, Ok(b"a\r\n".to_vec())));
    }

    #[test]
    fn it_makes_no_difference_where_the_input_is_cut() {
        let wire = b"..a\r\n\r\n.b\r\n.\r\n";
        for cut in 0..=wire.len() {
            let mut data = MailData::with_limit(2000);
            let (head, tail) = wire.split_at(cut);
            let ended = data.take(head).1 || data.take(tail).1;
            assert!(ended);
            assert_eq!(data.finish(), Ok(b".a\r\n\r\nb\r\n".to_vec()), "{cut}");
        }
    }

    #[test]
    fn false_ends_do_not_end_and_are_refused() {
        for wire in ["a\n.\nb", "a\n.\r\nb", "a\r\n.\nb", "a\r\n.\rb", "a\r.\r\n"] {
            let (_, ended, read) = read(wire.as_bytes());
            assert!(!ended, "{wire:?}");
            assert_eq!(read, Err(MailDataFault::BareLineEnd), "{wire:?}");
        }
    }

    #[test]
    fn lines_and_messages_have_limits() {
        let line = |octets| format!("{}\r\n.\r\n", "x".repeat(octets));
        assert!(read(line(998).as_bytes()).2.is_ok());
        assert!(read(format!(".{}", line(998)).as_bytes()).2.is_ok());
        assert_eq!(read(line(999).as_bytes()).2, Err(MailDataFault::LongLine));
        let large = format!("{}.\r\n", "x\r\n".repeat(700));
        assert_eq!(read(large.as_bytes()), (large.len(), true, Err(MailDataFault::TooLarge)));
    }
}
