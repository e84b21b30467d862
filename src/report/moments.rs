//! Times in words: planned against actual.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::model::count;

/// `08:30`, or `16 March, 09:15` where it is on another date than the planned one.
#[must_use]
pub(in crate::report) fn clock(at: DateTime<Utc>, planned: DateTime<Tz>) -> String {
    let at = at.with_timezone(&planned.timezone());
    let form = if at.date_naive() == planned.date_naive() { "%H:%M" } else { "%-d %B, %H:%M" };
    at.format(form).to_string()
}

/// `15 March, 08:30`.
#[must_use]
pub(in crate::report) fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %B, %H:%M").to_string()
}

/// `15 March 2027, 08:30`.
#[must_use]
pub(in crate::report) fn moment_with_year(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string()
}

/// `on time` (less than a minute away), `4 minutes late`, `1 hour 5 minutes early`, `2 days 3 hours late`.
#[must_use]
pub(in crate::report) fn against_plan(planned: DateTime<Tz>, actual: DateTime<Utc>) -> String {
    let gap: TimeDelta = actual - planned.with_timezone(&Utc);
    let side = if gap < TimeDelta::zero() { "early" } else { "late" };
    let minutes = usize::try_from(gap.num_minutes().unsigned_abs()).unwrap_or(usize::MAX);
    let pair = |big: usize, word: &str, small: usize, unit: &str| match small {
        0 => count(big, word),
        small => format!("{} {}", count(big, word), count(small, unit)),
    };
    match minutes {
        0 => "on time".to_owned(),
        1..60 => format!("{} {side}", count(minutes, "minute")),
        60..1440 => format!("{} {side}", pair(minutes / 60, "hour", minutes % 60, "minute")),
        _ => format!("{} {side}", pair(minutes / 1440, "day", minutes % 1440 / 60, "hour")),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _, Utc};
    use chrono_tz::Europe::London;

    use super::{against_plan, clock};

    #[test]
    fn planned_and_actual_are_compared_in_words() {
        // 28 March 2027 is the day on which London's clocks go forward.
        let planned = London.with_ymd_and_hms(2027, 3, 28, 8, 30, 0).unwrap();
        for (seconds, expected) in [
            (0, "on time"),
            (59, "on time"),
            (-59, "on time"),
            (60, "1 minute late"),
            (-1200, "20 minutes early"),
            (3_900, "1 hour 5 minutes late"),
            (7_200, "2 hours late"),
            (183_600, "2 days 3 hours late"),
        ] {
            let actual = planned.with_timezone(&Utc) + TimeDelta::seconds(seconds);
            assert_eq!(against_plan(planned, actual), expected, "{seconds}");
        }
        assert_eq!(clock(planned.with_timezone(&Utc), planned), "08:30");
        assert_eq!(clock(planned.with_timezone(&Utc) - TimeDelta::hours(10), planned), "27 March, 21:30");
    }
}
