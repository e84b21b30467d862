//! What `move` and `drop` were asked, as one value.

use chrono::{NaiveDate, NaiveTime};

use crate::model::DayName;

/// What becomes of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It goes out on another date, or at another time.
    Move {
        /// The date.
        date: NaiveDate,
        /// The time of day, if it is another.
        at: Option<NaiveTime>,
    },
    /// It is taken out of the week.
    Drop {
        /// Why.
        reason: Option<String>,
    },
    /// A day that was dropped comes back.
    BringBack,
}

/// What was asked.
pub struct DayChange<'a> {
    /// The day.
    pub day: &'a DayName,
    /// What becomes of it.
    pub change: Change,
    /// `--dry-run`.
    pub dry_run: bool,
}
