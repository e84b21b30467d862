//! The week as a calendar: a row for each calendar week that holds a day, a column for each weekday.

use chrono::{Datelike as _, Days, NaiveDate};
use serde::Serialize;

use crate::preview::week::{AwarenessDate, DroppedDate, PreviewDay};

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
    /// What was dropped from the date, and why.
    dropped: Vec<DroppedCell>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct DroppedCell {
    theme: String,
    reason: String,
}

impl CalendarView {
    pub(in crate::preview) fn new(
        days: &[PreviewDay],
        dropped: &[DroppedDate],
        awareness: Option<&AwarenessDate>,
    ) -> Self {
        let others = dropped.iter().map(|one| one.date).chain(awareness.map(|awareness| awareness.date));
        let marked: Vec<NaiveDate> = days.iter().map(|day| day.date).chain(others).collect();
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
            dropped: dropped.iter().filter(|one| one.date == date).map(DroppedCell::of).collect(),
        });
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let columns = NAMES.iter().take(width as usize).map(|name| (*name).to_owned()).collect();
        Self { columns, cells: cells.collect() }
    }
}

impl DroppedCell {
    fn of(one: &DroppedDate) -> Self {
        Self { theme: one.theme.clone(), reason: one.reason.clone() }
    }
}

/// Days since Monday.
fn offset(date: NaiveDate) -> u32 {
    date.weekday().num_days_from_monday()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::CalendarView;
    use crate::preview::week::{AwarenessDate, DroppedDate, PreviewDay};

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn day(date: NaiveDate) -> PreviewDay {
        PreviewDay {
            number: 1,
            date,
            date_words: String::new(),
            at: "08:30".into(),
            theme: String::new(),
            preheader: String::new(),
            sender: String::new(),
            lists: Vec::new(),
            on_several_lists: 0,
            head_count: 0,
            state: "planned".into(),
            signed: None,
            progress: None,
            digest: String::new(),
            copies: Vec::new(),
            attachments: Vec::new(),
            pictures: Vec::new(),
            skipped: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn shown(days: &[u32], awareness: Option<u32>) -> (usize, Vec<String>) {
        let days: Vec<PreviewDay> = days.iter().map(|one| day(date(*one))).collect();
        let awareness = awareness.map(|one| AwarenessDate { name: "A".into(), date: date(one) });
        let view = CalendarView::new(&days, &[], awareness.as_ref());
        let cells = view.cells.iter().filter(|cell| !cell.days.is_empty() || cell.awareness.is_some());
        let cells = cells.map(|cell| {
            let name = cell.awareness.as_deref().unwrap_or_default();
            format!("{} {} {:?}{name}", cell.weekday, cell.day_of_month, cell.days)
        });
        (view.cells.len() / view.columns.len(), cells.collect())
    }

    #[test]
    fn a_week_from_friday_to_thursday_takes_two_rows_of_working_days() {
        let (rows, cells) = shown(&[12, 15, 18], Some(18));
        assert_eq!((rows, cells), (2, vec!["Fri 12 [0]".into(), "Mon 15 [1]".into(), "Thu 18 [2]A".into()]));
    }

    #[test]
    fn a_weekend_is_shown_where_something_is_on_it_and_empty_weeks_are_not() {
        let (rows, cells) = shown(&[1, 1], Some(20));
        assert_eq!((rows, cells), (2, vec!["Mon 1 [0, 1]".into(), "Sat 20 []A".into()]));
        assert_eq!(CalendarView::new(&[], &[], None).cells, []);
        let out = DroppedDate { date: date(16), theme: "T".into(), reason: "ill".into() };
        let view = CalendarView::new(&[], &[out], None);
        assert_eq!(view.cells.iter().map(|cell| cell.dropped.len()).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
    }
}
