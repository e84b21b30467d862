//! Days on which nobody reads: bank holidays and the organisation's own closures.

use chrono::NaiveDate;

/// One day off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}
