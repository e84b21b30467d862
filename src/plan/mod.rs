//! Who gets one day's broadcast and who does not, before anything is sent, and how long that takes. Pure: lists, opt-outs
//! and what the ledger holds go in, nothing else is looked at.

mod audience;
mod due;
mod opt_outs;
mod pace;
mod reason;

pub use audience::{Kept, Plan, Skipped, plan};
pub use due::Due;
pub use opt_outs::OptOuts;
pub use pace::{MESSAGES_PER_SECOND, Over, Pace};
pub use reason::Reason;
