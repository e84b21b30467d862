//! A place where the server waits until the test says go on: how a test acts at one exact moment without sleeping.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// No gate keeps a connection for longer, so that a failing test ends.
const LIMIT: Duration = Duration::from_secs(60);

/// Shared by the test and the rule.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    arrived: usize,
    open: bool,
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until this many connections have arrived at it, counted since it was made.
    #[track_caller]
    pub fn wait_for_arrivals(&self, number: usize) {
        let (state, changed) = &*self.0;
        let waiting = |state: &mut State| state.arrived < number;
        let (state, time) = changed.wait_timeout_while(state.lock().unwrap(), LIMIT, waiting).unwrap();
        assert!(!time.timed_out(), "{} of {number} connections arrived at the gate", state.arrived);
    }

    /// Lets those through who wait, and all who come.
    pub fn open(&self) {
        self.0.0.lock().unwrap().open = true;
        self.0.1.notify_all();
    }

    /// What the server does at the gate.
    pub(crate) fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().unwrap();
        state.arrived += 1;
        changed.notify_all();
        drop(changed.wait_timeout_while(state, LIMIT, |state| !state.open).unwrap());
    }
}
