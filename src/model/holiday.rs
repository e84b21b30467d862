//! Days on which nobody reads: bank holidays, the organisation's own closures, and the holidays of schools.

use chrono::NaiveDate;

/// One day off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// Days off in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRange {
    /// What it is called.
    pub name: String,
    /// The first day.
    pub first: NaiveDate,
    /// The last day, which belongs to it.
    pub last: NaiveDate,
}

impl HolidayRange {
    /// Whether a date lies in it.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}
