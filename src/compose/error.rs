//! Why a message cannot be composed.

use crate::compose::scan::Flaw;

/// A value that cannot stand in a message, or a message that must not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A line break, another control character or an override of the reading direction in a value of the header.
    #[error("the {0} holds a line break or another character that nobody sees")]
    Control(&'static str),
    /// Nothing but white space where words are needed.
    #[error("the {0} is empty")]
    Empty(&'static str),
    /// Not of the form `left@right` (RFC 5322 §3.6.4).
    #[error("the {field} \"{value}\" is not of the form left@right")]
    Identifier {
        /// Such as `Message-ID`.
        field: &'static str,
        /// What was given.
        value: String,
    },
    /// The right side of Message-ID and List-Id is no domain.
    #[error("\"{0}\" is not a domain name")]
    Domain(String),
    /// Not a `mailto:` or `https:` address in ASCII.
    #[error("\"{0}\" is no address to unsubscribe at")]
    Unsubscribe(String),
    /// Not of the form `type/subtype` (RFC 2045 §5.1).
    #[error("\"{0}\" is no media type")]
    MediaType(String),
    /// A fixed piece that the material does not have: the copy was merged from other material.
    #[error("the {part} part has no piece {index}")]
    Piece {
        /// `HTML` or `plain text`.
        part: &'static str,
        /// Its index.
        index: usize,
    },
    /// Larger than [`MAX_SIZE`](crate::compose::MAX_SIZE).
    #[error("the message has {size} bytes, more than the {limit} that mail systems take")]
    TooLarge {
        /// Octets on the wire.
        size: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// The final scan found something that must never leave.
    #[error("the finished message is not safe to send: {0}")]
    Flaw(#[from] Flaw),
}
