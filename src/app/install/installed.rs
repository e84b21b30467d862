//! What `install` and `uninstall` have done, for people and scripts.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::app::install::program::CommandLine;
use crate::app::install::scheduler::Scheduler;
use crate::scheduler::{Slot, Timetable};

/// What was installed.
#[derive(Debug)]
pub struct Installed {
    /// Where.
    pub scheduler: Scheduler,
    /// What is told there.
    pub timetable: Timetable,
    /// The files.
    pub files: Vec<PathBuf>,
    /// Whether an earlier schedule of this project was replaced.
    pub replaced: bool,
    /// Whether it is on.
    pub active: Active,
    /// What a person should know, each with what to type.
    pub notes: Vec<String>,
}

/// Whether a schedule is on.
#[derive(Debug, PartialEq, Eq)]
pub enum Active {
    /// It is, as the scheduler itself says; it starts next then, where it says so.
    On(Option<DateTime<Utc>>),
    /// It is not, for this reason, and this is to be typed.
    Off(String, Vec<CommandLine>),
    /// Nothing was done: `--dry-run`. This would be asked.
    NotTried(Vec<CommandLine>),
}

/// What was removed.
#[derive(Debug)]
pub struct Removed {
    /// Where.
    pub scheduler: Scheduler,
    /// Its name there.
    pub name: String,
    /// The files, or the tasks.
    pub gone: Vec<String>,
    /// What is still to be typed, where the scheduler could not be asked.
    pub to_type: Vec<CommandLine>,
    /// Whether another schedule of the project is there: the person's own, or the computer's.
    pub other: bool,
}

/// The days of a timetable in words, a line each, and what is over of them. The scheduler is told all of them, so that what
/// it was told does not look old from one day to the next.
#[must_use]
pub fn times_in_words(timetable: &Timetable, now: DateTime<Utc>) -> String {
    let moment = |at: &DateTime<Tz>| at.format("%A %-d %B %Y, %H:%M").to_string();
    let line = |slot: &Slot| {
        let over = match (slot.due <= now, slot.until <= now) {
            (_, true) => ": over".to_owned(),
            (true, false) => {
                let until = moment(&slot.until.with_timezone(&slot.due.timezone()));
                format!(": this time has passed; what is left of the day is looked at until {until}")
            }
            (false, false) => String::new(),
        };
        format!("  {} ({}){over}\n", moment(&slot.due), slot.due.timezone().name())
    };
    timetable.slots.iter().map(line).collect()
}
