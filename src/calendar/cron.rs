//! `schedule`: a cron expression, guarded. It is read for its days and for the one time of day that it names.
//!
//! Of the `cron` crate only the parser and the search on wall time carried in UTC are used: UTC has no clock changes, so
//! that its faults around them (a skipped day in spring, runs out of order in autumn; version 0.17.0) cannot show.

use std::str::FromStr as _;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use cron::TimeUnitSpec as _;

use crate::calendar::cron_fault::{Fault, fault_of};
use crate::calendar::cron_field::{Field, Kind};
use crate::model::{Finding, Findings, Place, Text, count};

/// A good example, used in remedies.
const EXAMPLE: &str = "30 8 * * MON-FRI";

/// A schedule that keeps all its promises: known fields, days by name, one time of day, days to come.
#[derive(Debug, Clone)]
pub(crate) struct DailySchedule {
    schedule: cron::Schedule,
    /// The time of day that it names.
    pub(crate) time: NaiveTime,
    /// The fields that set it.
    pub(crate) time_place: Place,
}

impl DailySchedule {
    /// Reads five fields, or six or seven with the seconds first and the year last. Each fault becomes a finding that
    /// points at its field inside the string; `None` if there was one.
    pub(crate) fn read(text: &Text, findings: &mut Findings) -> Option<Self> {
        let before = findings.errors();
        let fields = match fields(text.value()) {
            Ok(fields) => fields,
            Err(fault) => {
                findings.push(finding(fault, text.place().clone()));
                return None;
            }
        };
        for field in &fields {
            if let Some(fault) = fault_of(field) {
                findings.push(finding(fault, text.at(field.range.clone())));
            }
        }
        both_days(text, &fields, findings);
        if findings.errors() > before {
            return None;
        }
        let mut expression: Vec<&str> = fields.iter().map(|field| field.text).collect();
        if fields.len() == 5 {
            expression.insert(0, "0");
        }
        let schedule = match cron::Schedule::from_str(&expression.join(" ")) {
            Ok(schedule) => schedule,
            Err(error) => {
                let fault = Fault::new("cron-value", format!("the schedule cannot be read: {error}"), example());
                findings.push(finding(fault, text.place().clone()));
                return None;
            }
        };
        let time = one_time(text, &fields, &schedule, findings)?;
        let part = |kind| fields.iter().find(|field| field.kind == kind).map(|field| field.range.clone());
        let span = part(Kind::Minute)?.start..part(Kind::Hour)?.end;
        let daily = Self { schedule, time, time_place: text.at(span) };
        if daily.next_from(NaiveDate::from_ymd_opt(1970, 1, 1)?).is_none() {
            let fault = Fault::new("cron-never", "the schedule never comes: there is no such date", example());
            findings.push(finding(fault, text.at(days_range(&fields)?)));
            return None;
        }
        Some(daily)
    }

    /// The first date at or after `date` on which it runs; none after the year 2100.
    pub(crate) fn next_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        // `after` excludes its argument.
        let before = date.and_time(NaiveTime::MIN).checked_sub_signed(TimeDelta::seconds(1))?.and_utc();
        self.schedule.after(&before).next().map(|at: DateTime<chrono::Utc>| at.date_naive())
    }
}

fn example() -> String {
    format!("write minute, hour, day of the month, month and day of the week, as in \"{EXAMPLE}\"")
}

fn finding(fault: Fault, place: Place) -> Finding {
    Finding::error(fault.rule, place, fault.message).help(fault.help)
}

/// Splits the expression; what is no cron expression at all is refused as a whole.
fn fields(text: &str) -> Result<Vec<Field<'_>>, Fault> {
    let ranges = word_ranges(text);
    let words: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
    if let Some(word) = words.first().filter(|word| word.starts_with('@')) {
        let message = format!("\"{word}\" is a short form that this schedule does not know");
        return Err(Fault::new("cron-extension", message, example()));
    }
    if let Some(word) = words.first().filter(|word| word.contains('=')) {
        let message = format!("\"{word}\" cannot stand in a schedule");
        return Err(Fault::new("cron-extension", message, "name the zone in `timezone`, and give the schedule alone"));
    }
    let Some(kinds) = Kind::of(words.len()) else {
        let message = format!("the schedule has {}, but needs five", count(words.len(), "field"));
        let help = match NaiveTime::parse_from_str(text.trim(), "%H:%M") {
            Ok(time) => format!("for {} on working days write \"{} * * MON-FRI\"", text.trim(), time.format("%-M %-H")),
            Err(_) if text.contains("**") => format!("put a space between the fields, as in \"{EXAMPLE}\""),
            Err(_) => example(),
        };
        return Err(Fault::new("cron-fields", message, help));
    };
    let field =
        |(range, kind): (std::ops::Range<usize>, &Kind)| Field { kind: *kind, text: &text[range.clone()], range };
    Ok(ranges.into_iter().zip(kinds).map(field).collect())
}

/// Where the words stand between white space of any kind, a no-break space from a word processor included.
fn word_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                ranges.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    ranges
}

/// A day of the month beside a day of the week: the `cron` crate wants both to agree, crontab wants either.
fn both_days(text: &Text, fields: &[Field<'_>], findings: &mut Findings) {
    let chosen = |kind| fields.iter().find(|field| field.kind == kind && !matches!(field.text, "*" | "?"));
    if let (Some(month), Some(week)) = (chosen(Kind::DayOfMonth), chosen(Kind::Weekday)) {
        let message = format!("\"{}\" and \"{}\": a schedule cannot choose both kinds of day", month.text, week.text);
        let finding = Finding::error("cron-both-days", text.at(month.range.clone()), message)
            .label(text.at(week.range.clone()), "the day of the week")
            .help(format!("write * for the day of the month, as in \"{EXAMPLE}\""));
        findings.push(finding);
    }
}

/// The one time of day; several are refused, because one day has one broadcast.
fn one_time(
    text: &Text,
    fields: &[Field<'_>],
    schedule: &cron::Schedule,
    findings: &mut Findings,
) -> Option<NaiveTime> {
    let (seconds, minutes, hours) = (schedule.seconds(), schedule.minutes(), schedule.hours());
    let counts = [(Kind::Second, seconds.count()), (Kind::Minute, minutes.count()), (Kind::Hour, hours.count())];
    if let Some((kind, several)) = counts.into_iter().find(|(_, several)| *several > 1) {
        let field = fields.iter().find(|field| field.kind == kind)?;
        let message =
            format!("\"{}\" names {}, but a day has one broadcast", field.text, count(several as usize, kind.word()));
        let help = format!("write one number, as in \"{EXAMPLE}\"; a day with another time has its own `at`");
        findings.push(finding(Fault::new("cron-often", message, help), text.at(field.range.clone())));
        return None;
    }
    NaiveTime::from_hms_opt(hours.iter().next()?, minutes.iter().next()?, seconds.iter().next()?)
}

/// From the first to the last of the fields that choose days.
fn days_range(fields: &[Field<'_>]) -> Option<std::ops::Range<usize>> {
    let day = |field: &&Field<'_>| !matches!(field.kind, Kind::Second | Kind::Minute | Kind::Hour);
    let chosen = |field: &&Field<'_>| day(field) && !matches!(field.text, "*" | "?");
    Some(fields.iter().find(chosen)?.range.start..fields.iter().rfind(chosen)?.range.end)
}

#[cfg(test)]
mod tests;
