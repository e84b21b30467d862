//! Mail that came back, as the ledger keeps it.

use chrono::{DateTime, Utc};

use crate::model::{Act, Delivery, EditionRecord, Suppression};

/// A copy of ours that a Message-ID names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentCopy {
    /// The row.
    pub delivery: Delivery,
    /// Its edition; the counts are left at nought.
    pub edition: EditionRecord,
    /// The digest that the Message-ID was made for, hex.
    pub digest: String,
}

/// What one mail changes, written in one transaction: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedMail {
    /// SHA-256 of the mail, hex: it is read once.
    pub hash: String,
    /// Its kind's word.
    pub kind: String,
    /// What it says of deliveries.
    pub returns: Vec<Returned>,
    /// Opt-outs that it asks for or leads to.
    pub suppressions: Vec<Suppression>,
    /// What stands in the record of acts about it.
    pub acts: Vec<Act>,
}

/// What a report says of one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The row.
    pub delivery: i64,
    /// What becomes of it.
    pub effect: ReturnEffect,
    /// The action's word (RFC 3464).
    pub action: String,
    /// The status, such as `5.1.1`.
    pub status: Option<String>,
    /// The reason in words.
    pub words: String,
    /// When the report came.
    pub came_at: DateTime<Utc>,
}

/// What a report does to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnEffect {
    /// Accepted or in doubt → accepted, sent back. The first report of a bounce counts.
    SentBack,
    /// In doubt → accepted.
    Arrived,
    /// The delivery stays as it is; the report is remembered.
    Nothing,
}

/// A report about an address, for the rules of suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierReturn {
    /// The week that the message belonged to.
    pub week: String,
    /// The action's word.
    pub action: String,
    /// The status, such as `5.1.1`.
    pub status: Option<String>,
}
