//! The one writer of the ledger during a run: a thread that takes marks from all connections and commits them together.
//!
//! A group commit costs one fsync however many connections wait for it; with 10 connections it cannot be measured beside
//! the sending (performance research, section 6). A mark that waits is answered only when it is on disk.

use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use crate::clock::Clock;
use crate::ledger::{Claim, ClaimOrder, EditionId, Ledger, LedgerError, Mark};
use crate::model::{AddressKey, RunId};
use crate::send::order::{Copies, Order};

/// Marks that may wait before workers are held back.
const QUEUE: usize = 1024;

/// Marks in one transaction at most.
const GROUP: usize = 256;

enum Request {
    Mark(Mark, Option<oneshot::Sender<bool>>),
    Claim(usize, oneshot::Sender<Vec<Claim>>),
}

/// The handle that workers share.
#[derive(Clone)]
pub(crate) struct Recorder(mpsc::Sender<Request>);

/// The thread's end: the ledger, and what failed.
pub(crate) type Finished = (Box<dyn Ledger>, Option<LedgerError>);

impl Recorder {
    /// Starts the thread.
    pub(crate) fn start(ledger: Box<dyn Ledger>, order: &Order, clock: Arc<dyn Clock>) -> (Self, JoinHandle<Finished>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let desk = Desk {
            ledger,
            clock,
            edition: order.edition,
            run: order.run.clone(),
            digest: order.digest.clone(),
            only: order.only.clone(),
            copies: Arc::clone(&order.copies),
            failed: None,
        };
        (Self(sender), std::thread::spawn(move || desk.serve(receiver)))
    }

    /// Writes a mark and waits until it is on disk; `false` when the ledger failed.
    pub(crate) async fn durable(&self, mark: Mark) -> bool {
        let (sender, receiver) = oneshot::channel();
        self.0.send(Request::Mark(mark, Some(sender))).await.is_ok() && receiver.await.unwrap_or(false)
    }

    /// Writes a mark with the next commit; `false` when the ledger has failed.
    pub(crate) async fn soon(&self, mark: Mark) -> bool {
        self.0.send(Request::Mark(mark, None)).await.is_ok()
    }

    /// Takes up to `limit` deliveries; none when there are none, or when the ledger failed.
    pub(crate) async fn claim(&self, limit: usize) -> Vec<Claim> {
        let (sender, receiver) = oneshot::channel();
        if self.0.send(Request::Claim(limit, sender)).await.is_err() {
            return Vec::new();
        }
        receiver.await.unwrap_or_default()
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
    failed: Option<LedgerError>,
}

impl Desk {
    fn serve(mut self, mut requests: mpsc::Receiver<Request>) -> Finished {
        while let Some(first) = requests.blocking_recv() {
            let mut next = Some(first);
            let mut marks = Vec::new();
            let mut waiting = Vec::new();
            let mut claims = Vec::new();
            while let Some(request) = next {
                match request {
                    Request::Mark(mark, answer) => {
                        marks.push(mark);
                        waiting.extend(answer);
                    }
                    Request::Claim(limit, answer) => claims.push((limit, answer)),
                }
                next = if marks.len() < GROUP { requests.try_recv().ok() } else { None };
            }
            let now = self.clock.now();
            let written = self.write(&marks, now);
            for answer in waiting {
                // A worker that went away does not want its answer.
                let _ = answer.send(written);
            }
            for (limit, answer) in claims {
                let _ = answer.send(self.take(limit, now));
            }
        }
        (self.ledger, self.failed)
    }

    /// After the first failure nothing more is written: the disk is suspect.
    fn write(&mut self, marks: &[Mark], now: DateTime<Utc>) -> bool {
        if self.failed.is_none() && !marks.is_empty() {
            self.failed = self.ledger.apply(marks, now).err();
        }
        self.failed.is_none()
    }

    fn take(&mut self, limit: usize, now: DateTime<Utc>) -> Vec<Claim> {
        if self.failed.is_some() {
            return Vec::new();
        }
        let copies = Arc::clone(&self.copies);
        let order = ClaimOrder {
            run: &self.run,
            limit,
            only: self.only.as_deref(),
            digest: &self.digest,
            message_id: &|who| copies.message_id(who),
        };
        match self.ledger.claim(self.edition, &order, now) {
            Ok(claims) => claims,
            Err(error) => {
                self.failed = Some(error);
                Vec::new()
            }
        }
    }
}
