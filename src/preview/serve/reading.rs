//! What the server is told of the week: plain values, and one question that it may ask for each person.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::model::{Address, Finding};
use crate::preview::week::PreviewWeek;

/// The week as one person gets it, with the first person of each day's lists where nobody is named.
type CopyOf = dyn Fn(Option<&Address>) -> WeekCopy + Send + Sync;

/// The officer's files as they were at one moment.
pub struct Reading {
    /// When, in words, such as `14:03`.
    pub at: String,
    /// The errors: while there are any, nothing is sent.
    pub errors: Vec<Finding>,
    /// The ledger's file. It changes when it is looked into, which is no change of the week.
    pub ledger: Option<PathBuf>,
    /// The copies.
    pub copy: Box<CopyOf>,
}

/// One person's copy of a week.
pub struct WeekCopy {
    /// The week.
    pub week: PreviewWeek,
    /// Its days that are not as they are meant: with errors, without a message, or torn by a file that cannot be read.
    pub unsound: Vec<NaiveDate>,
    /// What went wrong that is no finding in a file, such as a message that is too large.
    pub faults: Vec<String>,
}
