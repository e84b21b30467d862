//! One reply of the server, read line by line (RFC 5321 §4.2): strict about what decides (codes and line ends), lenient
//! about its text.

use crate::model::Reply;
use crate::transport::interface::{Cause, Failure, Stage};

/// Longest line of a reply in octets; RFC 5321 §4.5.3.1.5 says 512, servers go beyond it.
pub(crate) const LINE_LIMIT: usize = 4_096;
/// Largest reply in octets.
const REPLY_LIMIT: usize = 65_536;
/// Most characters of a reply's text that ledger and reports keep.
const TEXT_LIMIT: usize = 1_000;

/// A whole reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// 200 to 599.
    pub(crate) code: u16,
    /// The text of each line, after the code.
    pub(crate) lines: Vec<String>,
}

impl Answer {
    /// 4yz or 5yz.
    pub(crate) fn is_refusal(&self) -> bool {
        self.code >= 400
    }

    /// The answer itself, if its code is one of those that mean success here.
    ///
    /// # Errors
    /// [`Cause::Reply`] for a refusal; [`Cause::Unreadable`] for any other code, because then replies and commands are
    /// out of step. `to` is what was answered.
    pub(crate) fn expect(self, stage: Stage, codes: &[u16], to: &str) -> Result<Self, Failure> {
        if codes.contains(&self.code) {
            return Ok(self);
        }
        let cause = if self.is_refusal() {
            Cause::Reply(self.reply())
        } else {
            Cause::Unreadable(format!("\"{}\" in answer to {to}", self.reply()))
        };
        Err(Failure::before_the_dot(stage, cause))
    }

    /// The reply for ledger and reports: lines joined, an enhanced status that each line repeats kept once.
    pub(crate) fn reply(&self) -> Reply {
        let mut lines = self.lines.iter().map(|line| line.trim());
        let mut text = lines.next().unwrap_or_default().to_owned();
        let status = Reply::new(self.code, &text).enhanced().map(|status| format!("{status} "));
        for line in lines {
            let line = status.as_deref().and_then(|status| line.strip_prefix(status)).unwrap_or(line);
            text.push(' ');
            text.push_str(line);
        }
        let text: String = text.chars().take(TEXT_LIMIT).collect();
        Reply::new(self.code, &text)
    }
}

/// A reply that is still coming.
#[derive(Debug, Default)]
pub(crate) struct Coming {
    code: Option<u16>,
    lines: Vec<String>,
    octets: usize,
}

impl Coming {
    /// Takes one line with its LF; `Some` when it was the last of the reply.
    ///
    /// # Errors
    /// What makes it no SMTP reply, in words.
    pub(crate) fn line(&mut self, line: &[u8]) -> Result<Option<Answer>, String> {
        self.octets += line.len();
        if self.octets > REPLY_LIMIT {
            return Err(format!("a reply of more than {REPLY_LIMIT} octets"));
        }
        let line = line.strip_suffix(b"\r\n").ok_or("a reply line that does not end in CR LF")?;
        let (digits, rest) = line.split_at(line.len().min(3));
        let code = code(digits).ok_or_else(|| format!("a line without a reply code: {}", excerpt(line)))?;
        let last = match rest.first() {
            None | Some(b' ') => true,
            Some(b'-') => false,
            Some(_) => return Err(format!("a line without a reply code: {}", excerpt(line))),
        };
        if self.code.is_some_and(|before| before != code) {
            return Err(format!("a reply whose lines have different codes: {}", excerpt(line)));
        }
        self.code = Some(code);
        self.lines.push(String::from_utf8_lossy(rest.get(1..).unwrap_or_default()).into_owned());
        Ok(last.then(|| Answer { code, lines: std::mem::take(&mut self.lines) }))
    }
}

/// Whether what came so far can still become a reply line; seen early, so that nobody waits for the end of a line that
/// never comes from a server of another kind.
pub(crate) fn may_become_a_line(octets: &[u8]) -> bool {
    octets.iter().take(3).all(u8::is_ascii_digit)
}

/// The first octets of something unreadable, harmless on a terminal.
pub(crate) fn excerpt(octets: &[u8]) -> String {
    let shown: String =
        octets.iter().take(40).flat_map(|octet| std::ascii::escape_default(*octet)).map(char::from).collect();
    format!("\"{shown}{}\"", if octets.len() > 40 { "…" } else { "" })
}

/// 2yz to 5yz; the second digit is not checked, because 57z and 59z are in use for refusals.
fn code(digits: &[u8]) -> Option<u16> {
    if digits.len() != 3 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let code = digits.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    (200..600).contains(&code).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::{Coming, REPLY_LIMIT, may_become_a_line};

    /// `Ok(reply)`, or `Err(beginning of the words)`.
    fn read(lines: &[&[u8]]) -> Result<Option<String>, String> {
        let mut coming = Coming::default();
        let mut answer = None;
        for line in lines {
            answer = coming.line(line)?;
        }
        Ok(answer.map(|answer| answer.reply().to_string()))
    }

    #[test]
    fn replies_are_read_and_anything_else_is_named() {
        let whole = |reply: &str| Ok(Some(reply.to_owned()));
        assert_eq!(read(&[b"250 2.0.0 Ok\r\n"]), whole("250 2.0.0 Ok"));
        assert_eq!(read(&[b"250\r\n"]), whole("250 "), "no text at all is legal");
        assert_eq!(read(&[b"250 caf\xe9\x1b[2J\r\n"]), whole("250 caf\u{fffd} [2J"));
        assert_eq!(read(&[b"571 5.7.1 no\r\n"]), whole("571 5.7.1 no"));
        assert_eq!(read(&[b"550-5.7.25 no pointer\r\n", b"550 5.7.25 here\r\n"]), whole("550 5.7.25 no pointer here"));
        assert_eq!(read(&[b"550-5.7.2 a\r\n", b"550 5.7.25 b\r\n"]), whole("550 5.7.2 a 5.7.25 b"));
        assert_eq!(read(&[b"250-a\r\n"]), Ok(None));
        for (lines, words) in [
            (&[b"250-a\r\n".as_slice(), b"550 b\r\n"][..], "a reply whose lines have different codes"),
            (&[b"250 ok\n"], "a reply line that does not end in CR LF"),
            (&[b"999 ok\r\n"], "a line without a reply code"),
            (&[b"150 ok\r\n"], "a line without a reply code"),
            (&[b"2500 ok\r\n"], "a line without a reply code"),
            (&[b"25 ok\r\n"], "a line without a reply code"),
            (&[b"\r\n"], "a line without a reply code"),
            (&[b"\xff\x00\x01\r\n"], "a line without a reply code: \"\\xff\\x00\\x01\""),
        ] {
            assert!(read(lines).is_err_and(|found| found.starts_with(words)), "{lines:?}: {:?}", read(lines));
        }
    }

    #[test]
    fn a_reply_without_end_is_cut() {
        let mut coming = Coming::default();
        let line = [b"250-".as_slice(), &[b'x'; 996], b"\r\n"].concat();
        let lines = (0..).take_while(|_| coming.line(&line).is_ok()).count();
        assert_eq!(lines, REPLY_LIMIT / line.len());
    }

    #[test]
    fn another_protocol_is_noticed_before_its_line_ends() {
        for (octets, can) in [(&b""[..], true), (b"2", true), (b"220", true), (b"HTT", false), (b"\x15\x03", false)] {
            assert_eq!(may_become_a_line(octets), can, "{octets:?}");
        }
    }
}
