//! What `correct` was asked, as one value.

use std::path::Path;

use crate::app::question::Confirm;
use crate::app::whom::Risk;
use crate::model::DayName;

/// What `correct` was asked.
pub struct CorrectionAsked<'a> {
    /// The day.
    pub day: &'a DayName,
    /// Which correction of it.
    pub which: Which<'a>,
    /// Whether those count who are in doubt about the original.
    pub in_doubt: bool,
    /// Who of this correction's own is tried again.
    pub again: Again,
    /// Whether a person agreed that later recipients get a changed text.
    pub changed_allowed: bool,
    /// Who signs it.
    pub by: &'a [String],
    /// `--yes`, or ask.
    pub confirm: Confirm,
    /// Whether somebody at a terminal has two minutes to stop it after the question.
    pub undo_window: bool,
    /// `--over-days`.
    pub over_days: bool,
    /// `--dry-run`.
    pub dry_run: bool,
}

/// Which correction of a day is meant.
pub enum Which<'a> {
    /// The one that a file makes.
    Made(Source<'a>),
    /// One that has begun, from the file that it was made from.
    Begun(u32),
}

/// A file, and what it is.
pub struct Source<'a> {
    /// Where it lies, as the officer wrote it.
    pub path: &'a Path,
    /// Whether it may be one more correction of the day.
    pub is_new: bool,
}

/// Whom a person wants tried again.
pub enum Again {
    /// Nobody: it goes on where it stopped.
    Nobody,
    /// Those who were refused, put off or given up.
    NotAccepted,
    /// Those in doubt about the correction, or some of them, at the risk of a second copy.
    InDoubt(Risk),
}
