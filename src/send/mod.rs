//! Sending one edition: claims from the ledger, a worker for each connection, the gate before the dot, and the judgement
//! of every failure. It never renders and never chooses recipients; it is handed both.

mod ahead;
mod breaker;
mod defer;
mod desk;
mod endpoint;
mod feed;
mod intake;
mod line;
mod lock;
mod order;
mod pace;
mod progress;
mod recorder;
mod retry;
mod run;
mod shared;
mod verdict;
mod worker;

pub use order::{Copies, Copy, Order, Sending};
pub use pace::Pace;
pub use progress::{Event, Listener};
pub use run::{Ended, run};
pub use verdict::{StopKind, Stopped, Verdict, judge, words};
