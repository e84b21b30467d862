//! The one writer of the ledger during a run: it takes marks from all connections and commits them together.
//!
//! A group commit costs one fsync however many connections wait for it. A mark that somebody waits for is answered only
//! when it is on disk; one that nobody waits for rides on the next commit, which is never far. Claims are taken in the
//! same transaction as the marks. Only one transaction is written at a time, by the thread or by a connection that has
//! come for it ([`By`]).

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::ledger::{Ledger, LedgerError, Mark};
use crate::send::desk::Desk;
use crate::send::feed::{Feed, Source};
use crate::send::intake::{By, HOLD, Intake};
use crate::send::lock::lock;
use crate::send::order::Order;

/// The handle that workers share. The queue is as long as what the workers have under way, which they bound themselves:
/// nobody marks a message ahead before room for it was made by settling another.
#[derive(Clone)]
pub(crate) struct Recorder(Arc<Asking>);

/// The thread ends when the last handle goes.
struct Asking {
    intake: Arc<Intake>,
    desk: Arc<Mutex<Option<Desk>>>,
    feed: Arc<Feed>,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.intake.close();
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
    ) -> (Self, JoinHandle<Option<Finished>>) {
        let by = if order.doubt_window > 1 { By::Writer } else { By::LastToCome };
        let intake = Arc::new(Intake::new(order.connections, by, HOLD));
        let desk = Arc::new(Mutex::new(Some(Desk::new(ledger, order, clock, Arc::clone(&feed)))));
        let asking = Asking { intake: Arc::clone(&intake), desk: Arc::clone(&desk), feed: Arc::clone(&feed) };
        let serve = move || {
            let _closing = Closing { feed: &feed, intake: &intake };
            let mut slow_disk = false;
            while intake.next(slow_disk) {
                slow_disk = commit(&desk, &intake);
            }
            lock(&desk).take().map(Desk::close)
        };
        (Self(Arc::new(asking)), std::thread::spawn(serve))
    }

    /// Marks deliveries as `sending`; the answer comes when that is on disk, `false` when the ledger failed.
    pub(crate) fn ahead(&self, ids: &[i64]) -> oneshot::Receiver<bool> {
        let Asking { intake, desk, feed } = &*self.0;
        let (answer, mut is_given) = intake.ahead(ids);
        while is_given {
            let closing = Closing { feed, intake };
            let slow_disk = commit(desk, intake);
            std::mem::forget(closing);
            is_given = intake.written(slow_disk);
        }
        answer
    }

    /// Writes a mark with the next commit; `false` when the thread has ended.
    pub(crate) fn soon(&self, mark: Mark) -> bool {
        self.0.intake.mark(mark)
    }
}

impl Source for Recorder {
    fn claim(&self, limit: usize) -> bool {
        self.0.intake.claim(limit)
    }
}

fn commit(desk: &Mutex<Option<Desk>>, intake: &Intake) -> bool {
    lock(desk).as_mut().is_some_and(|desk| desk.commit(intake))
}

/// However writing ends, nobody waits for it.
struct Closing<'a> {
    feed: &'a Feed,
    intake: &'a Intake,
}

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.feed.close();
        self.intake.end();
    }
}
