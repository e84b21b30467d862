//! Telling whoever looks after a week, by e-mail and once, what a run without a person came to.
//!
//! **At most once.** A notice is recorded in the ledger before its terminating dot, as `sending` is for a broadcast, so that a
//! kill between sending and recording cannot repeat it every quarter of an hour. What a kill can cost is one notice: that of a
//! day that was just done, in the moment before it is told, and any, in the moment between the record and the dot. The words
//! in the log, the exit status and `weekcast status` remain; a day that is held is told by the next look.
//!
//! **Later, where it did not get out.** What failed before the dot, or was put off by the server, is noted as not told; a later
//! run that reaches the server tells it. A definite refusal is noted as told: asking again would not change it.
//!
//! Whatever becomes of a notice changes neither the outcome of the day nor the exit status.

mod events;
mod notifier;
mod tell;
mod words;

pub(crate) use events::{tell_of_correction, tell_of_held, tell_of_held_correction, tell_of_sent};
pub use events::{tell_of_failure, tell_of_other_times, tell_what_is_left};
