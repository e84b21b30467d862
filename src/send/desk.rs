//! The ledger's desk: writes one transaction after the other, and tells those who wait for it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::ledger::{Arriving, ClaimOrder, EditionId, Ledger, LedgerError, Mark};
use crate::model::{AddressKey, RunId};
use crate::send::feed::Feed;
use crate::send::intake::{Intake, Requests};
use crate::send::order::{Copies, Order};

/// What the ledger is written with, and how the last transaction went.
pub(crate) struct Desk {
    ledger: Box<dyn Ledger>,
    clock: Arc<dyn Clock>,
    edition: EditionId,
    run: RunId,
    digest: String,
    only: Option<Vec<AddressKey>>,
    copies: Arc<dyn Copies>,
    feed: Arc<Feed>,
    /// The first failure; nothing is written after it.
    failed: Option<LedgerError>,
    /// When the last transaction ended.
    ended: DateTime<Utc>,
    /// Empty, and large enough.
    requests: Requests,
}

/// Whether a commit took so much longer than it took its marks to come that the disk is what all wait for.
fn is_slow(gathering: TimeDelta, commit: TimeDelta) -> bool {
    commit > gathering * 4
}

/// One transaction's requests, while it is open.
struct Open<'a> {
    intake: &'a Intake,
    clock: &'a dyn Clock,
    /// When the last mark had come.
    complete: Option<DateTime<Utc>>,
    requests: Requests,
    /// What claims ask for, but for their number.
    order: ClaimOrder<'a>,
}

impl Arriving for Open<'_> {
    fn more(&mut self, marks: &mut Vec<Mark>) -> bool {
        let has_come = self.intake.more(&mut self.requests);
        marks.append(&mut self.requests.marks);
        has_come
    }

    fn claim(&mut self) -> Option<ClaimOrder<'_>> {
        self.complete = Some(self.clock.now());
        self.requests.claim.map(|limit| ClaimOrder { limit, ..self.order })
    }
}

impl Desk {
    /// One that has written nothing yet.
    pub(crate) fn new(ledger: Box<dyn Ledger>, order: &Order, clock: Arc<dyn Clock>, feed: Arc<Feed>) -> Self {
        Self {
            ledger,
            edition: order.edition,
            run: order.run.clone(),
            digest: order.digest.clone(),
            only: order.only.clone(),
            copies: Arc::clone(&order.copies),
            feed,
            failed: None,
            ended: clock.now(),
            clock,
            requests: Requests::default(),
        }
    }

    /// The ledger, and what failed.
    pub(crate) fn close(self) -> (Box<dyn Ledger>, Option<LedgerError>) {
        (self.ledger, self.failed)
    }

    /// Writes what has come and tells who waits for it. Whether that took so much longer than it took those who wait to
    /// come that the disk is what all wait for.
    pub(crate) fn commit(&mut self, intake: &Intake) -> bool {
        let requests = std::mem::take(&mut self.requests);
        let now = self.clock.now();
        let copies = Arc::clone(&self.copies);
        let order = ClaimOrder {
            run: &self.run,
            limit: 0,
            only: self.only.as_deref(),
            digest: &self.digest,
            message_id: &|who| copies.message_id(who),
        };
        let mut open = Open { intake, clock: &*self.clock, complete: None, requests, order };
        let mut claimed = None;
        if self.failed.is_none() {
            match self.ledger.apply_as_they_come(self.edition, &mut open, now) {
                Ok(claims) => claimed = claims,
                // After the first failure nothing more is written: the disk is suspect.
                Err(error) => self.failed = Some(error),
            }
        }
        let ended = self.clock.now();
        let slow_disk = open.complete.is_some_and(|complete| is_slow(complete - self.ended, ended - complete));
        self.ended = ended;
        let mut requests = open.requests;
        // What has come since a failure is answered too.
        while self.failed.is_some() && intake.more(&mut requests) {}
        requests.marks.clear();
        for answer in requests.waiting.drain(..) {
            // A worker that went away does not want its answer.
            let _ = answer.send(self.failed.is_none());
        }
        if requests.claim.take().is_some() {
            self.feed.fill(claimed.unwrap_or_default());
        }
        self.requests = requests;
        slow_disk
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::is_slow;

    #[test]
    fn a_disk_is_slow_beside_the_server_only() {
        let micros = TimeDelta::microseconds;
        // Measured: an ordinary disk with half of the connections and with all; 5 ms a sync; a server far away.
        for (gathering, commit, slow) in
            [(190, 210, false), (600, 250, false), (600, 5_500, true), (20_000, 5_500, false)]
        {
            assert_eq!(is_slow(micros(gathering), micros(commit)), slow, "{gathering} {commit}");
        }
    }
}
