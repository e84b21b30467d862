//! What all workers of a run share: the claims not yet begun, the counters, and the first reason to stop.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::ledger::Mark;
use crate::model::AddressKey;
use crate::send::breaker::Breaker;
use crate::send::feed::Feed;
use crate::send::lock::lock;
use crate::send::order::{Order, Sending};
use crate::send::progress::Event;
use crate::send::recorder::Recorder;
use crate::send::verdict::{StopKind, Stopped};

/// What all workers of a run share.
pub(crate) struct Shared {
    pub(crate) order: Order,
    pub(crate) sending: Sending,
    pub(crate) recorder: Recorder,
    pub(crate) feed: Arc<Feed>,
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
    pub(crate) fn new(order: Order, sending: Sending, recorder: Recorder, feed: Arc<Feed>) -> Self {
        let workers = order.connections.max(1);
        Self {
            order,
            sending,
            recorder,
            feed,
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

    /// Whether a connection may take a message for the one that it is about to send: never where a turn has to be waited
    /// for, because the server would wait too, nor near the daily limit.
    pub(crate) fn may_look_ahead(&self) -> bool {
        let under_way = 2 * self.order.connections.max(1);
        let handed = self.handed.load(Ordering::Relaxed);
        self.order.pace.is_unlimited()
            && self.order.at_most.is_none_or(|most| handed + under_way < most)
            && self.stopped().is_none()
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
    pub(crate) fn put_back(&self) {
        for claim in self.feed.drain() {
            self.recorder.soon(Mark::Released(claim.id, None));
        }
    }

    pub(crate) fn record(&self, mark: Mark) {
        if !self.recorder.soon(mark) {
            self.stop(StopKind::Ledger, "the ledger could not be written".to_owned());
        }
    }

    pub(crate) fn tell(&self, event: &Event) {
        self.sending.listener.event(event);
    }
}

/// Ends when the run is asked to stop; never, when nobody can ask any more.
pub(crate) async fn asked_to_stop(stop: &mut tokio::sync::watch::Receiver<bool>) {
    let asked = stop.wait_for(|stop| *stop).await.is_ok();
    if !asked {
        std::future::pending::<()>().await;
    }
}
