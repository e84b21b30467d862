//! The record of acts as a chain: each act carries a hash over itself and over the hash of the one before. Whoever changes
//! an act, takes one out or puts one in changes every hash behind it, and the last one stands in every report.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::model::history::Act;

/// An act with its place in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedAct {
    /// Counts from 1, over all weeks of a ledger.
    pub number: u64,
    /// What was done.
    pub act: Act,
    /// Lower-case hex of a SHA-256, see [`link`](RecordedAct::link).
    pub hash: String,
}

/// Where the record ends: its last act, which stands for all before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainHead {
    /// The number of the last act; 0 before the first.
    pub number: u64,
    /// Its hash.
    pub hash: String,
}

/// Every act of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActChain {
    /// Names the ledger: no record can be passed off as that of another.
    pub ledger: String,
    /// The acts by number.
    pub acts: Vec<RecordedAct>,
    /// Where the record ends, as it was noted with the last act.
    pub head: ChainHead,
}

/// The first thing that is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// The act of this number is not the one that was recorded here: it was changed, or put in.
    Changed(u64),
    /// The act of this number is missing.
    Missing(u64),
    /// The act of this number was put in behind the end.
    Added(u64),
    /// Every act fits the one before, and yet the end is not the one that was noted: the record was written anew.
    Rewritten,
}

impl RecordedAct {
    /// SHA-256 over the hash before, the number, the time in milliseconds since 1970, week and day if there are any, kind
    /// and detail. Each field is framed by its name and its length in octets, so that no two acts agree.
    #[must_use]
    pub fn link(before: &ChainHead, number: u64, act: &Act) -> ChainHead {
        let mut hash = Sha256::new();
        let mut field = |name: &str, value: &str| hash.update(format!("{name}:{}:{value}\n", value.len()));
        field("before", &before.hash);
        field("number", &number.to_string());
        field("at", &act.at.timestamp_millis().to_string());
        if let Some(key) = &act.key {
            field("week", &key.week);
            field("date", &key.date);
        }
        field("kind", &act.kind);
        field("detail", &act.detail);
        ChainHead { number, hash: HEXLOWER.encode(&hash.finalize()) }
    }
}

impl ChainHead {
    /// What the first act of a ledger is linked to.
    #[must_use]
    pub fn start(ledger: &str) -> Self {
        let hash = Sha256::digest(format!("weekcast record of acts, format 1, ledger {ledger}\n"));
        Self { number: 0, hash: HEXLOWER.encode(&hash) }
    }

    /// The first twelve characters of the hash, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }
}

impl ActChain {
    /// Recomputes every hash; the first fault, if there is one.
    #[must_use]
    pub fn fault(&self) -> Option<ChainFault> {
        let mut head = ChainHead::start(&self.ledger);
        for recorded in &self.acts {
            if recorded.number > self.head.number {
                break;
            }
            if recorded.number > head.number + 1 {
                return Some(ChainFault::Missing(head.number + 1));
            }
            let next = RecordedAct::link(&head, head.number + 1, &recorded.act);
            if recorded.number != next.number || recorded.hash != next.hash {
                return Some(ChainFault::Changed(recorded.number));
            }
            head = next;
        }
        if head.number < self.head.number {
            return Some(ChainFault::Missing(head.number + 1));
        }
        if head.hash != self.head.hash {
            return Some(ChainFault::Rewritten);
        }
        self.acts.iter().find(|act| act.number > head.number).map(|act| ChainFault::Added(act.number))
    }

    /// Whether an earlier end stands in this record as it was; an end of the same ledger that was never here does not.
    #[must_use]
    pub fn holds(&self, earlier: &ChainHead) -> bool {
        match earlier.number {
            0 => *earlier == ChainHead::start(&self.ledger),
            number => self.acts.iter().any(|act| act.number == number && act.hash == earlier.hash),
        }
    }
}

#[cfg(test)]
mod tests;
