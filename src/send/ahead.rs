//! The deliveries of one connection that are marked as `sending` before their turn: at most the doubt window.
//!
//! A crash leaves in doubt what is marked. With a window of one, the mark is written when the server waits for the
//! content; with a larger one, a single fsync lets several messages pass, which a slow disk needs.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::oneshot;

use crate::send::lock::lock;
use crate::send::recorder::Recorder;
use crate::transport::{Future, Gate};

/// What one connection has under way, in its order: first what is marked, then what is being marked, then the rest.
pub(crate) struct Ahead {
    recorder: Recorder,
    window: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    ids: VecDeque<i64>,
    marked: usize,
    asked: usize,
    answer: Option<oneshot::Receiver<bool>>,
}

impl Ahead {
    /// Nothing yet; `window` is at least 1.
    pub(crate) fn new(recorder: Recorder, window: usize) -> Self {
        Self { recorder, window: window.max(1), state: Mutex::default() }
    }

    /// One more, behind the others.
    pub(crate) fn push(&self, id: i64) {
        lock(&self.state).ids.push_back(id);
    }

    /// It is settled or put back. Whether a mark for it has been asked for.
    pub(crate) fn remove(&self, id: i64) -> bool {
        let mut state = lock(&self.state);
        let Some(index) = state.ids.iter().position(|known| *known == id) else { return false };
        state.ids.remove(index);
        let (marked, asked) = (state.marked, state.asked);
        if index < marked {
            state.marked -= 1;
        } else if index < marked + asked {
            state.asked -= 1;
        }
        index < marked + asked
    }

    /// Asks for the next marks when half of the window is used up, so that nobody has to wait for them.
    pub(crate) fn look_ahead(&self) {
        let mut state = lock(&self.state);
        if state.asked == 0 && state.marked > 0 && state.marked <= self.window / 2 {
            state.ask(&self.recorder, self.window);
        }
    }

    /// The gate of a delivery, which must be the first.
    pub(crate) fn gate(&self, id: i64) -> DotGate<'_> {
        DotGate { ahead: self, id }
    }

    async fn is_marked(&self, id: i64) -> bool {
        let answer = {
            let mut state = lock(&self.state);
            if state.ids.front() != Some(&id) {
                return false;
            }
            if state.marked > 0 {
                return true;
            }
            if state.asked == 0 {
                state.ask(&self.recorder, self.window);
            }
            state.answer.take()
        };
        let Some(answer) = answer else { return false };
        let written = answer.await.unwrap_or(false);
        if written {
            let mut state = lock(&self.state);
            state.marked = std::mem::take(&mut state.asked);
        }
        written
    }
}

/// The gate before one delivery's dot.
pub(crate) struct DotGate<'a> {
    ahead: &'a Ahead,
    id: i64,
}

impl Gate for DotGate<'_> {
    fn pass(&self) -> Future<'_, bool> {
        Box::pin(self.ahead.is_marked(self.id))
    }
}

impl State {
    fn ask(&mut self, recorder: &Recorder, window: usize) {
        let room = window.saturating_sub(self.marked);
        let ids: Vec<i64> = self.ids.iter().skip(self.marked).take(room).copied().collect();
        if !ids.is_empty() {
            self.asked = ids.len();
            self.answer = Some(recorder.ahead(&ids));
        }
    }
}
