//! What a run tells while it goes on.

use chrono::{DateTime, Utc};

/// One thing that happened. Rows are named by the ledger's number, never by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A message was taken by the server.
    Accepted(i64),
    /// A recipient was refused.
    Refused(i64),
    /// A recipient was deferred.
    Deferred(i64),
    /// A delivery is in doubt.
    InDoubt(i64),
    /// A recipient left the lists before their turn.
    Skipped(i64),
    /// The deferral outlived the broadcast.
    Expired(i64),
    /// The endpoint is busy: waiting until an instant, with the reason.
    BackingOff(DateTime<Utc>, String),
}

/// Hears of events, from several tasks.
pub trait Listener: Send + Sync {
    /// Something happened.
    fn event(&self, event: &Event);
}
