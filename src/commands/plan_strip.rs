//! `plan`: the week as a calendar, above the table.

use crate::app::{App, DayReady, WeekReady, days_off};
use crate::model::{Findings, count};
use crate::output::{Standing, StripDay, StripMark, week_strip};

/// The calendar of the days; `due` says how many are left to get each, `all` whether it is the whole week.
pub(crate) fn strip(app: &App, week: &WeekReady, days: &[&DayReady], due: &[usize], all: bool) -> String {
    let strip_day = |day: &DayReady, standing: Standing, people: String| StripDay {
        date: day.day.date,
        at: day.day.at.format("%H:%M").to_string(),
        theme: week.theme(&day.day).to_owned(),
        people,
        standing,
    };
    let shown = days.iter().zip(due).map(|(day, due)| {
        let done = *due == 0 && !day.expansion.recipients.is_empty();
        strip_day(day, if done { Standing::Done } else { Standing::Planned }, count(*due, "recipient"))
    });
    let dropped = week.dropped.iter().filter(|_| all);
    let dropped = dropped.map(|one| strip_day(&one.ready, Standing::Dropped, String::new()));
    let shown: Vec<StripDay> = shown.chain(dropped).collect();
    let awareness = week.week.awareness_day.iter();
    let awareness = awareness.map(|day| StripMark { date: day.date.0, words: day.name.value().to_owned(), off: false });
    let off = days_off(&app.project, &week.settings.organisation, &mut Findings::new());
    let off = off.holidays.into_iter().map(|day| StripMark { date: day.date, words: day.name, off: true });
    week_strip(&shown, &awareness.chain(off).collect::<Vec<_>>())
}
