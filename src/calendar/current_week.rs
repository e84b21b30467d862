//! Which week is meant when none is named: the current one, else the next, else the latest.

use chrono::NaiveDate;

use crate::model::list_of;

/// A week by its name, first and last date.
pub type WeekSpan = (String, NaiveDate, NaiveDate);

/// Why no week can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeekFault {
    /// There is none.
    #[error("there is no week with a date")]
    None,
    /// Two weeks run at once, or begin on the same date: which one is meant is not for a program to guess.
    #[error("{} are equally near", list_of(.0))]
    Several(Vec<String>),
}

/// The name of the week that `today` lies in, else of the next to come, else of the latest that has passed.
///
/// # Errors
/// [`WeekFault`] when there is none, or more than one.
pub fn current_week(weeks: &[WeekSpan], today: NaiveDate) -> Result<&str, WeekFault> {
    let current: Vec<&WeekSpan> = weeks.iter().filter(|(_, first, last)| (*first..=*last).contains(&today)).collect();
    let next = weeks.iter().filter(|(_, first, _)| *first > today).map(|(_, first, _)| *first).min();
    let latest = weeks.iter().map(|(_, _, last)| *last).max();
    let near: Vec<&WeekSpan> = match (current.is_empty(), next, latest) {
        (false, ..) => current,
        (true, Some(next), _) => weeks.iter().filter(|(_, first, _)| *first == next).collect(),
        (true, None, Some(latest)) => weeks.iter().filter(|(_, _, last)| *last == latest).collect(),
        (true, None, None) => Vec::new(),
    };
    match near.as_slice() {
        [] => Err(WeekFault::None),
        [(name, ..)] => Ok(name),
        several => Err(WeekFault::Several(several.iter().map(|(name, ..)| name.clone()).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::{WeekFault, WeekSpan, current_week};

    #[test]
    fn the_current_week_wins_then_the_next_then_the_latest() {
        let span = |name: &str, first: &str, last: &str| -> WeekSpan {
            (name.to_owned(), first.parse().unwrap(), last.parse().unwrap())
        };
        let weeks = [
            span("autumn", "2026-11-16", "2026-11-20"),
            span("spring", "2027-03-12", "2027-03-18"),
            span("overlap", "2027-03-18", "2027-03-24"),
            span("summer", "2027-07-05", "2027-07-09"),
        ];
        for (today, expected) in [
            ("2026-01-01", Ok("autumn")),
            ("2026-11-20", Ok("autumn")),
            ("2026-11-21", Ok("spring")),
            ("2027-03-17", Ok("spring")),
            ("2027-03-18", Err(WeekFault::Several(vec!["spring".into(), "overlap".into()]))),
            ("2027-03-19", Ok("overlap")),
            ("2027-03-25", Ok("summer")),
            ("2028-01-01", Ok("summer")),
        ] {
            assert_eq!(current_week(&weeks, today.parse().unwrap()), expected, "{today}");
        }
        assert_eq!(current_week(&[], "2027-03-18".parse().unwrap()), Err(WeekFault::None));
    }
}
