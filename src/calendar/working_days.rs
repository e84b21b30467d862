//! Working days from a date on: Monday to Friday, without bank holidays.

use chrono::{Datelike as _, NaiveDate};

use crate::model::Holiday;

/// Consecutive working days, and what lay between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// The days, in order.
    pub dates: Vec<NaiveDate>,
    /// Bank holidays that were passed over.
    pub skipped: Vec<Holiday>,
}

/// The first `count` working days at or after `first`.
#[must_use]
pub fn working_days(first: NaiveDate, count: usize, holidays: &[Holiday]) -> WorkingDays {
    let mut found = WorkingDays { dates: Vec::new(), skipped: Vec::new() };
    for date in first.iter_days().filter(|date| is_weekday(*date)) {
        if found.dates.len() >= count {
            break;
        }
        match holidays.iter().find(|holiday| holiday.date == date) {
            Some(holiday) => found.skipped.push(holiday.clone()),
            None => found.dates.push(date),
        }
    }
    found
}

/// The dates of a pattern of days moved so that its first, the earliest, falls on `first`.
///
/// Where the day of the week is the same, each day keeps its own. Otherwise each keeps its distance in weekdays, so that
/// no weekend comes into a week that had none.
#[must_use]
pub fn moved_days(old: &[NaiveDate], first: NaiveDate) -> Vec<NaiveDate> {
    let Some(begin) = old.iter().min().copied() else { return Vec::new() };
    let on_weekdays = old.iter().all(|date| is_weekday(*date)) && is_weekday(first);
    old.iter()
        .map(|date| {
            if begin.weekday() == first.weekday() || !on_weekdays {
                return first + (*date - begin);
            }
            let steps = begin.iter_days().take_while(|day| day < date).filter(|day| is_weekday(*day)).count();
            first.iter_days().filter(|day| is_weekday(*day)).nth(steps).unwrap_or(first)
        })
        .collect()
}

fn is_weekday(date: NaiveDate) -> bool {
    date.weekday().number_from_monday() <= 5
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{moved_days, working_days};
    use crate::model::Holiday;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_bank_holidays_are_passed_over() {
        let friday = Holiday { date: date("2027-03-26"), name: "Good Friday".into() };
        let monday = Holiday { date: date("2027-03-29"), name: "Easter Monday".into() };
        let found = working_days(date("2027-03-25"), 3, &[friday.clone(), monday.clone()]);
        assert_eq!(found.dates, ["2027-03-25", "2027-03-30", "2027-03-31"].map(date));
        assert_eq!(found.skipped, [friday, monday]);
        // A holiday behind the last day is none of the week's.
        let found = working_days(date("2027-03-20"), 1, &[Holiday { date: date("2027-03-23"), name: "Feast".into() }]);
        assert_eq!((found.dates, found.skipped.len()), (vec![date("2027-03-22")], 0));
    }

    #[test]
    fn a_pattern_keeps_its_weekdays_or_its_distances() {
        let old = ["2027-03-12", "2027-03-15", "2027-03-18"].map(date);
        assert_eq!(moved_days(&old, date("2028-03-10")), ["2028-03-10", "2028-03-13", "2028-03-16"].map(date));
        assert_eq!(moved_days(&old, date("2028-03-13")), ["2028-03-13", "2028-03-14", "2028-03-17"].map(date));
        assert_eq!(moved_days(&old, date("2028-03-16")), ["2028-03-16", "2028-03-17", "2028-03-22"].map(date));
        let weekend = ["2027-03-13", "2027-03-15"].map(date);
        assert_eq!(moved_days(&weekend, date("2028-03-13")), ["2028-03-13", "2028-03-15"].map(date));
        assert!(moved_days(&[], date("2028-03-13")).is_empty());
    }
}
