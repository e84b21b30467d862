//! `plan`: the week as a calendar, above the table.

use crate::app::{App, DayReady, WeekReady, days_off};
use crate::model::{Findings, count};
use crate::output::{Standing, StripDay, StripMark, week_strip};

/// The calendar of the days; `due` says how many are left to get each.
pub(crate) fn strip(app: &App, week: &WeekReady, days: &[&DayReady], due: &[usize]) -> String {
    let shown = days.iter().zip(due).map(|(day, due)| StripDay {
        date: day.day.date,
        at: day.day.at.format("%H:%M").to_string(),
        theme: week.theme(&day.day).to_owned(),
        people: count(*due, "recipient"),
        standing: if *due == 0 && !day.expansion.recipients.is_empty() { Standing::Done } else { Standing::Planned },
    });
    let shown: Vec<StripDay> = shown.collect();
    let awareness = week.week.awareness_day.iter();
    let awareness = awareness.map(|day| StripMark { date: day.date.0, words: day.name.value().to_owned(), off: false });
    let off = days_off(&app.project, &week.settings.organisation, &mut Findings::new());
    let off = off.holidays.into_iter().map(|day| StripMark { date: day.date, words: day.name, off: true });
    week_strip(&shown, &awareness.chain(off).collect::<Vec<_>>())
}
