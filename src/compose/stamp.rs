//! What sets one copy apart from the others.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// What one copy is marked with; fixed at the first claim, so that every attempt sends the same octets.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Message-ID without angle brackets.
    pub message_id: &'a str,
    /// The instant in `Date`.
    pub date: DateTime<Utc>,
    /// The week's zone, which `Date` is written in.
    pub zone: Tz,
    /// Message-ID of the copy that this one corrects, without angle brackets.
    pub in_reply_to: Option<&'a str>,
}
