//! The date of each broadcast of a week: its own, or the next that the schedule gives.

use chrono::{Datelike as _, NaiveDate};

use crate::calendar::times::Times;
use crate::model::{Finding, Findings, Week, long_date};

/// Dates in file order; `None` where nothing gives one, which a finding says.
///
/// A broadcast without a date comes after all that stand before it in the file, and not before `starts`. Without a
/// schedule such broadcasts take one working day each; with a faulty one they get no date, and its own finding stands.
pub(crate) fn dates(week: &Week, times: &Times, findings: &mut Findings) -> Vec<Option<NaiveDate>> {
    let mut cursor = week.starts.as_ref().map(|(date, _)| *date);
    let mut latest: Option<(NaiveDate, usize)> = None;
    let mut dates = Vec::new();
    for (index, broadcast) in week.broadcasts.iter().enumerate() {
        // What is wrong with the date of a day that is not sent does no harm.
        let mut ignored = Findings::new();
        let findings = if broadcast.dropped.is_some() { &mut ignored } else { &mut *findings };
        let date = match &broadcast.date {
            Some((date, place)) => {
                if let Some((before, at)) = latest.filter(|(before, _)| before > date) {
                    let message =
                        format!("{} comes before {}, which stands above it", long_date(*date), long_date(before));
                    let above =
                        week.broadcasts[at].date.as_ref().map_or(&week.broadcasts[at].place, |(_, place)| place);
                    let finding = Finding::warning("day-order", place.clone(), message)
                        .label(above.clone(), long_date(before))
                        .help("the days go out by date; put them into that order, or mend the date");
                    findings.push(finding);
                }
                Some(*date)
            }
            None => {
                let date = cursor.and_then(|from| times.next_date(from));
                match (cursor, date) {
                    (None, _) => no_date(week, index, findings),
                    (Some(from), None) => times.ended(week, from, findings),
                    (Some(from), Some(date)) => skipped_start(week, from, date, findings),
                }
                date
            }
        };
        if let Some(date) = date {
            latest = latest.filter(|(before, _)| *before >= date).or(Some((date, index)));
            cursor = date.succ_opt().max(cursor);
        }
        dates.push(date);
    }
    dates
}

fn no_date(week: &Week, index: usize, findings: &mut Findings) {
    let broadcast = &week.broadcasts[index];
    let message = format!("nothing says on which date \"{}\" goes out", broadcast.theme.value());
    let help = "give it a line such as date = 2027-03-15, or give [week] its first day: starts = 2027-03-15";
    findings.push(Finding::error("no-date", broadcast.place.clone(), message).help(help));
}

/// `starts` on a date that the schedule leaves out: the week begins later than its own file says.
fn skipped_start(week: &Week, from: NaiveDate, date: NaiveDate, findings: &mut Findings) {
    let Some((starts, place)) = week.starts.as_ref().filter(|(starts, _)| *starts == from && from != date) else {
        return;
    };
    let message = format!("{} is not a day of the schedule; the first day is {}", long_date(*starts), long_date(date));
    let help = format!("write starts = {date}, or name {} in the schedule", short_day(*starts));
    findings.push(Finding::warning("starts-skipped", place.clone(), message).help(help));
}

fn short_day(date: NaiveDate) -> String {
    date.weekday().to_string().to_uppercase()
}
