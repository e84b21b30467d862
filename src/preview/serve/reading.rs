//! What the server is told of the week: plain values, and one question that it may ask for each person.

use std::path::PathBuf;

use crate::model::Address;
use crate::preview::week::PreviewWeek;

/// The week as one person gets it: the days that are sound, and the first person of each day's lists where nobody is
/// named.
type CopyOf = dyn Fn(Option<&Address>) -> (PreviewWeek, Vec<Trouble>) + Send + Sync;

/// The officer's files as they were at one moment.
pub struct Reading {
    /// When, in words, such as `14:03`.
    pub at: String,
    /// The errors: while there are any, nothing is sent.
    pub troubles: Vec<Trouble>,
    /// The ledger's file. It changes when it is looked into, which is no change of the week.
    pub ledger: Option<PathBuf>,
    /// The copies; troubles that show only there, such as a message that is too large, come with them.
    pub copy: Box<CopyOf>,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Trouble {
    /// The fact.
    pub message: String,
    /// File, line and column, in words; the file alone where it has no lines; nothing where no file is at fault.
    pub place: String,
    /// The line itself.
    pub line: Option<TroubledLine>,
    /// One remedy.
    pub help: Option<String>,
}

/// A line of a file with the part that is wrong, secrets starred out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TroubledLine {
    /// Its number, from 1.
    pub number: usize,
    /// What stands before the part.
    pub before: String,
    /// The part.
    pub wrong: String,
    /// What stands behind it.
    pub after: String,
}

impl Trouble {
    /// A trouble without a place.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), place: String::new(), line: None, help: None }
    }
}
