//! Where a day was before it was moved: the ledger knows a day by its date, so that what was recorded of a day that moved
//! stands under other dates. What was before a move and what was after it is told by the order of the record: a clock can
//! be set back.

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::delivery::BroadcastKey;
use crate::model::history::Act;

/// The kind of the act.
const MOVED: &str = "moved";

/// The dates of one day, the present one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts(Vec<Stay>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stay {
    date: String,
    /// The number of the act that began it.
    since: Option<u64>,
    /// The number of the act that ended it.
    until: Option<u64>,
}

impl Act {
    /// A day was moved to the date of `key`; both times in words, the first beginning with its date.
    #[must_use]
    pub fn moved(at: DateTime<Utc>, key: BroadcastKey, (from, to): (&str, &str)) -> Self {
        Self { at, key: Some(key), kind: MOVED.to_owned(), detail: format!("from {from} to {to}") }
    }

    /// The date from which a day came to `date` by this act.
    fn moved_from(&self, date: &str) -> Option<&str> {
        let here = self.kind == MOVED && self.key.as_ref().is_some_and(|key| key.date == date);
        let from = self.detail.strip_prefix("from ").filter(|_| here)?.get(..10)?;
        from.parse::<NaiveDate>().is_ok().then_some(from)
    }
}

impl Whereabouts {
    /// Of the day that is on a date now, by the acts of its week with their numbers, in the order of the record.
    #[must_use]
    pub fn of<'a>(date: &str, acts: impl IntoIterator<Item = (u64, &'a Act)>) -> Self {
        let mut stays = vec![Stay { date: date.to_owned(), since: None, until: None }];
        let acts: Vec<(u64, &Act)> = acts.into_iter().collect();
        for (number, act) in acts.into_iter().rev() {
            let Some(stay) = stays.last_mut() else { break };
            if let Some(from) = act.moved_from(&stay.date) {
                stay.since = Some(number);
                stays.push(Stay { date: from.to_owned(), since: None, until: Some(number) });
            }
        }
        Self(stays)
    }

    /// Whether what was recorded for a date with a number was about this day.
    #[must_use]
    pub fn covers(&self, date: &str, number: u64) -> bool {
        self.0.iter().any(|stay| {
            let begun = stay.since.is_none_or(|since| since <= number);
            stay.date == date && begun && stay.until.is_none_or(|until| number < until)
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::Whereabouts;
    use crate::model::{Act, BroadcastKey};

    /// The clock goes back from act to act.
    fn moved(number: u64, from: &str, to: &str) -> (u64, Act) {
        let key = BroadcastKey { week: "march".into(), date: to.into() };
        let at = DateTime::<Utc>::UNIX_EPOCH - TimeDelta::minutes(i64::try_from(number).unwrap());
        (number, Act::moved(at, key, (&format!("{from}, 08:30"), &format!("{to}, 08:30"))))
    }

    #[test]
    fn what_was_recorded_follows_a_day_and_stays_with_nobody_else() {
        let acts = [
            moved(10, "2027-03-15", "2027-03-18"),
            moved(20, "2027-03-16", "2027-03-15"),
            moved(30, "2027-03-18", "2027-03-19"),
        ];
        let of = |date| Whereabouts::of(date, acts.iter().map(|(number, act)| (*number, act)));
        let (first, second, other) = (of("2027-03-19"), of("2027-03-15"), of("2027-03-17"));
        for (date, number, whose) in [
            ("2027-03-15", 5, [true, false, false]),
            ("2027-03-15", 15, [false, false, false]),
            ("2027-03-18", 15, [true, false, false]),
            ("2027-03-18", 35, [false, false, false]),
            ("2027-03-19", 35, [true, false, false]),
            ("2027-03-16", 15, [false, true, false]),
            ("2027-03-15", 25, [false, true, false]),
            ("2027-03-17", 25, [false, false, true]),
        ] {
            let found = [&first, &second, &other].map(|day| day.covers(date, number));
            assert_eq!(found, whose, "{date} {number}");
        }
    }
}
