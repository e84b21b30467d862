//! The states of a delivery: one broadcast, one edition, one recipient.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::model::address::AddressKey;
use crate::model::reply::Reply;

/// The ledger's name for one day of a week: the week's name and the date.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BroadcastKey {
    /// `Week::name`.
    pub week: String,
    /// ISO date: a wall date, so that no clock can send it again.
    pub date: String,
}

/// 1 for the first sending; a deliberate repetition for all is the next.
pub type Edition = u32;

/// One mailing of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mailing {
    /// An edition of its broadcast.
    Edition(Edition),
    /// A correction of it, by its number from 1.
    Correction(u32),
}

/// `1`, `correction 1`: no two of a day are alike.
impl fmt::Display for Mailing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edition(edition) => write!(f, "{edition}"),
            Self::Correction(number) => write!(f, "correction {number}"),
        }
    }
}

/// One run of a sending command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId(pub String);

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Waiting for its turn.
    Pending,
    /// Taken by a run; nothing of it can have reached the end of data.
    Claimed,
    /// Durable before the terminating dot: from here on the server may have it.
    Sending,
    /// The server took responsibility: exactly 250 at end of data.
    Accepted,
    /// Refused for now; `next_at` says when it is tried again.
    Deferred,
    /// Refused for good.
    Refused,
    /// The end of data may have been reached and no reply is known; a person decides.
    InDoubt,
    /// Must not be mailed.
    Suppressed,
    /// No longer on the lists when its turn came.
    Skipped,
    /// Deferred until the broadcast's window closed.
    Expired,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::Claimed,
        Self::Sending,
        Self::Accepted,
        Self::Deferred,
        Self::Refused,
        Self::InDoubt,
        Self::Suppressed,
        Self::Skipped,
        Self::Expired,
    ];

    /// The word in the ledger and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Claimed => "claimed",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
            Self::InDoubt => "in_doubt",
            Self::Suppressed => "suppressed",
            Self::Skipped => "skipped",
            Self::Expired => "expired",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The ledger's number for it; what logs show instead of the address.
    pub id: i64,
    /// Who, for comparison.
    pub key: AddressKey,
    /// Who, as sent.
    pub address: String,
    /// Where it stands.
    pub state: State,
    /// How often an attempt was charged to it.
    pub attempts: u32,
    /// Message-ID without angle brackets, the same on every attempt; set at the first claim.
    pub message_id: Option<String>,
    /// `Date` of the message, fixed at the first claim.
    pub date: Option<DateTime<Utc>>,
    /// The ledger's number for the content that Message-ID and `Date` were made for.
    pub content: Option<i64>,
    /// The Message-ID of the copy that this one corrects.
    pub in_reply_to: Option<String>,
    /// The last reply, or the cause of the doubt in words.
    pub reply: Option<Reply>,
    /// Why it is in doubt, deferred without a reply, suppressed or skipped.
    pub note: Option<String>,
    /// When a deferred one is tried again.
    pub next_at: Option<DateTime<Utc>>,
    /// Last change.
    pub changed_at: DateTime<Utc>,
    /// When a bounce came after acceptance.
    pub bounced_at: Option<DateTime<Utc>>,
}

impl Delivery {
    /// Whether it was written to the folder that takes the place of a mail server, and sent to nobody.
    #[must_use]
    pub fn is_only_in_folder(&self) -> bool {
        self.state == State::Accepted && self.reply.as_ref().is_some_and(Reply::is_of_folder)
    }
}

/// How many deliveries stand where; the sum of all but `bounced` and `forgotten` is the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Counts {
    /// Pending, claimed or sending.
    pub due: usize,
    /// Accepted.
    pub accepted: usize,
    /// Deferred.
    pub deferred: usize,
    /// Refused.
    pub refused: usize,
    /// In doubt.
    pub in_doubt: usize,
    /// Suppressed.
    pub suppressed: usize,
    /// Suppressed because they were forgotten; counted in `suppressed` as well. Not known of what was purged. Only for
    /// words: scripts add the counts up.
    #[serde(skip)]
    pub forgotten: usize,
    /// Skipped.
    pub skipped: usize,
    /// Accepted and bounced later; counted in `accepted` as well.
    pub bounced: usize,
    /// Expired.
    pub expired: usize,
}

impl Counts {
    /// Adds `number` deliveries in a state.
    pub fn add(&mut self, state: State, number: usize) {
        let field = match state {
            State::Pending | State::Claimed | State::Sending => &mut self.due,
            State::Accepted => &mut self.accepted,
            State::Deferred => &mut self.deferred,
            State::Refused => &mut self.refused,
            State::InDoubt => &mut self.in_doubt,
            State::Suppressed => &mut self.suppressed,
            State::Skipped => &mut self.skipped,
            State::Expired => &mut self.expired,
        };
        *field += number;
    }

    /// The whole list.
    #[must_use]
    pub fn total(&self) -> usize {
        self.due
            + self.accepted
            + self.deferred
            + self.refused
            + self.in_doubt
            + self.suppressed
            + self.skipped
            + self.expired
    }
}
