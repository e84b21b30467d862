//! What waits for the ledger's next transaction, and when that transaction is due.
//!
//! A transaction costs an fsync, some system calls and two changes of thread, however many messages it is for. So where
//! messages come fast, it is held open for a moment until half of the connections wait for it: meanwhile the server has
//! the other half to work on. Against a commit as soon as one waits, that was measured to take a fifth less processor and
//! to send a sixth more on a fast disk. Where the disk is slower than the server, it is held open for all of them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::ledger::Mark;
use crate::send::lock::lock;

/// Marks after which a transaction waits for no more.
const FULL: usize = 1024;

/// How long a mark that nobody waits for may wait for company; a crash meanwhile only makes one more doubt.
const COMPANY: Duration = Duration::from_millis(20);

/// How long those who wait may be held up for the sake of others who are about to come.
pub(crate) const HOLD: Duration = Duration::from_micros(1500);

/// What has come for a transaction.
#[derive(Default)]
pub(crate) struct Requests {
    /// In the order in which they came.
    pub(crate) marks: Vec<Mark>,
    /// Told when they are on the disk.
    pub(crate) waiting: Vec<oneshot::Sender<bool>>,
    /// How many deliveries to take, if some are asked for.
    pub(crate) claim: Option<usize>,
}

impl Requests {
    fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.claim.is_none()
    }

    /// Whether somebody waits for it, or it is full.
    fn is_pressing(&self) -> bool {
        !self.waiting.is_empty() || self.claim.is_some() || self.marks.len() >= FULL
    }
}

/// The queue between all connections and the one writer.
pub(crate) struct Intake {
    state: Mutex<State>,
    changed: Condvar,
    connections: usize,
    hold: Duration,
}

#[derive(Default)]
struct State {
    requests: Requests,
    writer: Writer,
    /// Whether the open transaction is worth holding.
    busy: bool,
    /// Whether the disk is slower than the server.
    slow_disk: bool,
    /// How many wait for the open transaction, of those whose marks it has already.
    taken: usize,
    /// Nobody can ask any more.
    closed: bool,
    /// Nobody answers any more.
    ended: bool,
}

/// What the writer does, so that it is woken only for what it waits for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Writer {
    #[default]
    Works,
    WaitsForAnything,
    WaitsForSomethingPressing,
    WaitsForEnough,
}

impl State {
    /// Whether the transaction is held open no longer.
    fn is_enough(&self, connections: usize) -> bool {
        let enough = if self.slow_disk { connections } else { connections.div_ceil(2) };
        self.taken + self.requests.waiting.len() >= enough || self.requests.marks.len() >= FULL
    }
}

impl Intake {
    /// An empty one, for so many connections.
    pub(crate) fn new(connections: usize, hold: Duration) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), connections, hold }
    }

    /// Adds a mark that nobody waits for; `false` when nobody writes it any more.
    pub(crate) fn mark(&self, mark: Mark) -> bool {
        self.add(|requests| requests.marks.push(mark))
    }

    /// Adds marks as `sending`; the answer comes when they are on the disk. Without a writer nobody answers, which the
    /// receiver reports.
    pub(crate) fn ahead(&self, ids: &[i64]) -> oneshot::Receiver<bool> {
        let (sender, receiver) = oneshot::channel();
        self.add(|requests| {
            requests.marks.extend(ids.iter().map(|id| Mark::Sending(*id)));
            requests.waiting.push(sender);
        });
        receiver
    }

    /// Asks for claims; `false` when nobody answers any more.
    pub(crate) fn claim(&self, limit: usize) -> bool {
        self.add(|requests| requests.claim = Some(limit))
    }

    fn add(&self, change: impl FnOnce(&mut Requests)) -> bool {
        let mut state = lock(&self.state);
        if state.ended {
            return false;
        }
        change(&mut state.requests);
        let is_due = match state.writer {
            Writer::Works => false,
            Writer::WaitsForAnything => true,
            Writer::WaitsForSomethingPressing => state.requests.is_pressing(),
            Writer::WaitsForEnough => state.is_enough(self.connections),
        };
        if is_due {
            state.writer = Writer::Works;
            drop(state);
            self.changed.notify_one();
        }
        true
    }

    /// Waits until a transaction is due, for [`Self::more`]; `false` when none can come any more. `slow_disk` is whether the
    /// last commit took much longer than it took those who wait to come.
    pub(crate) fn next(&self, slow_disk: bool) -> bool {
        let mut state = lock(&self.state);
        // Who came while the last one was written shows that more are on their way.
        state.busy = state.requests.is_pressing() || slow_disk;
        state.slow_disk = slow_disk;
        state.taken = 0;
        state.writer = Writer::WaitsForAnything;
        while state.requests.is_empty() {
            if state.closed {
                return false;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        drop(self.up_to(COMPANY, (Writer::WaitsForSomethingPressing, state), |state| state.requests.is_pressing()));
        true
    }

    /// Adds what has come; where more are on their way, waits for them until there is enough. `false` when nothing was
    /// added.
    pub(crate) fn more(&self, so_far: &mut Requests) -> bool {
        let mut state = lock(&self.state);
        if state.requests.is_empty() && state.busy {
            let enough = |state: &State| state.is_enough(self.connections);
            state = self.up_to(self.hold, (Writer::WaitsForEnough, state), enough);
            state.busy = enough(&state);
        }
        let State { requests, taken, .. } = &mut *state;
        let has_come = !requests.is_empty();
        *taken += requests.waiting.len();
        so_far.marks.append(&mut requests.marks);
        so_far.waiting.append(&mut requests.waiting);
        so_far.claim = requests.claim.take().or(so_far.claim);
        has_come
    }

    /// Waits, but no longer than that.
    fn up_to<'a>(
        &self,
        time: Duration,
        (writer, mut state): (Writer, MutexGuard<'a, State>),
        is_due: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        state.writer = writer;
        let waited = self.changed.wait_timeout_while(state, time, |state| !state.closed && !is_due(state));
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.writer = Writer::Works;
        state
    }

    /// Nobody asks any more: the writer ends when it has written what there is.
    pub(crate) fn close(&self) {
        lock(&self.state).closed = true;
        self.changed.notify_one();
    }

    /// Nobody answers any more: whoever waits is let go.
    pub(crate) fn end(&self) {
        let mut state = lock(&self.state);
        state.ended = true;
        state.requests = Requests::default();
    }
}

#[cfg(test)]
mod tests;
