//! The day that the officer names on the command line.

use chrono::{Datelike as _, NaiveDate};

use crate::model::{Day, DayName, list_of, long_date};

/// Why a name is none of the week's days; the words say which there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayFault {
    /// The week has no day that could be scheduled.
    #[error("the week has no day with a date and a time")]
    Empty,
    /// No day has this name.
    #[error("the week has no broadcast {asked}; it has {}", list_of(.days))]
    Unknown {
        /// Such as `on a Sunday`.
        asked: String,
        /// The days of the week, in words.
        days: Vec<String>,
    },
    /// Several have it.
    #[error("the week has more than one broadcast {asked}: {}; name it by {by}", list_of(.days))]
    Ambiguous {
        /// Such as `on a Friday`.
        asked: String,
        /// The days that are meant.
        days: Vec<String>,
        /// What tells them apart.
        by: &'static str,
    },
    /// `next`, but every day is done.
    #[error("every day of the week is finished; it had {}", list_of(.days))]
    Finished {
        /// The days of the week, in words.
        days: Vec<String>,
    },
}

/// Finds the named day; `days` are in order of their dates. `next` is the first that is not `finished`.
///
/// # Errors
/// [`DayFault`] when no day or more than one is meant.
pub fn resolve<'d>(
    name: &DayName,
    days: &'d [Day],
    today: NaiveDate,
    finished: &dyn Fn(&Day) -> bool,
) -> Result<&'d Day, DayFault> {
    if days.is_empty() {
        return Err(DayFault::Empty);
    }
    let on = |date: NaiveDate| days.iter().filter(|day| day.date == date).collect();
    let (found, asked, by): (Vec<&Day>, String, _) = match name {
        DayName::Next => {
            let next = days.iter().find(|day| !finished(day));
            return next.ok_or_else(|| DayFault::Finished { days: describe(days) });
        }
        DayName::Weekday(weekday) => {
            let found = days.iter().filter(|day| day.date.weekday().num_days_from_monday() == *weekday).collect();
            (found, format!("on a {}", weekday_name(*weekday)), "its date")
        }
        DayName::Date(date) => (on(*date), format!("on {}", long_date(*date)), "its number"),
        DayName::Today => (on(today), format!("today, {}", long_date(today)), "its number"),
        DayName::Number(number) => {
            (days.iter().filter(|day| day.number == *number).collect(), format!("number {number}"), "its date")
        }
    };
    match found.as_slice() {
        [] => Err(DayFault::Unknown { asked, days: describe(days) }),
        [day] => Ok(day),
        several => Err(DayFault::Ambiguous { asked, days: describe(several.iter().copied()), by }),
    }
}

fn weekday_name(days_from_monday: u32) -> &'static str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES[days_from_monday as usize % 7]
}

/// `1 (Friday 12 March 2027)`.
fn describe<'d>(days: impl IntoIterator<Item = &'d Day>) -> Vec<String> {
    days.into_iter().map(|day| format!("{} ({})", day.number, long_date(day.date))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone as _};

    use super::{DayFault, resolve};
    use crate::model::Day;

    fn days(dates: &[&str]) -> Vec<Day> {
        let day = |(index, date): (usize, &&str)| {
            let date: NaiveDate = date.parse().unwrap();
            let at = chrono_tz::Europe::London.from_local_datetime(&date.and_hms_opt(8, 30, 0).unwrap()).unwrap();
            Day { number: index + 1, index, date, at }
        };
        dates.iter().enumerate().map(day).collect()
    }

    #[test]
    fn days_are_named_in_every_way_of_the_contract() {
        let week = days(&["2027-03-12", "2027-03-15", "2027-03-16", "2027-03-19"]);
        let list = "1 (Friday 12 March 2027), 2 (Monday 15 March 2027), 3 (Tuesday 16 March 2027) and 4 (Friday 19 March 2027)";
        let unknown = |asked: &str| Err(format!("the week has no broadcast {asked}; it has {list}"));
        for (name, expected) in [
            ("monday", Ok(2)),
            ("TUE", Ok(3)),
            ("2027-03-19", Ok(4)),
            ("1", Ok(1)),
            ("today", Ok(2)),
            ("next", Ok(3)),
            ("sunday", unknown("on a Sunday")),
            ("2027-03-14", unknown("on Sunday 14 March 2027")),
            ("5", unknown("number 5")),
            (
                "friday",
                Err("the week has more than one broadcast on a Friday: 1 (Friday 12 March 2027) and \
                     4 (Friday 19 March 2027); name it by its date"
                    .into()),
            ),
        ] {
            let found = resolve(&name.parse().unwrap(), &week, "2027-03-15".parse().unwrap(), &|day| day.number < 3);
            assert_eq!(found.map(|day| day.number).map_err(|fault| fault.to_string()), expected, "{name}");
        }
    }

    #[test]
    fn there_may_be_none_today_or_none_left() {
        let week = days(&["2027-03-12", "2027-03-12"]);
        let ask = |name: &str, today: &str, week: &[Day]| {
            let found = resolve(&name.parse().unwrap(), week, today.parse().unwrap(), &|_| true);
            found.map(|day| day.number).map_err(|fault| fault.to_string())
        };
        assert!(ask("today", "2027-03-13", &week).unwrap_err().contains("no broadcast today, Saturday 13 March 2027"));
        assert!(ask("today", "2027-03-12", &week).unwrap_err().ends_with("name it by its number"));
        assert!(ask("next", "2027-03-12", &week).unwrap_err().starts_with("every day of the week is finished"));
        assert_eq!(ask("next", "2027-03-12", &[]), Err(DayFault::Empty.to_string()));
    }
}
