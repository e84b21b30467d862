//! What the ledger remembers of an edition as a whole, and of the acts of people.

use chrono::{DateTime, Utc};

use crate::model::delivery::{BroadcastKey, Counts, Edition};
use crate::model::digest::DigestPart;

/// One edition of one day's broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRecord {
    /// The day.
    pub key: BroadcastKey,
    /// Which edition.
    pub edition: Edition,
    /// The theme when it was begun.
    pub theme: String,
    /// The subject before merging.
    pub subject: String,
    /// Digest, hex.
    pub digest: String,
    /// What the digest was made of.
    pub parts: Vec<DigestPart>,
    /// When its first message was claimed.
    pub begun_at: DateTime<Utc>,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// When its recipients were erased; then only the counts are left.
    pub purged_at: Option<DateTime<Utc>>,
    /// Where its deliveries stand.
    pub counts: Counts,
}

/// Something that a person or a run did, kept for the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Which day, if one.
    pub key: Option<BroadcastKey>,
    /// Kebab-case: `send-begun`, `send-ended`, `resolved-accepted`, `held`, `suppressed`, `forgotten`, `purged`, …
    pub kind: String,
    /// In words, without addresses.
    pub detail: String,
}
