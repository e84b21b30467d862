//! A broadcast with its place in the calendar.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

/// One day of a week, scheduled: the `index`th broadcast of the file at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its place in the week by date, from 1.
    pub number: usize,
    /// Index into `Week::broadcasts`.
    pub index: usize,
    /// Its date.
    pub date: NaiveDate,
    /// When it is due, in the week's zone.
    pub at: DateTime<Tz>,
}

impl Day {
    /// When it is due.
    #[must_use]
    pub fn due(&self) -> DateTime<Utc> {
        self.at.with_timezone(&Utc)
    }

    /// `monday` to `sunday`: what the officer types.
    #[must_use]
    pub fn weekday(&self) -> &'static str {
        const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        NAMES[self.date.weekday().num_days_from_monday() as usize]
    }
}

/// How the officer names a day on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayName {
    /// `monday` or `mon`: days from Monday.
    Weekday(u32),
    /// `2027-03-15`.
    Date(NaiveDate),
    /// `1`: by date order, from 1.
    Number(usize),
    /// `today`.
    Today,
    /// `next`: the first not yet finished.
    Next,
}

impl std::str::FromStr for DayName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let word = text.trim().to_lowercase();
        match word.as_str() {
            "today" => return Ok(Self::Today),
            "next" => return Ok(Self::Next),
            _ => {}
        }
        if let Some(index) = NAMES.iter().position(|name| *name == word || (word.len() >= 3 && name.starts_with(&word)))
        {
            return Ok(Self::Weekday(index as u32));
        }
        if let Ok(date) = NaiveDate::parse_from_str(&word, "%Y-%m-%d") {
            return Ok(Self::Date(date));
        }
        match word.parse::<usize>() {
            Ok(number) if number > 0 => Ok(Self::Number(number)),
            _ => {
                Err(format!("\"{text}\" is no day: give a weekday, a date such as 2027-03-15, a number, today or next"))
            }
        }
    }
}
