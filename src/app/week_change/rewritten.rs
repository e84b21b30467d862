//! The file as it would be. Days without a date of their own take theirs from the schedule, one after the other: where one
//! is moved, each that would slip with it is given the date that it has.

use std::collections::BTreeMap;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::prepare::{Prepared, Purpose, prepare_text};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::week_change::order::Change;
use crate::calendar;
use crate::definition::{DayEdit, DropEdit, edited, load_text};
use crate::exit::Exit;
use crate::model::{Day, Findings};

/// The changed file, and the week that it is.
pub(crate) struct Rewritten {
    /// The file.
    pub(crate) text: String,
    /// What `check` says of it.
    pub(crate) prepared: Prepared,
    /// Days that got their own date as a key, so that they stay where they are; by index.
    pub(crate) pinned: Vec<usize>,
}

impl Rewritten {
    /// A day of the changed week by its index in the file.
    ///
    /// # Errors
    /// [`Fault`] 70 where it is none any more.
    pub(crate) fn day(&self, index: usize) -> Result<&DayReady, Fault> {
        let days = self.prepared.week.iter().flat_map(|week| &week.days);
        let mut found = days.filter(|day| day.day.index == index);
        found.next().ok_or_else(|| Fault::new(Exit::Software, "the changed file has lost its day; nothing is written"))
    }

    /// How a day is named in the changed week.
    pub(crate) fn name_of(&self, day: &Day) -> String {
        self.prepared.week.as_ref().map_or_else(|| day.date.to_string(), |week| week.name_of(day))
    }
}

/// Writes the changes into the text, in memory.
///
/// # Errors
/// [`Fault`] 70 where the text does not become the week that was asked for.
pub(crate) fn rewrite(app: &App, week: &WeekReady, index: usize, change: &Change) -> anyhow::Result<Rewritten> {
    let edit = match change {
        Change::Move { date, at } => DayEdit { date: Some(*date), at: *at, dropped: None },
        Change::Drop { reason } => DayEdit { dropped: Some(DropEdit::Set(reason.clone())), ..DayEdit::default() },
        Change::BringBack => DayEdit { dropped: Some(DropEdit::Undo), ..DayEdit::default() },
    };
    let mut edits = BTreeMap::from([(index, edit)]);
    let before = calendar::dates_of(&week.week);
    let mut pinned = Vec::new();
    // Each turn gives one day its date, so that there are at most as many as days.
    for _ in 0..=before.len() {
        let text = edited(&week.week, &edits);
        let new = load_text(&app.project, &week.week.name, &text, &mut Findings::new());
        let after = new.as_ref().map(calendar::dates_of).unwrap_or_default();
        if after.len() != before.len() {
            break;
        }
        let slipped = |other: &usize| *other != index && before[*other].is_some() && after[*other] != before[*other];
        match (0..before.len()).find(slipped) {
            Some(other) if !pinned.contains(&other) => {
                pinned.push(other);
                edits.insert(other, DayEdit { date: before[other], ..DayEdit::default() });
            }
            Some(_) => break,
            None => {
                let prepared = prepare_text(app, &week.week.name, &text, Purpose::Look);
                return Ok(Rewritten { text, prepared, pinned });
            }
        }
    }
    Err(Fault::new(Exit::Software, "the file could not be changed without moving other days, so nothing is written")
        .help("give every day its own `date`, and move the day by hand")
        .into())
}
