//! What gives the days of a week that say nothing themselves their dates and times.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};

use crate::calendar::cron::DailySchedule;
use crate::model::{Finding, Findings, Place, Week, long_date};

/// The week's `schedule`.
pub(crate) enum Times {
    /// There is none: dates are working days, times must be given.
    Unset,
    /// It has a fault, which was said.
    Faulty,
    /// It holds.
    Daily(Box<DailySchedule>),
}

impl Times {
    /// Reads the week's schedule.
    pub(crate) fn of(week: &Week, findings: &mut Findings) -> Self {
        match &week.schedule {
            None => Self::Unset,
            Some(text) => {
                DailySchedule::read(text, findings).map_or(Self::Faulty, |daily| Self::Daily(Box::new(daily)))
            }
        }
    }

    /// The first date at or after `from`.
    pub(crate) fn next_date(&self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Unset => from.iter_days().take(7).find(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)),
            Self::Faulty => None,
            Self::Daily(daily) => daily.next_from(from),
        }
    }

    /// The time of day, and the place that sets it.
    pub(crate) fn time(&self) -> Option<(NaiveTime, &Place)> {
        match self {
            Self::Daily(daily) => Some((daily.time, &daily.time_place)),
            Self::Unset | Self::Faulty => None,
        }
    }

    /// Says that no date is left from `from` on.
    pub(crate) fn ended(&self, week: &Week, from: NaiveDate, findings: &mut Findings) {
        if let (Self::Daily(_), Some(text)) = (self, &week.schedule) {
            let message = format!("the schedule has no day from {} on", long_date(from));
            let finding = Finding::error("cron-never", text.place().clone(), message);
            findings.push(finding.help("look at the year and the months of the schedule, or at `starts`"));
        }
    }
}
