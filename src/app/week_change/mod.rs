//! Changes to a week that is under way: a day is moved, dropped or brought back. The officer's file is rewritten whole, with
//! the few lines that say so, and nothing is written before everything has been looked at.

mod change;
mod effects;
mod limits;
mod order;
mod rewritten;
mod words;

pub use change::change_day;
pub use order::{Change, DayChange};
