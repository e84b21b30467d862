//! What one connection will send: its claims in their order, each made into a message just before its turn.

use std::collections::VecDeque;

use crate::ledger::{Claim, Mark};
use crate::model::Message;
use crate::send::ahead::Ahead;
use crate::send::order::Copy;
use crate::send::progress::Event;
use crate::send::shared::Shared;
use crate::send::verdict::StopKind;

/// A delivery with its message.
pub(crate) struct Ready {
    pub(crate) claim: Claim,
    pub(crate) message: Message,
}

/// The claims of one connection.
pub(crate) struct Line<'a> {
    shared: &'a Shared,
    pub(crate) ahead: Ahead,
    waiting: VecDeque<Claim>,
    /// Used for one message after the other: one goes out while the next is made.
    buffers: Vec<Vec<u8>>,
}

impl<'a> Line<'a> {
    /// An empty one.
    pub(crate) fn new(shared: &'a Shared) -> Self {
        let ahead = Ahead::new(shared.recorder.clone(), shared.order.doubt_window);
        Self { shared, ahead, waiting: VecDeque::new(), buffers: Vec::new() }
    }

    /// The next delivery, waiting for the ledger if need be; none when there is none, or the run stops.
    pub(crate) async fn next(&mut self) -> Option<Ready> {
        loop {
            let claim = match self.at_hand() {
                Some(claim) => claim,
                None => self.take(self.shared.feed.next(&self.shared.recorder).await?),
            };
            if self.shared.stopped().is_some() {
                self.put_back(&claim);
                return None;
            }
            if let Some(ready) = self.made(claim) {
                return Some(ready);
            }
        }
    }

    /// The next delivery, if there is one without waiting.
    pub(crate) fn next_at_hand(&mut self) -> Option<Ready> {
        loop {
            let claim = self.at_hand()?;
            if let Some(ready) = self.made(claim) {
                return Some(ready);
            }
            if self.shared.stopped().is_some() {
                return None;
            }
        }
    }

    /// Puts a delivery back that was not begun.
    pub(crate) fn put_back(&self, claim: &Claim) {
        self.shared.record(Mark::Released(claim.id, None));
        self.ahead.remove(claim.id);
    }

    /// Puts everything back that is left.
    pub(crate) fn put_all_back(&mut self) {
        while let Some(claim) = self.waiting.pop_front() {
            self.put_back(&claim);
        }
    }

    /// A message is over; its buffer serves again.
    pub(crate) fn reuse(&mut self, message: Message) {
        self.buffers.push(message.bytes);
    }

    fn take(&self, claim: Claim) -> Claim {
        self.ahead.push(claim.id);
        claim
    }

    /// As many as may be marked ahead are kept at hand.
    fn at_hand(&mut self) -> Option<Claim> {
        while self.waiting.len() < self.shared.order.doubt_window {
            let Some(claim) = self.shared.feed.at_hand(&self.shared.recorder) else { break };
            let claim = self.take(claim);
            self.waiting.push_back(claim);
        }
        self.waiting.pop_front()
    }

    /// The message of a claim; whoever is to get none any more is written down.
    fn made(&mut self, claim: Claim) -> Option<Ready> {
        let buffer = self.buffers.pop().unwrap_or_default();
        match self.shared.order.copies.copy(&claim, buffer) {
            Copy::Message(message) => return Some(Ready { claim, message }),
            Copy::Gone(note) => {
                self.shared.tell(&Event::Skipped(claim.id));
                if self.ahead.remove(claim.id) {
                    // Marked ahead, but nothing of it was sent.
                    self.shared.record(Mark::Released(claim.id, None));
                }
                self.shared.record(Mark::Skipped(claim.id, note));
            }
            Copy::Faulty(why) => {
                self.put_back(&claim);
                self.shared.stop(StopKind::Message, why);
            }
        }
        None
    }
}
