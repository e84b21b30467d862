//! What waits for the ledger's next transaction, when that transaction is due, and who writes it.
//!
//! A transaction costs an fsync and some system calls, however many messages it is for. So where messages come fast, it
//! waits for a moment until half of the connections wait for it: meanwhile the server has the other half to work on.
//! Against a commit as soon as one waits, that was measured to take a fifth less processor and to send a sixth more on a
//! fast disk. Where the disk is slower than the server, it waits for all of them.
//!
//! Where connections mark nothing ahead, none of those who share a transaction has anything else to do. The last of them
//! to come writes it then: handing it to the writer's thread and back was measured to cost a seventh of the rate. Whoever
//! comes alone hands it over all the same: while a connection writes, those behind it could not even come, and in a burst
//! from a server far away each would write for itself.

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

/// Who writes a transaction that connections wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The thread of the ledger, while connections go on with what they have marked ahead.
    Writer,
    /// The last of the connections to come. The thread writes only what nobody waits for, and for those who would have to
    /// wait too long for others.
    LastToCome,
}

/// The queue between all connections and the ledger.
pub(crate) struct Intake {
    state: Mutex<State>,
    changed: Condvar,
    connections: usize,
    by: By,
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
    /// Whether one is being written, where connections write.
    writing: bool,
    /// How many of them connections have written.
    written: u64,
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
    /// Looks after connections that write themselves.
    Watches,
}

impl State {
    /// Whether the transaction is held open no longer.
    fn is_enough(&self, connections: usize) -> bool {
        let enough = if self.slow_disk { connections } else { connections.div_ceil(2) };
        self.taken + self.requests.waiting.len() >= enough || self.requests.marks.len() >= FULL
    }

    /// Gives the next transaction to who asks, if nobody else is to come for it.
    fn give(&mut self, connections: usize) -> bool {
        self.writing = self.busy && !self.requests.waiting.is_empty() && self.is_enough(connections);
        self.writing
    }

    /// Whether the writer, which looks after connections that write themselves, is to write at once.
    fn is_for_writer(&self) -> bool {
        let waits_in_vain = !self.busy && !self.requests.waiting.is_empty();
        !self.writing && (waits_in_vain || self.requests.claim.is_some())
    }

    /// One has been written.
    fn after(&mut self, slow_disk: bool) {
        self.slow_disk = slow_disk;
        self.taken = 0;
        self.writing = false;
    }
}

impl Intake {
    /// An empty one, for so many connections.
    pub(crate) fn new(connections: usize, by: By, hold: Duration) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), connections, by, hold }
    }

    /// Adds a mark that nobody waits for; `false` when nobody writes it any more.
    pub(crate) fn mark(&self, mark: Mark) -> bool {
        self.add(false, |requests| requests.marks.push(mark)).is_some()
    }

    /// Adds marks as `sending`; the answer comes when they are on the disk. Without a writer nobody answers, which the
    /// receiver reports. With it, whether the caller is to write them, and what else has come, before anything else.
    pub(crate) fn ahead(&self, ids: &[i64]) -> (oneshot::Receiver<bool>, bool) {
        let (sender, receiver) = oneshot::channel();
        let added = self.add(self.by == By::LastToCome, |requests| {
            requests.marks.extend(ids.iter().map(|id| Mark::Sending(*id)));
            requests.waiting.push(sender);
        });
        (receiver, added == Some(true))
    }

    /// Asks for claims; `false` when nobody answers any more.
    pub(crate) fn claim(&self, limit: usize) -> bool {
        self.add(false, |requests| requests.claim = Some(limit)).is_some()
    }

    /// Adds something; `None` when nobody writes it any more, `true` when the caller, if it can, is to write it.
    fn add(&self, can_write: bool, change: impl FnOnce(&mut Requests)) -> Option<bool> {
        let mut state = lock(&self.state);
        if state.ended {
            return None;
        }
        change(&mut state.requests);
        let is_given = can_write && !state.writing && state.give(self.connections);
        if !is_given {
            self.wake(state);
        }
        Some(is_given)
    }

    /// Wakes the writer if it waits for what has come.
    fn wake(&self, mut state: MutexGuard<'_, State>) {
        let is_due = match state.writer {
            Writer::Works => false,
            Writer::WaitsForAnything => !state.requests.is_empty() && !state.writing,
            Writer::WaitsForSomethingPressing => state.requests.is_pressing(),
            Writer::WaitsForEnough => state.is_enough(self.connections),
            Writer::Watches => state.is_for_writer(),
        };
        if is_due {
            state.writer = Writer::Works;
            drop(state);
            self.changed.notify_one();
        }
    }

    /// A connection has written what it was given; `true` when it is to write once more. `slow_disk` as in [`Self::next`].
    pub(crate) fn written(&self, slow_disk: bool) -> bool {
        let mut state = lock(&self.state);
        state.after(slow_disk);
        state.written += 1;
        // Who came meanwhile shows that more are on their way; while they come in time, they are waited for.
        state.busy |= state.requests.is_pressing() || slow_disk;
        let again = state.give(self.connections);
        if !again {
            self.wake(state);
        }
        again
    }

    /// Waits until a transaction is due, for [`Self::more`]; `false` when none can come any more. `slow_disk` is whether the
    /// last commit took much longer than it took those who wait to come.
    pub(crate) fn next(&self, slow_disk: bool) -> bool {
        let mut state = lock(&self.state);
        state.after(slow_disk);
        // Who came while the last one was written shows that more are on their way.
        state.busy = state.requests.is_pressing() || slow_disk;
        if self.by == By::LastToCome {
            return state.give(self.connections) || self.watch(state);
        }
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

    /// Waits until there is something that no connection writes: claims, what nobody waits for, and those whose company does
    /// not come.
    fn watch(&self, mut state: MutexGuard<'_, State>) -> bool {
        loop {
            while state.requests.is_empty() || state.writing {
                if state.closed {
                    return false;
                }
                state.writer = Writer::WaitsForAnything;
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            // As long as connections write, it only looks from time to time: waking it for each transaction would cost what
            // they save.
            let mut seen = None;
            while seen != Some(state.written) && !state.closed && !state.is_for_writer() {
                seen = Some(state.written);
                // Where they do not write, whoever waits wakes it.
                let time = if state.busy { self.hold } else { COMPANY };
                state = self.up_to(time, (Writer::Watches, state), State::is_for_writer);
            }
            state.writer = Writer::Works;
            if !state.requests.is_empty() && !state.writing {
                state.writing = true;
                return true;
            }
        }
    }

    /// Adds what has come; where more are on their way, waits for them until there is enough. `false` when nothing was
    /// added.
    pub(crate) fn more(&self, so_far: &mut Requests) -> bool {
        let mut state = lock(&self.state);
        if self.by == By::Writer && state.requests.is_empty() && state.busy {
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
