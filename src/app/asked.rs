//! What a sending command was asked, as one value.

use crate::app::question::Confirm;
use crate::app::whom::Whom;
use crate::model::DayName;

/// What a sending command was asked.
pub struct HandOver<'a> {
    /// The day.
    pub day: &'a DayName,
    /// To whom.
    pub whom: Whom,
    /// `--changed`.
    pub changed_allowed: bool,
    /// `--yes`, or ask.
    pub confirm: Confirm,
    /// Whether a person at a terminal gets two minutes to stop it; without `--no-wait`.
    pub undo_window: bool,
    /// `--early`.
    pub early: bool,
    /// `--late`.
    pub late: bool,
    /// `--over-days`.
    pub over_days: bool,
    /// `--lists-changed`.
    pub lists_changed: bool,
    /// `--dry-run`.
    pub dry_run: bool,
}
