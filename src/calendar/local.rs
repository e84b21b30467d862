//! Wall times in a zone: the two clock changes make one hour a year that does not exist and one that comes twice.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone as _};
use chrono_tz::{GapInfo, Tz};

/// What a wall time is in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// One instant.
    Exists(DateTime<Tz>),
    /// The clocks go back over it: it comes twice.
    Ambiguous(DateTime<Tz>, DateTime<Tz>),
    /// The clocks go forward over it: it never comes. Here is the first instant after the gap.
    Missing(DateTime<Tz>),
}

/// Maps a wall time to its zone.
#[must_use]
pub fn local(wall: NaiveDateTime, zone: Tz) -> Local {
    match zone.from_local_datetime(&wall) {
        chrono::MappedLocalTime::Single(at) => Local::Exists(at),
        chrono::MappedLocalTime::Ambiguous(earlier, later) => Local::Ambiguous(earlier, later),
        chrono::MappedLocalTime::None => {
            let end = GapInfo::new(&wall, &zone).and_then(|gap| gap.end);
            Local::Missing(end.unwrap_or_else(|| zone.from_utc_datetime(&wall)))
        }
    }
}

/// The first wall time at or after `wall` that comes exactly once: what a finding suggests.
#[must_use]
pub fn first_clear(wall: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    // Folds and gaps begin and end on whole minutes and are at most a day long (Samoa left out 30 December 2011).
    const MINUTES: i64 = 2 * 24 * 60;
    let clear = |at: &NaiveDateTime| matches!(local(*at, zone), Local::Exists(_));
    if clear(&wall) {
        return wall;
    }
    let whole = wall - TimeDelta::seconds(wall.and_utc().timestamp().rem_euclid(60));
    (1..=MINUTES).map(|minutes| whole + TimeDelta::minutes(minutes)).find(clear).unwrap_or(wall)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
    use chrono_tz::Europe::London;
    use chrono_tz::Tz;
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    use super::{Local, first_clear, local};

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
    }

    #[test]
    fn clock_changes_of_several_zones() {
        let lord_howe = chrono_tz::Australia::Lord_Howe;
        let cases: [(Tz, &str, &str, &str); 9] = [
            (London, "2027-03-28 00:59:59", "exists 2027-03-28T00:59:59+00:00", "2027-03-28 00:59:59"),
            (London, "2027-03-28 01:00:00", "missing 2027-03-28T02:00:00+01:00", "2027-03-28 02:00:00"),
            (London, "2027-03-28 01:59:59", "missing 2027-03-28T02:00:00+01:00", "2027-03-28 02:00:00"),
            (London, "2027-03-28 02:00:00", "exists 2027-03-28T02:00:00+01:00", "2027-03-28 02:00:00"),
            (London, "2027-10-31 01:30:00", "twice 2027-10-31T01:30:00+01:00 +00:00", "2027-10-31 02:00:00"),
            (London, "2027-10-31 02:00:00", "exists 2027-10-31T02:00:00+00:00", "2027-10-31 02:00:00"),
            (lord_howe, "2027-10-03 02:15:10", "missing 2027-10-03T02:30:00+11:00", "2027-10-03 02:30:00"),
            (
                chrono_tz::Asia::Kolkata,
                "2027-03-28 01:30:00",
                "exists 2027-03-28T01:30:00+05:30",
                "2027-03-28 01:30:00",
            ),
            (
                chrono_tz::Pacific::Apia,
                "2011-12-30 08:30:00",
                "missing 2011-12-31T00:00:00+14:00",
                "2011-12-31 00:00:00",
            ),
        ];
        for (zone, time, expected, clear) in cases {
            let found = match local(wall(time), zone) {
                Local::Exists(at) => format!("exists {}", at.to_rfc3339()),
                Local::Missing(next) => format!("missing {}", next.to_rfc3339()),
                Local::Ambiguous(a, b) => format!("twice {} {}", a.to_rfc3339(), b.format("%:z")),
            };
            assert_eq!(found, expected, "{zone} {time}");
            assert_eq!(first_clear(wall(time), zone), wall(clear), "{zone} {time}");
        }
    }

    /// The last Sunday of a month: the day of both changes (Summer Time Act 1972, as amended in 2002).
    fn last_sunday(year: i32, month: u32) -> NaiveDate {
        let end = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
        end.iter_days().map(|d| end - (d - end)).find(|d| d.weekday() == Weekday::Sun).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        /// 2020 to 2040 in London: a wall time is missing or doubled exactly in the hour from one o'clock of the two
        /// Sundays, and mapping an instant to the wall and back is the identity or one of the two.
        #[test]
        fn london_follows_the_act(seconds in 0_i64..21 * 366 * 86_400, near in 0_u8..3) {
            let mut at = wall("2020-01-01 00:00:00") + TimeDelta::seconds(seconds);
            if near > 0 {
                // Two in three cases lie on a day of a change, or hardly any would.
                let day = last_sunday(at.year().clamp(2020, 2040), if near == 1 { 3 } else { 10 });
                at = day.and_time(at.time());
            }
            let in_hour = at.time() >= wall("2020-01-01 01:00:00").time() && at.time() < wall("2020-01-01 02:00:00").time();
            let forward = in_hour && at.date() == last_sunday(at.year(), 3);
            let back = in_hour && at.date() == last_sunday(at.year(), 10);
            match local(at, London) {
                Local::Exists(instant) => {
                    prop_assert!(!forward && !back);
                    prop_assert_eq!(instant.naive_local(), at);
                    prop_assert_eq!(first_clear(at, London), at);
                }
                Local::Missing(next) => {
                    prop_assert!(forward);
                    prop_assert_eq!(next.naive_local(), at.date().and_hms_opt(2, 0, 0).unwrap());
                    prop_assert_eq!(first_clear(at, London), next.naive_local());
                }
                Local::Ambiguous(earlier, later) => {
                    prop_assert!(back);
                    prop_assert_eq!(later - earlier, TimeDelta::hours(1));
                    prop_assert_eq!((earlier.naive_local(), later.naive_local()), (at, at));
                }
            }
        }
    }
}
