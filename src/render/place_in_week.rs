//! Where a day stands in its week: the row of days, the awareness day, and what comes next.

use chrono::{Datelike, Days};
use serde::Serialize;

use crate::model::Day;
use crate::render::context::{optional, plain};
use crate::render::dates;
use crate::render::input::Input;
use crate::render::words::Words;

/// The most days in the header's row: as many as fit beside each other on a telephone.
const ROW: usize = 6;

/// One day of the row.
#[derive(Debug, Serialize)]
pub(crate) struct DayCell {
    weekday: &'static str,
    /// Day of the month.
    number: u32,
    is_today: bool,
}

/// The days of the week for the row in the header; none where it would not fit a telephone, or says nothing.
pub(crate) fn days(input: &Input<'_>) -> Vec<DayCell> {
    if !(2..=ROW).contains(&input.days.len()) {
        return Vec::new();
    }
    let cell = |(index, day): (usize, &Day)| {
        let weekday = dates::short_weekday(day.date, &input.week.lang)?;
        Some(DayCell { weekday, number: day.date.day(), is_today: index == input.day })
    };
    input.days.iter().enumerate().filter_map(cell).collect()
}

/// The name of the awareness day, on the day itself.
pub(crate) fn awareness(input: &Input<'_>) -> Option<String> {
    let today = input.days.get(input.day)?;
    let awareness = input.week.awareness_day.as_ref().filter(|awareness| awareness.date.0 == today.date)?;
    Some(plain(awareness.name.value())).filter(|name| !name.is_empty())
}

/// What stands before the next day's theme, then `theme` and `summary`; none on the last day.
pub(crate) fn teaser(input: &Input<'_>, words: &Words) -> Option<(String, Vec<(&'static str, String)>)> {
    let today = input.days.get(input.day)?;
    let next = input.days.get(input.day + 1)?;
    let broadcast = input.week.broadcasts.get(next.index)?;
    let lead = if today.date.checked_add_days(Days::new(1)) == Some(next.date) {
        words.tomorrow.to_owned()
    } else {
        words.next(&dates::day_and_month(next.date, &input.week.lang))
    };
    let mut fields = vec![("theme", plain(broadcast.theme.value()))];
    fields.extend(optional(broadcast.summary.as_ref()).map(|summary| ("summary", summary)));
    Some((lead, fields))
}
