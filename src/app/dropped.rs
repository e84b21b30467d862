//! The days that were taken out of a week, for those who list its days.

use serde::Serialize;

use crate::app::ready::WeekReady;
use crate::model::long_date;
use crate::output::plain;

/// A day that was dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DroppedRow {
    /// `monday`.
    pub day: String,
    /// `2027-03-15`: where it would be.
    pub date: String,
    /// What it was about.
    pub theme: String,
    /// Why, if somebody said.
    pub reason: Option<String>,
    #[serde(skip)]
    words: String,
}

impl DroppedRow {
    /// One line for people.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// Those of a week, by date.
#[must_use]
pub fn dropped_rows(week: &WeekReady) -> Vec<DroppedRow> {
    let row = |one: &crate::app::ready::DroppedDay| {
        let day = &one.ready.day;
        let theme = week.theme(day).to_owned();
        let date = long_date(day.date);
        let words = format!("dropped: \"{}\" of {date}: {}", plain(&theme), plain(one.why()));
        DroppedRow {
            day: day.weekday().to_owned(),
            date: day.date.to_string(),
            theme,
            reason: one.reason.clone(),
            words,
        }
    };
    week.dropped.iter().map(row).collect()
}
