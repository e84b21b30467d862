//! What the server saw.

/// A message that the server took responsibility for, even if the client was never told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Counted from 1.
    pub connection: usize,
    /// MAIL FROM, without angle brackets.
    pub reverse_path: String,
    /// RCPT TO, without angle brackets.
    pub recipient: String,
    /// Header and body with CRLF, without dot-stuffing.
    pub bytes: Vec<u8>,
}

/// A command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Counted from 1.
    pub connection: usize,
    /// Without CRLF.
    pub line: String,
}

/// All of it, over all connections.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// In the order in which they were taken.
    pub accepted: Vec<Accepted>,
    /// In the order in which they came.
    pub commands: Vec<Seen>,
    /// What no client may do, in words, with the connection's number.
    pub violations: Vec<String>,
    /// Connections ever made.
    pub connections: usize,
    /// Connections that are open.
    pub open: usize,
    /// The most that were open at once.
    pub most_open: usize,
}

impl Accepted {
    /// The message as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Journal {
    /// The recipients of the accepted messages, sorted; one who got two stands there twice.
    pub fn recipients(&self) -> Vec<String> {
        let mut recipients: Vec<String> = self.accepted.iter().map(|message| message.recipient.clone()).collect();
        recipients.sort();
        recipients
    }

    /// The number of command lines that begin with a verb.
    pub fn count(&self, verb: &str) -> usize {
        self.commands.iter().filter(|seen| seen.line.to_ascii_uppercase().starts_with(verb)).count()
    }
}
