//! What goes into a ledger and what a claim brings out of it.

use chrono::{DateTime, Utc};

use crate::model::{AddressKey, BroadcastKey, DigestPart, Edition, Reply, RunId, State};

/// The ledger's number for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EditionId(pub i64);

/// An edition to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdition {
    /// The day.
    pub key: BroadcastKey,
    /// 1, or one more than the last; of a correction, the edition that it corrects.
    pub edition: Edition,
    /// The number of the correction; none for the broadcast itself.
    pub correction: Option<u32>,
    /// The officer's file that a correction was made from, relative to the project folder where it lies there.
    pub source_file: Option<String>,
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
    /// `Pending`, `Suppressed` or `Skipped`.
    pub state: State,
    /// Why suppressed or skipped.
    pub note: Option<String>,
    /// The Message-ID of the copy that theirs corrects, if it is a correction.
    pub in_reply_to: Option<String>,
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

/// A delivery that a run has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub id: i64,
    /// Who.
    pub key: AddressKey,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// `Date` of the message, in whole milliseconds: fixed at the first claim with this content.
    pub date: DateTime<Utc>,
    /// Attempts charged so far.
    pub attempts: u32,
    /// The Message-ID of the copy that this one corrects.
    pub in_reply_to: Option<String>,
}

/// One change of state; many are written in one transaction. `transition.rs` says from where each may come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// claimed → sending: before the dot.
    Sending(i64),
    /// → accepted.
    Accepted(i64, Reply),
    /// → refused; counts as an attempt.
    Refused(i64, Option<Reply>, Option<String>),
    /// → deferred until an instant, at most [`LONGEST_BACK_OFF`](crate::ledger::LONGEST_BACK_OFF) ahead; counts as an
    /// attempt.
    Deferred(i64, Option<Reply>, Option<String>, DateTime<Utc>),
    /// → in doubt, with the reason in words.
    InDoubt(i64, String),
    /// → pending, no attempt charged, with the last reply of the endpoint if there was one.
    Released(i64, Option<Reply>),
    /// → skipped, with the reason in words.
    Skipped(i64, String),
    /// → expired; with a reply, it counts as an attempt.
    Expired(i64, Option<Reply>),
}

impl Mark {
    /// The row.
    #[must_use]
    pub fn delivery(&self) -> i64 {
        match self {
            Self::Sending(id)
            | Self::Accepted(id, _)
            | Self::Refused(id, ..)
            | Self::Deferred(id, ..)
            | Self::InDoubt(id, _)
            | Self::Released(id, _)
            | Self::Skipped(id, _)
            | Self::Expired(id, _) => *id,
        }
    }

    /// The state that it leads to.
    #[must_use]
    pub fn target(&self) -> State {
        match self {
            Self::Sending(_) => State::Sending,
            Self::Accepted(..) => State::Accepted,
            Self::Refused(..) => State::Refused,
            Self::Deferred(..) => State::Deferred,
            Self::InDoubt(..) => State::InDoubt,
            Self::Released(..) => State::Pending,
            Self::Skipped(..) => State::Skipped,
            Self::Expired(..) => State::Expired,
        }
    }
}

/// What recovery found of runs that died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Claimed, now pending again: safe.
    pub released: usize,
    /// Sending, now in doubt.
    pub in_doubt: usize,
}

/// What was erased of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Whether the ledger knew them under their address.
    pub was_known: bool,
    /// Deliveries that now stand under a pseudonym.
    pub deliveries: usize,
    /// Opt-outs that the pseudonym's replaced.
    pub opt_outs: usize,
    /// Other texts that named the address.
    pub texts: usize,
}

/// Whom a person puts back into the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requeue {
    /// Refused, deferred, expired.
    NotAccepted,
    /// In doubt: the person takes the risk of a second copy.
    InDoubt,
    /// These, whatever their state, unless they wait or are under way already.
    Only(Vec<AddressKey>),
}
