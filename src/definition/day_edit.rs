//! Changes to the lines of one day in a week's file: its date, its time, whether it is dropped. Everything else stays as it
//! is, remarks and blank lines included.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use crate::model::{Broadcast, Place, Week};

/// What is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayEdit {
    /// The new date.
    pub date: Option<NaiveDate>,
    /// The new time of day.
    pub at: Option<NaiveTime>,
    /// Whether it is dropped.
    pub dropped: Option<DropEdit>,
}

/// A change of `dropped`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DropEdit {
    /// With the reason, if there is one.
    Set(Option<String>),
    /// The line is taken out.
    Undo,
}

/// A piece of the text and what takes its place.
struct Splice {
    range: Range<usize>,
    text: String,
}

/// The text of the week's file with these changes, by the index of the broadcast.
#[must_use]
pub fn edited(week: &Week, edits: &BTreeMap<usize, DayEdit>) -> String {
    let text = &week.source.text;
    let mut splices: Vec<Splice> = Vec::new();
    for (index, edit) in edits {
        if let Some(broadcast) = week.broadcasts.get(*index) {
            splices.extend(splices_of(text, broadcast, edit));
        }
    }
    splices.sort_by_key(|splice| splice.range.start);
    let mut out = text.clone();
    for splice in splices.into_iter().rev() {
        out.replace_range(splice.range, &splice.text);
    }
    out
}

fn splices_of(text: &str, broadcast: &Broadcast, edit: &DayEdit) -> Vec<Splice> {
    let mut splices = Vec::new();
    let mut lines = Vec::new();
    if let Some(date) = edit.date {
        match &broadcast.date {
            Some((_, place)) => splices.push(replaced(text, place, &date.to_string(), &date.to_string())),
            None => lines.push(format!("date = {date}")),
        }
    }
    if let Some(at) = edit.at {
        let (short, long) = (clock(at), at.format("%H:%M:%S").to_string());
        match &broadcast.at {
            Some((_, place)) => splices.push(replaced(text, place, &short, &long)),
            None => lines.push(format!("at = \"{short}\"")),
        }
    }
    match (&edit.dropped, &broadcast.dropped) {
        (None, _) => {}
        (Some(DropEdit::Undo), dropped) => {
            splices.extend(dropped.as_ref().map(|dropped| taken_out(text, &dropped.place.range)));
        }
        (Some(DropEdit::Set(reason)), dropped) => {
            let value =
                reason.as_ref().map_or(toml::Value::Boolean(true), |reason| toml::Value::String(reason.clone()));
            let line = format!("dropped = {value}");
            match dropped {
                Some(dropped) => splices.push(Splice { range: dropped.place.range.clone(), text: line }),
                None => lines.push(line),
            }
        }
    }
    splices.extend((!lines.is_empty()).then(|| added(text, broadcast, &lines)));
    splices
}

/// `08:30`, or with the seconds where there are some.
fn clock(at: NaiveTime) -> String {
    let long = at.format("%H:%M:%S").to_string();
    long.strip_suffix(":00").map_or(long.clone(), ToOwned::to_owned)
}

/// A value in the quotation marks that it has; `bare` where it has none.
fn replaced(text: &str, place: &Place, quoted: &str, bare: &str) -> Splice {
    let old = text.get(place.range.clone()).unwrap_or_default();
    let mark = |triple: &'static str, single: &'static str| if old.starts_with(triple) { triple } else { single };
    let new = match old.chars().next() {
        Some('"') => format!("{0}{quoted}{0}", mark("\"\"\"", "\"")),
        Some('\'') => format!("{0}{quoted}{0}", mark("'''", "'")),
        _ => bare.to_owned(),
    };
    Splice { range: place.range.clone(), text: new }
}

/// New keys: below the heading with its indent, or first between the braces.
fn added(text: &str, broadcast: &Broadcast, lines: &[String]) -> Splice {
    let start = broadcast.place.range.start;
    if text[start..].starts_with('{') {
        let keys: String = lines.iter().map(|line| format!(" {line},")).collect();
        return Splice { range: start + 1..start + 1, text: keys };
    }
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent: String = text[line_start..].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    // A date comes before a time, and a time below the date that is there.
    let last = broadcast.date.as_ref().map_or(start, |(_, place)| place.range.end);
    let at = text[last..].find('\n').map_or(text.len(), |newline| last + newline + 1);
    let keys: String = lines.iter().map(|line| format!("{indent}{line}{newline}")).collect();
    let first = if text[..at].ends_with('\n') { "" } else { newline };
    Splice { range: at..at, text: format!("{first}{keys}") }
}

/// A key with its value: the whole line where nothing else stands on it, else with the comma that belongs to it.
fn taken_out(text: &str, range: &Range<usize>) -> Splice {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline + 1);
    let (before, after) = (&text[start..range.start], &text[range.end..end]);
    if before.trim().is_empty() && after.trim().is_empty() {
        return Splice { range: start..end, text: String::new() };
    }
    let comma = after.trim_start_matches([' ', '\t']);
    if comma.starts_with(',') {
        let behind = range.end + (after.len() - comma.len()) + 1;
        let spaces = text[behind..end].len() - text[behind..end].trim_start_matches([' ', '\t']).len();
        return Splice { range: range.start..behind + spaces, text: String::new() };
    }
    let kept = before.trim_end_matches([' ', '\t']);
    match kept.strip_suffix(',') {
        Some(kept) => Splice { range: start + kept.len()..range.end, text: String::new() },
        None => Splice { range: range.clone(), text: String::new() },
    }
}

#[cfg(test)]
mod tests;
