//! A week's broadcasts as days in the order of their dates, each at one instant.

use chrono::{DateTime, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::calendar::dates::dates;
use crate::calendar::local::{Local, first_clear, local};
use crate::calendar::times::Times;
use crate::model::{Broadcast, Day, Finding, Findings, Place, Week, long_date};

/// Schedules a week: the days by date, numbered from 1.
///
/// A day's own `date` and `at` win; otherwise the week's schedule gives them (see `dates`). Faulty days are left out
/// and said in findings; the others come back. Days that were dropped are left out too: see [`dropped`].
#[must_use]
pub fn schedule(week: &Week, findings: &mut Findings) -> Vec<Day> {
    let times = Times::of(week, findings);
    let mut days = Vec::new();
    for (index, date) in dates(week, &times, findings).into_iter().enumerate() {
        let broadcast = &week.broadcasts[index];
        if broadcast.dropped.is_some() {
            continue;
        }
        let time = time(broadcast, &times, findings);
        if let (Some(date), Some((time, place))) = (date, time)
            && let Some(at) = instant(week, broadcast, (date, time), place, findings)
        {
            days.push(Day { number: 0, index, date, at });
        }
    }
    days.sort_by_key(|day| (day.date, day.at, day.index));
    for (index, day) in days.iter_mut().enumerate() {
        day.number = index + 1;
    }
    days
}

/// The days that were dropped, by date, with the number 0: where they would be. Each keeps its date, so that no other day
/// takes it from the schedule.
#[must_use]
pub fn dropped(week: &Week) -> Vec<Day> {
    let mut ignored = Findings::new();
    let times = Times::of(week, &mut ignored);
    let mut days = Vec::new();
    for (index, date) in dates(week, &times, &mut ignored).into_iter().enumerate() {
        let broadcast = &week.broadcasts[index];
        let (Some(date), true) = (date, broadcast.dropped.is_some()) else { continue };
        let time = broadcast.at.as_ref().map(|(time, _)| *time).or_else(|| times.time().map(|(time, _)| time));
        let at = match local(date.and_time(time.unwrap_or_default()), week.timezone) {
            Local::Exists(at) | Local::Ambiguous(at, _) | Local::Missing(at) => at,
        };
        days.push(Day { number: 0, index, date, at });
    }
    days.sort_by_key(|day| (day.date, day.at, day.index));
    days
}

/// The date of each broadcast in file order, dropped ones included, as far as there is one.
#[must_use]
pub fn dates_of(week: &Week) -> Vec<Option<NaiveDate>> {
    let mut ignored = Findings::new();
    let times = Times::of(week, &mut ignored);
    dates(week, &times, &mut ignored)
}

/// The time of day and the place that sets it.
fn time<'a>(broadcast: &'a Broadcast, times: &'a Times, findings: &mut Findings) -> Option<(NaiveTime, &'a Place)> {
    if let Some((time, place)) = &broadcast.at {
        return Some((*time, place));
    }
    if matches!(times, Times::Unset) {
        let message = format!("nothing says at what time \"{}\" goes out", broadcast.theme.value());
        let help = "give it a line such as at = \"08:30\", or give [week] a schedule = \"30 8 * * MON-FRI\"";
        findings.push(Finding::error("no-time", broadcast.place.clone(), message).help(help));
    }
    times.time()
}

/// The one instant of a wall time; one that never comes, or comes twice, is an error where it is set.
fn instant(
    week: &Week,
    broadcast: &Broadcast,
    (date, time): (NaiveDate, NaiveTime),
    place: &Place,
    findings: &mut Findings,
) -> Option<DateTime<Tz>> {
    let wall = date.and_time(time);
    let zone = week.timezone;
    let (rule, why) = match local(wall, zone) {
        Local::Exists(at) => return Some(at),
        Local::Missing(_) => ("time-missing", "does not exist: the clocks go forward over it"),
        Local::Ambiguous(..) => ("time-ambiguous", "comes twice: the clocks go back over it"),
    };
    let clear = first_clear(wall, zone);
    let message = format!("{} on {} {why} in {zone}", clock_time(time), long_date(date));
    let help = if clear.date() == date {
        format!("give the day at = \"{}\" or a later time", clock_time(clear.time()))
    } else {
        format!("give the day the date {}", clear.date())
    };
    let mut finding = Finding::error(rule, place.clone(), message).help(help);
    if broadcast.at.is_none() {
        let day = broadcast.date.as_ref().map_or(&broadcast.place, |(_, place)| place);
        finding = finding.label(day.clone(), "the day that it would be");
    }
    findings.push(finding);
    None
}

/// `08:30`, or `08:30:15` where there are seconds.
fn clock_time(time: NaiveTime) -> String {
    let text = time.format("%H:%M:%S").to_string();
    text.strip_suffix(":00").map_or(text.clone(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests;
