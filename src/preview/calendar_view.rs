//! The week as a calendar: a row for each calendar week that holds a day, a column for each weekday.

use chrono::{Datelike as _, Days, NaiveDate};
use serde::Serialize;

use crate::preview::week::{AwarenessDate, PreviewDay};

/// Columns of a working week; the weekend is shown only where something is on it.
const WORKING_DAYS: u32 = 5;

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::preview) struct CalendarView {
    /// `Mon`, `Tue` and so on.
    columns: Vec<String>,
    /// Row by row.
    cells: Vec<Cell>,
}

/// One date.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Cell {
    /// Indices of its days in the week's list, from 0; more than one is a mistake that is shown.
    days: Vec<usize>,
    date: String,
    weekday: String,
    day_of_month: String,
    month: String,
    /// The awareness day's name, on its date.
    awareness: Option<String>,
}

impl CalendarView {
    pub(in crate::preview) fn new(days: &[PreviewDay], awareness: Option<&AwarenessDate>) -> Self {
        let marked: Vec<NaiveDate> =
            days.iter().map(|day| day.date).chain(awareness.map(|awareness| awareness.date)).collect();
        let width = if marked.iter().all(|date| offset(*date) < WORKING_DAYS) { WORKING_DAYS } else { 7 };
        let mut mondays: Vec<NaiveDate> =
            marked.iter().filter_map(|date| date.checked_sub_days(Days::new(u64::from(offset(*date))))).collect();
        mondays.sort();
        mondays.dedup();
        let dates = mondays
            .iter()
            .flat_map(|monday| (0..width).filter_map(|column| monday.checked_add_days(Days::new(u64::from(column)))));
        let cells = dates.map(|date| Cell {
            days: days.iter().enumerate().filter(|(_, day)| day.date == date).map(|(index, _)| index).collect(),
            date: date.format("%A %-d %B %Y").to_string(),
            weekday: date.format("%a").to_string(),
            day_of_month: date.format("%-d").to_string(),
            month: date.format("%b").to_string(),
            awareness: awareness.filter(|awareness| awareness.date == date).map(|awareness| awareness.name.clone()),
        });
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let columns = NAMES.iter().take(width as usize).map(|name| (*name).to_owned()).collect();
        Self { columns, cells: cells.collect() }
    }
}

/// Days since Monday.
fn offset(date: NaiveDate) -> u32 {
    date.weekday().num_days_from_monday()
}
