//! Handing messages over: the `Transport` trait and its two implementations, the outbox folder and SMTP.

mod interface;

pub use interface::{Cause, Dot, Failure, Future, Gate, Stage, Transport};
