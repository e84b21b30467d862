//! Calendar events of systemd (systemd.time(7)): dates and times in the week's own zone, so that neither the computer's
//! zone nor a change of the clocks can shift them.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::scheduler::timetable::{MINUTES_BETWEEN, Slot};

/// The very times at which days are due: `2027-03-15..19 08:30:00 Europe/London`, a line for each month and time.
pub(in crate::scheduler) fn due(slots: &[Slot]) -> Vec<String> {
    let mut times: Vec<(NaiveTime, &'static str)> = Vec::new();
    for slot in slots {
        let time = (slot.due.time(), slot.due.timezone().name());
        if !times.contains(&time) {
            times.push(time);
        }
    }
    let dates = |time| {
        let at = slots.iter().filter(move |slot| (slot.due.time(), slot.due.timezone().name()) == time);
        at.map(|slot| slot.due.date_naive()).collect()
    };
    let mut lines: Vec<String> = times
        .into_iter()
        .flat_map(|time| {
            months(&dates(time))
                .into_iter()
                .map(move |dates| format!("{dates} {} {}", time.0.format("%H:%M:%S"), time.1))
        })
        .collect();
    lines.sort();
    lines
}

/// Every quarter of an hour on each date that a day's window touches: `2027-03-15..23 *:00/15:00 Europe/London`.
pub(in crate::scheduler) fn again(slots: &[Slot]) -> Vec<String> {
    let Some(zone) = slots.first().map(|slot| slot.due.timezone()) else { return Vec::new() };
    let dates: BTreeSet<NaiveDate> = slots
        .iter()
        .flat_map(|slot| {
            let last = slot.until.with_timezone(&zone).date_naive();
            slot.due.date_naive().iter_days().take_while(move |date| *date <= last)
        })
        .collect();
    let each = format!("*:00/{MINUTES_BETWEEN}:00 {}", zone.name());
    months(&dates).into_iter().map(|dates| format!("{dates} {each}")).collect()
}

/// Dates of one month, as runs of days.
struct Month {
    year: i32,
    month: u32,
    runs: Vec<(u32, u32)>,
}

/// Dates as systemd writes several of one month: `2027-03-26,29..31`.
fn months(dates: &BTreeSet<NaiveDate>) -> Vec<String> {
    let mut months: Vec<Month> = Vec::new();
    for date in dates {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match months.last_mut().filter(|last| (last.year, last.month) == (year, month)) {
            None => months.push(Month { year, month, runs: vec![(day, day)] }),
            Some(last) => match last.runs.last_mut() {
                Some((_, end)) if *end + 1 == day => *end = day,
                _ => last.runs.push((day, day)),
            },
        }
    }
    let run = |(from, to): &(u32, u32)| if from == to { format!("{from:02}") } else { format!("{from:02}..{to:02}") };
    let line = |Month { year, month, runs }: &Month| {
        format!("{year:04}-{month:02}-{}", runs.iter().map(run).collect::<Vec<_>>().join(","))
    };
    months.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{again, due};
    use crate::scheduler::timetable::sample::timetable;

    #[test]
    fn dates_are_grouped_by_month_and_time() {
        let slots = timetable().slots;
        assert_eq!(due(&slots), ["2027-03-26,29..30 08:30:00 Europe/London"]);
        assert_eq!(
            again(&slots),
            ["2027-03-26..31 *:00/15:00 Europe/London", "2027-04-01..03 *:00/15:00 Europe/London"]
        );
    }
}
