//! The one writer of the ledger during a run: a thread that takes marks from all connections and commits them together.
//!
//! A group commit costs one fsync however many connections wait for it. A mark that somebody waits for is answered only
//! when it is on disk; one that nobody waits for rides on the next commit, which is never far. Claims are taken in the
//! same transaction as the marks.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::ledger::{Claim, ClaimOrder, EditionId, Ledger, LedgerError, Mark};
use crate::model::{AddressKey, RunId};
use crate::send::feed::{Feed, Source};
use crate::send::order::{Copies, Order};

/// Marks in one transaction at most.
const GROUP: usize = 1024;

/// How long a mark that nobody waits for may wait for company; a crash meanwhile only makes one more doubt.
const COMPANY: Duration = Duration::from_millis(20);

enum Request {
    Mark(Mark, Option<oneshot::Sender<bool>>),
    Ahead(Vec<i64>, oneshot::Sender<bool>),
    Claim(usize),
}

/// The handle that workers share. The queue is as long as what the workers have under way, which they bound themselves:
/// nobody marks a message ahead before room for it was made by settling another.
#[derive(Clone)]
pub(crate) struct Recorder(mpsc::Sender<Request>);

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
        let (sender, receiver) = mpsc::channel();
        let desk = Desk {
            ledger,
            clock,
            edition: order.edition,
            run: order.run.clone(),
            digest: order.digest.clone(),
            only: order.only.clone(),
            copies: Arc::clone(&order.copies),
            feed: Arc::clone(&feed),
            failed: None,
        };
        let closing = Closing(feed);
        let serve = move || {
            let _closing = closing;
            desk.serve(&receiver)
        };
        (Self(sender), std::thread::spawn(serve))
    }

    /// Marks deliveries as `sending`; the answer comes when that is on disk, `false` when the ledger failed.
    pub(crate) fn ahead(&self, ids: Vec<i64>) -> oneshot::Receiver<bool> {
        let (sender, receiver) = oneshot::channel();
        // Without the thread nobody answers, which the receiver reports.
        let _ = match ids.as_slice() {
            [id] => self.0.send(Request::Mark(Mark::Sending(*id), Some(sender))),
            _ => self.0.send(Request::Ahead(ids, sender)),
        };
        receiver
    }

    /// Writes a mark with the next commit; `false` when the thread has ended.
    pub(crate) fn soon(&self, mark: Mark) -> bool {
        self.0.send(Request::Mark(mark, None)).is_ok()
    }
}

impl Source for Recorder {
    fn claim(&self, limit: usize) -> bool {
        self.0.send(Request::Claim(limit)).is_ok()
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
}

/// However the thread ends, nobody waits for more claims.
struct Closing(Arc<Feed>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What goes into one transaction.
#[derive(Default)]
struct Group {
    marks: Vec<Mark>,
    waiting: Vec<oneshot::Sender<bool>>,
    claim: Option<usize>,
}

impl Group {
    fn add(&mut self, request: Request) {
        match request {
            Request::Mark(mark, answer) => {
                self.marks.push(mark);
                self.waiting.extend(answer);
            }
            Request::Ahead(ids, answer) => {
                self.marks.extend(ids.into_iter().map(Mark::Sending));
                self.waiting.push(answer);
            }
            Request::Claim(limit) => self.claim = Some(limit),
        }
    }

    /// Whether somebody waits for it, or it is full.
    fn is_due(&self) -> bool {
        !self.waiting.is_empty() || self.claim.is_some() || self.marks.len() >= GROUP
    }
}

impl Desk {
    fn serve(mut self, requests: &mpsc::Receiver<Request>) -> Finished {
        let mut group = Group::default();
        while let Ok(first) = requests.recv() {
            group.add(first);
            gather(&mut group, requests);
            self.commit(&mut group);
        }
        (self.ledger, self.failed)
    }

    fn commit(&mut self, group: &mut Group) {
        let claimed = if self.failed.is_some() { Vec::new() } else { self.write(&group.marks, group.claim) };
        let written = self.failed.is_none();
        for answer in group.waiting.drain(..) {
            // A worker that went away does not want its answer.
            let _ = answer.send(written);
        }
        if group.claim.take().is_some() {
            self.feed.fill(claimed);
        }
        group.marks.clear();
    }

    /// After the first failure nothing more is written: the disk is suspect.
    fn write(&mut self, marks: &[Mark], claim: Option<usize>) -> Vec<Claim> {
        let now = self.clock.now();
        let done = match claim {
            None => self.ledger.apply(marks, now).map(|()| Vec::new()),
            Some(limit) => {
                let copies = Arc::clone(&self.copies);
                let order = ClaimOrder {
                    run: &self.run,
                    limit,
                    only: self.only.as_deref(),
                    digest: &self.digest,
                    message_id: &|who| copies.message_id(who),
                };
                self.ledger.apply_and_claim(marks, self.edition, &order, now)
            }
        };
        done.unwrap_or_else(|error| {
            self.failed = Some(error);
            Vec::new()
        })
    }
}

/// Adds what is there, and waits a little for more where nobody waits for an answer. To hold up those who wait, so that
/// more of them share an fsync, was measured to cost more than it saves.
fn gather(group: &mut Group, requests: &mpsc::Receiver<Request>) {
    while group.marks.len() < GROUP && group.claim.is_none() {
        let next = match requests.try_recv() {
            Ok(request) => request,
            Err(_) if group.is_due() => return,
            Err(_) => match requests.recv_timeout(COMPANY) {
                Ok(request) => request,
                Err(_) => return,
            },
        };
        group.add(next);
    }
}
