//! A person's word that a day may go out as it is.

use chrono::{DateTime, Utc};

use crate::model::delivery::BroadcastKey;
use crate::model::digest::DigestPart;

/// One sign-off, for one content and one audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The ledger's number of it; 0 for one that is not recorded yet.
    pub id: i64,
    /// The day.
    pub key: BroadcastKey,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Digest of the content, hex.
    pub digest: String,
    /// What the digest was made of, so that a change can be named.
    pub parts: Vec<DigestPart>,
    /// How many people the lists had.
    pub people: usize,
}

impl SignOff {
    /// Whether two names are one person's: spaces and capitals make no difference.
    #[must_use]
    pub fn is_by(&self, name: &str) -> bool {
        let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        plain(&self.by) == plain(name)
    }
}
