//! The one writer of the ledger during a run: a thread that takes marks from all connections and commits them together.
//!
//! A group commit costs one fsync however many connections wait for it. A mark that somebody waits for is answered only
//! when it is on disk; one that nobody waits for rides on the next commit, which is never far. Claims are taken in the
//! same transaction as the marks.

use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::ledger::{Arriving, ClaimOrder, EditionId, Ledger, LedgerError, Mark};
use crate::model::{AddressKey, RunId};
use crate::send::feed::{Feed, Source};
use crate::send::intake::{HOLD, Intake, Requests};
use crate::send::order::{Copies, Order};

/// The handle that workers share. The queue is as long as what the workers have under way, which they bound themselves:
/// nobody marks a message ahead before room for it was made by settling another.
#[derive(Clone)]
pub(crate) struct Recorder(Arc<Asking>);

/// The thread ends when the last handle goes.
struct Asking(Arc<Intake>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The thread's end: the ledger, and what failed.
pub(crate) type Finished = (Box<dyn Ledger>, Option<LedgerError>);

impl Recorder {
    /// Starts the thread; what it claims goes to the feed.
    pub(crate) fn start(
        ledger: Box<dyn Ledger>,
        order: &Order,
        clock: Arc<dyn Clock>,
        feed: Arc<Feed>,
    ) -> (Self, JoinHandle<Finished>) {
        let intake = Arc::new(Intake::new(order.connections, HOLD));
        let desk = Desk {
            ledger,
            clock: Arc::clone(&clock),
            edition: order.edition,
            run: order.run.clone(),
            digest: order.digest.clone(),
            only: order.only.clone(),
            copies: Arc::clone(&order.copies),
            feed: Arc::clone(&feed),
            failed: None,
            ended: clock.now(),
            slow_disk: false,
        };
        let closing = Closing { feed, intake: Arc::clone(&intake) };
        let serve = move || {
            let closing = closing;
            desk.serve(&closing.intake)
        };
        (Self(Arc::new(Asking(intake))), std::thread::spawn(serve))
    }

    /// Marks deliveries as `sending`; the answer comes when that is on disk, `false` when the ledger failed.
    pub(crate) fn ahead(&self, ids: &[i64]) -> oneshot::Receiver<bool> {
        self.0.0.ahead(ids)
    }

    /// Writes a mark with the next commit; `false` when the thread has ended.
    pub(crate) fn soon(&self, mark: Mark) -> bool {
        self.0.0.mark(mark)
    }
}

impl Source for Recorder {
    fn claim(&self, limit: usize) -> bool {
        self.0.0.claim(limit)
    }
}

struct Desk {
    ledger: Box<dyn Ledger>,
    clock: Arc<dyn Clock>,
    edition: EditionId,
    run: RunId,
    digest: String,
    only: Option<Vec<AddressKey>>,
    copies: Arc<dyn Copies>,
    feed: Arc<Feed>,
    failed: Option<LedgerError>,
    /// When the last transaction ended.
    ended: DateTime<Utc>,
    slow_disk: bool,
}

/// Whether a commit took so much longer than it took its marks to come that the disk is what all wait for.
fn is_slow(gathering: TimeDelta, commit: TimeDelta) -> bool {
    commit > gathering * 4
}

/// However the thread ends, nobody waits for it.
struct Closing {
    feed: Arc<Feed>,
    intake: Arc<Intake>,
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.feed.close();
        self.intake.end();
    }
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
    fn serve(mut self, intake: &Intake) -> Finished {
        let mut requests = Requests::default();
        while intake.next(self.slow_disk) {
            requests = self.commit(intake, requests);
        }
        (self.ledger, self.failed)
    }

    /// Writes what has come and tells who waits for it. The requests come back empty, to be filled again.
    fn commit(&mut self, intake: &Intake, requests: Requests) -> Requests {
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
        self.slow_disk = open.complete.is_some_and(|complete| is_slow(complete - self.ended, ended - complete));
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
        requests
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
