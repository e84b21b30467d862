//! What a mail that came back is about.

use std::fmt;

/// The kinds of mail that reach the sender's mailbox after a broadcast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A message could not be delivered, for good.
    Bounce,
    /// A message is late; the mail system still tries.
    Delayed,
    /// A message has arrived.
    Delivered,
    /// A machine answered for a person, such as "out of office" (RFC 3834).
    AutoReply,
    /// A recipient marked a message as unwanted (RFC 5965).
    Complaint,
    /// A recipient asks for no more messages (RFC 2369).
    Unsubscribe,
    /// Anything else, such as an answer that a person wrote.
    Other,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Bounce,
        Self::Delayed,
        Self::Delivered,
        Self::Unsubscribe,
        Self::Complaint,
        Self::AutoReply,
        Self::Other,
    ];

    /// The word in JSON and in the ledger.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::AutoReply => "auto_reply",
            Self::Complaint => "complaint",
            Self::Unsubscribe => "unsubscribe",
            Self::Other => "other",
        }
    }

    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Bounce => "sent back",
            Self::Delayed => "late, still being tried",
            Self::Delivered => "arrived",
            Self::AutoReply => "automatic answers",
            Self::Complaint => "complaints",
            Self::Unsubscribe => "requests to unsubscribe",
            Self::Other => "other mail",
        }
    }
}

/// What a mail system did for one recipient (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Given up.
    Failed,
    /// Not yet.
    Delayed,
    /// In the mailbox.
    Delivered,
    /// Handed on to a system that sends no reports.
    Relayed,
    /// Handed on to several others.
    Expanded,
}

impl Action {
    /// The word of RFC 3464.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
        }
    }

    /// Reads the word; "fail" and "failure" are seen, too.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        let all = [Self::Failed, Self::Delayed, Self::Delivered, Self::Relayed, Self::Expanded];
        let known = all.into_iter().find(|action| word.starts_with(action.word()));
        known.or_else(|| word.starts_with("fail").then_some(Self::Failed))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
