//! One request at a time to each host, whoever was sent on to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A gate for each host.
#[derive(Debug, Default)]
pub(crate) struct Gates(Mutex<BTreeMap<String, Arc<Mutex<()>>>>);

impl Gates {
    /// Does something while nobody else asks this host.
    pub(crate) fn alone<T>(&self, host: &str, ask: impl FnOnce() -> T) -> T {
        let gate = {
            let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(gates.entry(host.to_ascii_lowercase()).or_default())
        };
        // What a gate keeps is order, not data: one left behind by a panic still serves.
        let _turn = gate.lock().unwrap_or_else(PoisonError::into_inner);
        ask()
    }
}
