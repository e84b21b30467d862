//! Envelope (RFC 5321 §2.3.1) and finished message (RFC 5322).

use crate::model::address::Address;

/// Reverse path and the one forward path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// MAIL FROM.
    pub reverse_path: Address,
    /// RCPT TO: always one, so that no one sees another's address and each gets their own reply.
    pub forward_path: Address,
    /// ENVID (RFC 3461 §4.4), which a report gives back as Original-Envelope-Id: printable ASCII, at most 100 characters.
    pub envelope_id: Option<String>,
}

/// A message that is ready for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// From whom and to whom.
    pub envelope: Envelope,
    /// Header and body with CRLF, not yet dot-stuffed.
    pub bytes: Vec<u8>,
}
