//! What a run is asked to send.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::ledger::{Claim, EditionId};
use crate::model::{AddressKey, Message, RunId};
use crate::send::pace::Pace;
use crate::send::progress::Listener;
use crate::transport::Connector;

/// One edition, or a part of it.
pub struct Order {
    /// Which.
    pub edition: EditionId,
    /// The run's own name.
    pub run: RunId,
    /// Digest of the content, hex.
    pub digest: String,
    /// Only these recipients, where a person named some.
    pub only: Option<Vec<AddressKey>>,
    /// After this nobody wants it any more: what is still deferred expires.
    pub window_ends: DateTime<Utc>,
    /// Connections side by side.
    pub connections: usize,
    /// Messages that each connection may mark as `sending` ahead of their turn; 1 is the one whose content goes out.
    pub doubt_window: usize,
    /// How fast.
    pub pace: Pace,
    /// Most messages that this run may hand over (the daily limit), if there is one.
    pub at_most: Option<usize>,
    /// Makes each recipient's copy.
    pub copies: Arc<dyn Copies>,
}

/// Makes the messages.
pub trait Copies: Send + Sync {
    /// The name of a recipient's message: Message-ID without angle brackets.
    fn message_id(&self, who: &AddressKey) -> String;

    /// The message for a claim. `buffer` is one that was used before, or an empty one: its octets may be written there.
    fn copy(&self, claim: &Claim, buffer: Vec<u8>) -> Copy;
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copy {
    /// Here it is.
    Message(Message),
    /// The recipient must not get it any more; why, in words.
    Gone(String),
    /// It cannot be made; why, in words.
    Faulty(String),
}

/// What sending needs from outside.
#[derive(Clone)]
pub struct Sending {
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Opens connections.
    pub connector: Arc<Connector>,
    /// Told of progress.
    pub listener: Arc<dyn Listener>,
    /// Becomes true when the run shall end gracefully.
    pub stop: tokio::sync::watch::Receiver<bool>,
}
