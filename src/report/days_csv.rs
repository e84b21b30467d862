//! `days.csv`: a row a day, and one more for each further edition and each correction of a day.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::report::error::ReportError;
use crate::report::moments::against_plan;
use crate::report::pack::{BoardPack, PackCorrection, PackDay, PackEdition};
use crate::spreadsheet::csv_file;

/// Its name.
pub(in crate::report) const DAYS_CSV: &str = "days.csv";

const HEAD: [&str; 24] = [
    "number",
    "day",
    "date",
    "theme",
    "subject",
    "edition",
    "state",
    "planned_at",
    "began_at",
    "ended_at",
    "began",
    "recipients",
    "accepted",
    "bounced",
    "deferred",
    "refused",
    "in_doubt",
    "due",
    "suppressed",
    "skipped",
    "expired",
    "lists",
    "digest",
    "sample",
];

/// The file's content. Times are RFC 3339 in the week's zone.
///
/// # Errors
/// [`ReportError::Table`].
pub(in crate::report) fn days_csv(pack: &BoardPack) -> Result<Vec<u8>, ReportError> {
    let mut rows = Vec::new();
    for (index, day) in pack.days.iter().enumerate() {
        if day.editions.is_empty() {
            rows.push(row(index + 1, day, None, pack.timezone));
        }
        rows.extend(day.editions.iter().map(|edition| row(index + 1, day, Some(edition), pack.timezone)));
        rows.extend(day.corrections.iter().map(|one| correction_row(index + 1, day, one, pack.timezone)));
    }
    csv_file(&HEAD, &rows).map_err(|cause| ReportError::Table { file: DAYS_CSV, cause })
}

fn row(number: usize, day: &PackDay, edition: Option<&PackEdition>, zone: Tz) -> Vec<String> {
    let record = edition.map(|edition| &edition.record);
    let counts = record.map_or(day.status.counts, |record| record.counts);
    let begun = record.map(|record| record.begun_at);
    let first = begun.filter(|begun| day.editions.first().is_some_and(|first| first.record.begun_at == *begun));
    let ended = edition.and_then(|edition| edition.ended_at);
    let lists: Vec<&str> = day.lists.iter().map(|list| list.name.0.as_str()).collect();
    let mut row = vec![
        number.to_string(),
        day.planned_at.format("%A").to_string(),
        day.planned_at.date_naive().to_string(),
        record.map_or(&day.status.theme, |record| &record.theme).clone(),
        record.map_or(&day.subject, |record| &record.subject).clone(),
        record.map_or_else(String::new, |record| record.mailing().to_string()),
        day.status.state.words().to_owned(),
        stamp(Some(day.planned_at.with_timezone(&Utc)), zone),
        stamp(begun, zone),
        stamp(ended, zone),
        // A later edition was planned by nobody; comparing it with the plan would be unfair.
        first.map_or_else(String::new, |begun| against_plan(day.planned_at, begun)),
    ];
    let numbers = [
        counts.total(),
        counts.accepted,
        counts.bounced,
        counts.deferred,
        counts.refused,
        counts.in_doubt,
        counts.due,
        counts.suppressed,
        counts.skipped,
        counts.expired,
    ];
    row.extend(numbers.map(|number| number.to_string()));
    row.push(lists.join(" "));
    row.push(record.map(|record| record.digest.clone()).or_else(|| day.status.digest.clone()).unwrap_or_default());
    row.push(day.sample.as_ref().map_or_else(String::new, |_| day.sample_file(number)));
    row
}

/// A correction goes to no lists, and nobody planned it.
fn correction_row(number: usize, day: &PackDay, correction: &PackCorrection, zone: Tz) -> Vec<String> {
    let mut row = row(number, day, Some(&correction.mailing), zone);
    let state = day.status.corrections.iter().find(|one| one.number == correction.number);
    let sample = correction.sample.as_ref().map(|_| day.correction_file(number, correction.number));
    let own = [
        ("state", state.map_or(String::new(), |one| one.state.words().to_owned())),
        ("planned_at", String::new()),
        ("began", String::new()),
        ("lists", String::new()),
        ("sample", sample.unwrap_or_default()),
    ];
    for (name, value) in own {
        if let Some(cell) = HEAD.iter().position(|head| *head == name).and_then(|at| row.get_mut(at)) {
            *cell = value;
        }
    }
    row
}

/// RFC 3339 with the offset of the zone, or nothing.
pub(in crate::report) fn stamp(at: Option<DateTime<Utc>>, zone: Tz) -> String {
    at.map_or_else(String::new, |at| at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false))
}
