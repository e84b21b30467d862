//! What became of asking whether a web address answers: `check --online`.

use std::collections::BTreeMap;

/// The answers by address as written, its fragment included; empty where nobody asked.
pub type LinkAnswers = BTreeMap<String, LinkAnswer>;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAnswer {
    /// It answers.
    Good,
    /// It answers, and says that it has moved for good to this address (RFC 9110 §15.4.2, §15.4.9).
    Moved(String),
    /// Any other status of HTTP, such as 404.
    Status(u16),
    /// There is no such host.
    NoHost,
    /// It leads from address to address without an end.
    Circle,
    /// The connection failed, in words.
    Unreachable(String),
}
