//! What the ledger remembers of an edition as a whole, and of the acts of people.

use chrono::{DateTime, Utc};

use crate::model::delivery::{BroadcastKey, Counts, Edition, Mailing};
use crate::model::digest::DigestPart;

/// One edition of one day's broadcast, or a correction of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRecord {
    /// The day.
    pub key: BroadcastKey,
    /// Which edition; of a correction, the one that it corrects.
    pub edition: Edition,
    /// The number of the correction, counted from 1 over all of the day; none for the broadcast itself.
    pub correction: Option<u32>,
    /// The officer's file that a correction was made from, relative to the project folder where it lies there.
    pub source_file: Option<String>,
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

impl EditionRecord {
    /// Which mailing of the day it is.
    #[must_use]
    pub fn mailing(&self) -> Mailing {
        self.correction.map_or(Mailing::Edition(self.edition), Mailing::Correction)
    }

    /// Whether it is the broadcast itself: what stands for the day. A correction stands beside it.
    #[must_use]
    pub fn is_broadcast(&self) -> bool {
        self.correction.is_none()
    }
}

/// Something that a person or a run did, kept for the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Which day, if one.
    pub key: Option<BroadcastKey>,
    /// Kebab-case: `send-begun`, `send-ended`, `correction-begun`, `correction-held`, `resolved-accepted`, `held`, `moved`, `suppressed`,
    /// `forgotten`, `purged`, …
    pub kind: String,
    /// In words, without addresses.
    pub detail: String,
}
