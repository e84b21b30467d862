//! The durable record of every delivery: the `Ledger` trait, SQLite behind it, and the lock that keeps one sender alone.

mod interface;

pub use interface::{
    Claim, ClaimOrder, EditionId, Enrolment, Ledger, LedgerError, Mark, NewEdition, Recovered, Requeue,
};
