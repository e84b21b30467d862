//! What all workers of a run share: the claims not yet begun, the counters, and the first reason to stop.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::ledger::{Claim, Mark};
use crate::model::AddressKey;
use crate::send::breaker::Breaker;
use crate::send::order::{Order, Sending};
use crate::send::progress::Event;
use crate::send::recorder::Recorder;
use crate::send::verdict::{StopKind, Stopped};

/// Deliveries taken from the ledger at a time; they are only claimed, so a crash puts them back.
const BATCH: usize = 64;

/// What all workers of a run share.
pub(crate) struct Shared {
    pub(crate) order: Order,
    pub(crate) sending: Sending,
    pub(crate) recorder: Recorder,
    pub(crate) feed: tokio::sync::Mutex<VecDeque<Claim>>,
    pub(crate) breaker: Mutex<Breaker>,
    pub(crate) breaks: Mutex<HashMap<i64, u32>>,
    pub(crate) stopped: Mutex<Option<Stopped>>,
    answered: AtomicBool,
    proven: watch::Sender<bool>,
    pub(crate) alive: AtomicUsize,
    pub(crate) handed: AtomicUsize,
    pub(crate) requeue: Mutex<Vec<AddressKey>>,
}

impl Shared {
    pub(crate) fn new(order: Order, sending: Sending, recorder: Recorder, workers: usize) -> Self {
        Self {
            order,
            sending,
            recorder,
            feed: tokio::sync::Mutex::default(),
            breaker: Mutex::default(),
            breaks: Mutex::default(),
            stopped: Mutex::default(),
            answered: AtomicBool::new(false),
            proven: watch::Sender::new(false),
            alive: AtomicUsize::new(workers),
            handed: AtomicUsize::new(0),
            requeue: Mutex::default(),
        }
    }

    /// Why the run stopped, if it did before its end.
    pub(crate) fn stopped(&self) -> Option<Stopped> {
        if let Some(stopped) = lock(&self.stopped).clone() {
            return Some(stopped);
        }
        let asked = *self.sending.stop.borrow();
        asked.then(|| Stopped { kind: StopKind::Asked, reason: "it was asked to stop".to_owned() })
    }

    /// The first reason to stop wins.
    pub(crate) fn stop(&self, kind: StopKind, reason: String) {
        lock(&self.stopped).get_or_insert(Stopped { kind, reason });
    }

    pub(crate) async fn next(&self) -> Option<Claim> {
        let mut feed = self.feed.lock().await;
        if feed.is_empty() {
            feed.extend(self.recorder.claim(BATCH).await);
        }
        feed.pop_front()
    }

    /// The server has answered for a recipient, so that the way to it is known to be open.
    pub(crate) fn answer(&self) {
        self.answered.store(true, Ordering::Relaxed);
        self.proven.send_replace(true);
    }

    /// Whether it has.
    pub(crate) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    /// Lets the other connections go, whatever became of the first.
    pub(crate) fn let_others_go(&self) {
        self.proven.send_replace(true);
    }

    /// Waits until the first connection has shown the way: a wrong password must not be tried by all of them at once,
    /// which would lock the account.
    pub(crate) async fn after_the_first(&self) {
        let mut proven = self.proven.subscribe();
        // The sender lives as long as this does, so the wait cannot fail.
        let _ = proven.wait_for(|proven| *proven).await;
    }

    /// Puts back what was taken and not begun.
    pub(crate) async fn put_back(&self) {
        for claim in self.feed.lock().await.drain(..) {
            self.recorder.soon(Mark::Released(claim.id, None)).await;
        }
    }

    pub(crate) async fn record(&self, mark: Mark) {
        if !self.recorder.soon(mark).await {
            self.stop(StopKind::Ledger, "the ledger could not be written".to_owned());
        }
    }

    pub(crate) fn tell(&self, event: &Event) {
        self.sending.listener.event(event);
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends when the run is asked to stop; never, when nobody can ask any more.
pub(crate) async fn asked_to_stop(stop: &mut tokio::sync::watch::Receiver<bool>) {
    let asked = stop.wait_for(|stop| *stop).await.is_ok();
    if !asked {
        std::future::pending::<()>().await;
    }
}
