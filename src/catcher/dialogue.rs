//! The sequence of an SMTP session (RFC 5321 §4.1.4) as a pure machine: a line in, an answer out. It reads and writes
//! nothing itself.

use crate::catcher::command::Command;

/// The largest message that is taken, in octets: what Exchange Online takes by default, and what SIZE announces.
pub const SIZE_LIMIT: usize = 26_214_400;

/// RFC 5321 §4.5.3.1.8: at least this many.
const MOST_RECIPIENTS: usize = 100;

/// MAIL FROM and RCPT TO of the open transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Empty for the null reverse-path.
    pub reverse_path: String,
    /// In the order of RCPT.
    pub recipients: Vec<String>,
}

/// What to do about a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// Send this reply; its lines are joined by CRLF, the last one has none.
    Reply(String),
    /// Send 354, read the mail data, and store it for this transaction.
    ReadData(Transaction),
    /// Send this reply and close.
    Close(String),
}

/// One session.
#[derive(Debug, Default)]
pub struct Dialogue {
    greeted: bool,
    transaction: Option<Transaction>,
}

impl Dialogue {
    /// The greeting, before the client says anything.
    pub const GREETING: &str = "220 localhost ESMTP weekcast catcher";

    /// Answers one command line without its CRLF.
    pub fn answer(&mut self, line: &[u8]) -> Answer {
        match Command::parse(line) {
            Ok(Command::Mail { reverse_path, size }) => Answer::Reply(self.mail(reverse_path, size).to_owned()),
            Ok(Command::Rcpt { forward_path }) => Answer::Reply(self.rcpt(forward_path).to_owned()),
            Ok(Command::Data) => self.data(),
            Ok(Command::Ehlo) => Answer::Reply(self.greet(&ehlo_reply())),
            Ok(Command::Helo) => Answer::Reply(self.greet("250 localhost")),
            Ok(Command::Rset) => {
                self.transaction = None;
                Answer::Reply("250 2.0.0 forgotten".to_owned())
            }
            Ok(Command::Noop) => Answer::Reply("250 2.0.0 ok".to_owned()),
            Ok(Command::Quit) => Answer::Close("221 2.0.0 bye".to_owned()),
            Err(fault) => Answer::Reply(fault.to_string()),
        }
    }

    fn greet(&mut self, reply: &str) -> String {
        self.greeted = true;
        self.transaction = None;
        reply.to_owned()
    }

    fn mail(&mut self, reverse_path: String, size: Option<u64>) -> &'static str {
        if !self.greeted {
            return "503 5.5.1 EHLO first";
        }
        if self.transaction.is_some() {
            return "503 5.5.1 a transaction is open already";
        }
        if size.is_some_and(|size| usize::try_from(size).map_or(true, |size| size > SIZE_LIMIT)) {
            return "552 5.3.4 message larger than the limit";
        }
        self.transaction = Some(Transaction { reverse_path, recipients: Vec::new() });
        "250 2.1.0 sender ok"
    }

    fn rcpt(&mut self, forward_path: String) -> &'static str {
        match &mut self.transaction {
            None => "503 5.5.1 MAIL first",
            Some(transaction) if transaction.recipients.len() >= MOST_RECIPIENTS => "452 4.5.3 too many recipients",
            Some(transaction) => {
                transaction.recipients.push(forward_path);
                "250 2.1.5 recipient ok"
            }
        }
    }

    fn data(&mut self) -> Answer {
        match self.transaction.take_if(|transaction| !transaction.recipients.is_empty()) {
            Some(transaction) => Answer::ReadData(transaction),
            None if self.transaction.is_some() => Answer::Reply("503 5.5.1 RCPT first".to_owned()),
            None => Answer::Reply("503 5.5.1 MAIL first".to_owned()),
        }
    }
}

fn ehlo_reply() -> String {
    format!("250-localhost\r\n250-PIPELINING\r\n250-SIZE {SIZE_LIMIT}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
}

#[cfg(test)]
mod tests {
    use super::{Answer, Dialogue, Transaction};

    fn play(lines: &[&str]) -> Vec<String> {
        let mut dialogue = Dialogue::default();
        let answers = lines.iter().map(|line| dialogue.answer(line.as_bytes()));
        answers
            .map(|answer| match answer {
                Answer::Reply(reply) | Answer::Close(reply) => reply.chars().take(3).collect(),
                Answer::ReadData(Transaction { reverse_path, recipients }) => {
                    format!("{reverse_path} > {}", recipients.join(" "))
                }
            })
            .collect()
    }

    #[test]
    fn the_order_of_commands_is_kept() {
        let mail = "MAIL FROM:<n@board.example>";
        let rcpt = "RCPT TO:<a@board.example>";
        for (lines, expected) in [
            (vec![mail, rcpt, "DATA"], vec!["503", "503", "503"]),
            (vec!["EHLO c", rcpt, mail, mail, "DATA"], vec!["250", "503", "250", "503", "503"]),
            (vec!["EHLO c", mail, rcpt, "DATA"], vec!["250", "250", "250", "n@board.example > a@board.example"]),
            (vec!["HELO c", mail, rcpt, "RSET", "DATA", "QUIT"], vec!["250", "250", "250", "250", "503", "221"]),
            (vec!["EHLO c", mail, "EHLO c", rcpt], vec!["250", "250", "250", "503"]),
            (vec!["EHLO c", "MAIL FROM:<> SIZE=99999999", rcpt, "NOOP"], vec!["250", "552", "503", "250"]),
        ] {
            assert_eq!(play(&lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn recipients_are_bounded() {
        let mut lines = vec!["EHLO c", "MAIL FROM:<>"];
        lines.extend(["RCPT TO:<a@board.example>"; 101]);
        assert_eq!(play(&lines).last().map(String::as_str), Some("452"));
    }
}
