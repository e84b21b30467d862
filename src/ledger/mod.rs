//! The durable record of every delivery: the `Ledger` trait, SQLite behind it, and the lock that keeps one sender alone.

mod arriving;
mod entry;
mod error;
mod generation;
mod interface;
mod lock;
mod open;
mod resolved;
mod returned;
mod settings;
mod sqlite;
mod transition;

#[cfg(test)]
mod correction_story;
#[cfg(test)]
mod erasure_story;
#[cfg(test)]
mod returns_story;
#[cfg(test)]
mod story;

pub use arriving::Arriving;
pub use entry::{Claim, ClaimOrder, EditionId, Enrolment, Forgotten, Mark, NewEdition, Recovered, Requeue};
pub use error::LedgerError;
pub use interface::Ledger;
pub use lock::Lock;
pub use open::{in_memory, open, open_existing};
pub use returned::{EarlierReturn, ReturnEffect, Returned, ReturnedMail, SentCopy};
pub use settings::LedgerSettings;
pub use transition::LONGEST_BACK_OFF;
