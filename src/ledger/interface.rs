//! What a ledger answers for. Every method that changes something is one transaction, durable when it returns.

use chrono::{DateTime, Utc};

use crate::model::{
    Act, AddressKey, BroadcastKey, Delivery, DigestPart, Edition, EditionRecord, Reply, RunId, State, Suppression,
};

/// The ledger's number for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EditionId(pub i64);

/// An edition to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdition {
    /// The day.
    pub key: BroadcastKey,
    /// 1, or one more than the last.
    pub edition: Edition,
    /// The theme.
    pub theme: String,
    /// The subject before merging.
    pub subject: String,
    /// Digest, hex.
    pub digest: String,
    /// What the digest was made of.
    pub parts: Vec<DigestPart>,
    /// When it was due.
    pub due_at: DateTime<Utc>,
}

/// Somebody who belongs to an edition's audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Who, for comparison.
    pub key: AddressKey,
    /// Who, as sent.
    pub address: String,
    /// `Pending`, or `Suppressed`.
    pub state: State,
    /// Why suppressed.
    pub note: Option<String>,
}

/// A delivery that a run has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub id: i64,
    /// Who.
    pub key: AddressKey,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// `Date` of the message: fixed at the first claim with this content.
    pub date: DateTime<Utc>,
    /// Attempts charged so far.
    pub attempts: u32,
}

/// One change of state; many are written in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// claimed → sending: before the dot.
    Sending(i64),
    /// → accepted.
    Accepted(i64, Reply),
    /// → refused; counts as an attempt.
    Refused(i64, Option<Reply>, Option<String>),
    /// → deferred until an instant; counts as an attempt.
    Deferred(i64, Option<Reply>, Option<String>, DateTime<Utc>),
    /// → in doubt, with the reason in words.
    InDoubt(i64, String),
    /// → pending, no attempt charged, with the last reply of the endpoint if there was one.
    Released(i64, Option<Reply>),
    /// → skipped, with the reason in words.
    Skipped(i64, String),
    /// → expired.
    Expired(i64, Option<Reply>),
}

/// What recovery found of runs that died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Claimed, now pending again: safe.
    pub released: usize,
    /// Sending, now in doubt.
    pub in_doubt: usize,
}

/// Whom a person puts back into the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requeue {
    /// Refused, deferred, expired.
    NotAccepted,
    /// In doubt: the person takes the risk of a second copy.
    InDoubt,
    /// These, whatever their state.
    Only(Vec<AddressKey>),
}

/// Why the ledger cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or created.
    #[error("the ledger \"{path}\" cannot be opened")]
    Open {
        /// The file.
        path: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file was written by a newer program.
    #[error("the ledger \"{path}\" was written by a newer weekcast (format {found}, this one knows {known})")]
    Newer {
        /// The file.
        path: String,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The database or the disk failed.
    #[error("the ledger could not be {action}")]
    Storage {
        /// Such as `written`.
        action: &'static str,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The edition exists already.
    #[error("edition {0} has already begun")]
    Begun(Edition),
    /// Another sender holds the lock.
    #[error("another weekcast is sending from this ledger")]
    Held,
    /// The URL is no ledger that we know.
    #[error("\"{0}\" is no ledger; write sqlite:FILE")]
    Url(String),
}

/// The record of editions, deliveries, opt-outs and acts.
pub trait Ledger: Send {
    /// 32 random octets made with the ledger: the key of Message-IDs.
    fn secret(&self) -> &[u8; 32];

    /// Begins an edition and freezes its audience, in one transaction.
    ///
    /// # Errors
    /// [`LedgerError::Begun`] if it exists; [`LedgerError::Storage`].
    fn begin(
        &mut self,
        edition: &NewEdition,
        audience: &[Enrolment],
        now: DateTime<Utc>,
    ) -> Result<EditionId, LedgerError>;

    /// Adds people to an edition that has begun; those already in it are left alone. Returns how many were added.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn enrol(&mut self, id: EditionId, joined: &[Enrolment], now: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// All editions with their counts, of one week or of all, in the order in which they were begun.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn editions(&self, week: Option<&str>) -> Result<Vec<(EditionId, EditionRecord)>, LedgerError>;

    /// The deliveries of an edition in the order of the list.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn deliveries(&self, id: EditionId) -> Result<Vec<Delivery>, LedgerError>;

    /// One address in every edition.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn history(&self, key: &AddressKey) -> Result<Vec<(EditionRecord, Delivery)>, LedgerError>;

    /// Settles what runs that died left: claimed → pending, sending → in doubt. Call it with the lock held.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn recover(&mut self, now: DateTime<Utc>) -> Result<Recovered, LedgerError>;

    /// Takes up to `limit` deliveries that are pending, or deferred and due, in the order of the list. A row that has
    /// no Message-ID yet, or one for other content than `digest`, gets `message_id(key)` and `Date` = `now`.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn claim(&mut self, id: EditionId, order: &ClaimOrder<'_>, now: DateTime<Utc>) -> Result<Vec<Claim>, LedgerError>;

    /// Writes changes of state in one transaction, synced to disk when it returns.
    ///
    /// # Errors
    /// [`LedgerError::Storage`]; then nothing of it was written.
    fn apply(&mut self, marks: &[Mark], now: DateTime<Utc>) -> Result<(), LedgerError>;

    /// Puts deliveries back to pending, because a person said so. Returns how many.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn requeue(&mut self, id: EditionId, whom: &Requeue, now: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// A person settles doubts of an edition as accepted: all, or those named. Returns how many.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn settle_as_accepted(
        &mut self,
        id: EditionId,
        keys: Option<&[AddressKey]>,
        now: DateTime<Utc>,
    ) -> Result<usize, LedgerError>;

    /// How many messages were handed over (accepted or in doubt) since an instant, over all broadcasts.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn handed_over_since(&self, since: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// The opt-outs.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppressions(&self) -> Result<Vec<Suppression>, LedgerError>;

    /// Adds or lifts an opt-out.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppress(&mut self, suppression: &Suppression) -> Result<(), LedgerError>;

    /// Records an act.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn record(&mut self, act: &Act) -> Result<(), LedgerError>;

    /// The acts of a week, oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn acts(&self, week: &str) -> Result<Vec<Act>, LedgerError>;
}

/// What a claim asks for.
pub struct ClaimOrder<'a> {
    /// The run that takes them.
    pub run: &'a RunId,
    /// At most so many.
    pub limit: usize,
    /// Only these, where a person named some.
    pub only: Option<&'a [AddressKey]>,
    /// Digest of the content that they will get, hex.
    pub digest: &'a str,
    /// Names a message.
    pub message_id: &'a (dyn Fn(&AddressKey) -> String + Send + Sync),
}
