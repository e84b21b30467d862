//! `doctor`: one look at everything that sending rests on, in words that can be given to IT as they are. It changes
//! nothing, and shows no secret and no recipient.

mod account;
mod ledger;
mod place;
mod point;
mod schedule;
mod server;
mod whole;

pub use point::{Finding as DoctorFinding, Point};
pub use whole::examine;
