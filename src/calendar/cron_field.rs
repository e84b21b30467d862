//! The fields of a cron expression: what each is called, and which numbers and names may stand in it.
//!
//! The dialect is that of the `cron` crate, which is Quartz's: its week begins on Sunday, which is 1.

use std::ops::Range;

/// A field's meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Second,
    Minute,
    Hour,
    DayOfMonth,
    Month,
    Weekday,
    Year,
}

/// One field as written, with its byte range in the expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    pub(crate) kind: Kind,
    pub(crate) text: &'t str,
    pub(crate) range: Range<usize>,
}

/// The days of the week by their numbers from 1, as messages write them.
pub(crate) const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// All spellings of the days that the `cron` crate reads.
const DAY_NAMES: [(&str, u32); 16] = [
    ("SUN", 1),
    ("MON", 2),
    ("TUE", 3),
    ("WED", 4),
    ("THU", 5),
    ("FRI", 6),
    ("SAT", 7),
    ("TUES", 3),
    ("THURS", 5),
    ("SUNDAY", 1),
    ("MONDAY", 2),
    ("TUESDAY", 3),
    ("WEDNESDAY", 4),
    ("THURSDAY", 5),
    ("FRIDAY", 6),
    ("SATURDAY", 7),
];

/// All spellings of the months that the `cron` crate reads.
const MONTH_NAMES: [(&str, u32); 23] = [
    ("JAN", 1),
    ("FEB", 2),
    ("MAR", 3),
    ("APR", 4),
    ("MAY", 5),
    ("JUN", 6),
    ("JUL", 7),
    ("AUG", 8),
    ("SEP", 9),
    ("OCT", 10),
    ("NOV", 11),
    ("DEC", 12),
    ("JANUARY", 1),
    ("FEBRUARY", 2),
    ("MARCH", 3),
    ("APRIL", 4),
    ("JUNE", 6),
    ("JULY", 7),
    ("AUGUST", 8),
    ("SEPTEMBER", 9),
    ("OCTOBER", 10),
    ("NOVEMBER", 11),
    ("DECEMBER", 12),
];

impl Kind {
    /// The fields of an expression with five, six or seven of them.
    pub(crate) fn of(fields: usize) -> Option<&'static [Self]> {
        const ALL: [Kind; 7] =
            [Kind::Second, Kind::Minute, Kind::Hour, Kind::DayOfMonth, Kind::Month, Kind::Weekday, Kind::Year];
        match fields {
            5 => Some(&ALL[1..6]),
            6 | 7 => Some(&ALL[..fields]),
            _ => None,
        }
    }

    /// What it is called in messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::DayOfMonth => "day of the month",
            Self::Month => "month",
            Self::Weekday => "day of the week",
            Self::Year => "year",
        }
    }

    /// The least and the greatest number.
    pub(crate) fn limits(self) -> (u32, u32) {
        match self {
            Self::Second | Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::DayOfMonth => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (1, 7),
            Self::Year => (1970, 2100),
        }
    }

    /// The names that may stand for numbers.
    pub(crate) fn names(self) -> &'static [(&'static str, u32)] {
        match self {
            Self::Month => &MONTH_NAMES,
            Self::Weekday => &DAY_NAMES,
            _ => &[],
        }
    }

    /// The number that a name or number stands for, if it is one of this field's.
    pub(crate) fn value(self, word: &str) -> Option<u32> {
        let (least, most) = self.limits();
        if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return word.parse().ok().filter(|number| (least..=most).contains(number));
        }
        self.names().iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
    }

    /// What may stand in it.
    pub(crate) fn remedy(self) -> String {
        let (least, most) = self.limits();
        match self {
            Self::Weekday => "write day names: MON, a list such as MON,THU or a range such as MON-FRI".into(),
            Self::Month => "write 1 to 12 or JAN to DEC, or * for every month".into(),
            Self::DayOfMonth | Self::Year => format!("write a number from {least} to {most}, or * for every one"),
            Self::Second | Self::Minute | Self::Hour => format!("write a number from {least} to {most}"),
        }
    }
}
