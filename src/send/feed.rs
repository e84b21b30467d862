//! The deliveries that a run has taken from the ledger and not begun: all connections take from here, and the ledger is
//! asked for more before they run out.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::Notify;

use crate::ledger::Claim;
use crate::send::lock::lock;

/// Where claims come from: asked now, it answers by filling the feed.
pub(crate) trait Source {
    /// Asks for at most so many; `false` when nobody will answer.
    fn claim(&self, limit: usize) -> bool;
}

/// Claims of one run, not begun.
pub(crate) struct Feed {
    state: Mutex<State>,
    filled: Notify,
    /// Claims in one request. They are only claimed, so a crash puts them back.
    batch: usize,
}

#[derive(Default)]
struct State {
    claims: VecDeque<Claim>,
    asked: u64,
    answered: u64,
    closed: bool,
}

impl Feed {
    /// An empty one that asks for so many at a time.
    pub(crate) fn new(batch: usize) -> Self {
        Self { state: Mutex::default(), filled: Notify::new(), batch }
    }

    /// What the ledger gave in answer to a request.
    pub(crate) fn fill(&self, claims: Vec<Claim>) {
        let mut state = lock(&self.state);
        state.claims.extend(claims);
        state.answered += 1;
        drop(state);
        self.filled.notify_waiters();
    }

    /// The ledger answers no more.
    pub(crate) fn close(&self) {
        lock(&self.state).closed = true;
        self.filled.notify_waiters();
    }

    /// The next one that is here already.
    pub(crate) fn at_hand(&self, source: &impl Source) -> Option<Claim> {
        let mut state = lock(&self.state);
        let claim = state.claims.pop_front();
        if claim.is_some() && state.claims.len() < self.batch / 2 && state.asked == state.answered {
            state.ask(source, self.batch);
        }
        claim
    }

    /// The next one; none when the ledger, asked after this was called, has none either.
    pub(crate) async fn next(&self, source: &impl Source) -> Option<Claim> {
        let mut own = None;
        loop {
            let mut filled = std::pin::pin!(self.filled.notified());
            filled.as_mut().enable();
            if let Some(claim) = self.at_hand(source) {
                return Some(claim);
            }
            {
                let mut state = lock(&self.state);
                if state.closed || own.is_some_and(|own| state.answered >= own) {
                    return None;
                }
                // An earlier request may have been answered before what this worker has just put back.
                if own.is_none() && state.asked == state.answered {
                    if !state.ask(source, self.batch) {
                        return None;
                    }
                    own = Some(state.asked);
                }
            }
            filled.await;
        }
    }

    /// Everything that was not begun.
    pub(crate) fn drain(&self) -> VecDeque<Claim> {
        std::mem::take(&mut lock(&self.state).claims)
    }
}

impl State {
    fn ask(&mut self, source: &impl Source, batch: usize) -> bool {
        let asked = source.claim(batch);
        self.asked += u64::from(asked);
        asked
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use chrono::DateTime;

    use super::{Feed, Source};
    use crate::ledger::Claim;
    use crate::model::AddressKey;

    fn claim(id: i64) -> Claim {
        let key = AddressKey::from_stored(format!("{id}@board.example"));
        Claim { id, key, message_id: String::new(), date: DateTime::UNIX_EPOCH, attempts: 0, in_reply_to: None }
    }

    /// Notes that it was asked; the answer is given by hand.
    struct Asked(RefCell<usize>);

    impl Source for Asked {
        fn claim(&self, _: usize) -> bool {
            *self.0.borrow_mut() += 1;
            true
        }
    }

    #[tokio::test]
    async fn more_is_asked_for_before_it_runs_out_and_the_end_is_asked_for_anew() {
        let feed = Feed::new(4);
        let source = Asked(RefCell::new(0));
        let next = async {
            let mut ids = Vec::new();
            while let Some(claim) = feed.next(&source).await {
                ids.push(claim.id);
            }
            ids
        };
        let answers = async {
            let mut batches = [&[1, 2, 3, 4][..], &[5]].into_iter();
            for given in 0.. {
                while *source.0.borrow() == given {
                    tokio::task::yield_now().await;
                }
                feed.fill(batches.next().unwrap_or_default().iter().copied().map(claim).collect());
            }
        };
        let ids = tokio::select! {
            ids = next => ids,
            () = answers => Vec::new(),
        };
        assert_eq!(ids, [1, 2, 3, 4, 5]);
        assert!(*source.0.borrow() >= 3, "{}", source.0.borrow());
    }

    #[tokio::test]
    async fn nobody_waits_for_a_thread_that_has_ended() {
        let feed = Feed::new(4);
        let source = Asked(RefCell::new(0));
        let (claim, ()) = tokio::join!(feed.next(&source), async { feed.close() });
        assert_eq!(claim, None);
        assert_eq!(feed.next(&source).await, None);
    }
}
