//! When a deferred recipient is tried again: 5, 15, 30, 60, 120, 240 minutes, each ±20 %, within the broadcast's window.
//!
//! Greylisting servers want the same envelope again after about five minutes (reliability research, section 1.5).

use chrono::{DateTime, TimeDelta, Utc};

/// Minutes after the first, second, … attempt; the last one repeats.
const MINUTES: [i64; 6] = [5, 15, 30, 60, 120, 240];

/// The next attempt after `attempts` charged so far (the one that just failed not counted), or `None` when it would lie
/// beyond `window_ends`. `dice` is uniform in 0.0 ..= 1.0.
pub(crate) fn next(now: DateTime<Utc>, attempts: u32, window_ends: DateTime<Utc>, dice: f64) -> Option<DateTime<Utc>> {
    let index = (attempts as usize).min(MINUTES.len() - 1);
    let seconds = MINUTES[index] as f64 * 60.0 * (0.8 + 0.4 * dice.clamp(0.0, 1.0));
    let at = now + TimeDelta::milliseconds((seconds * 1000.0) as i64);
    (at <= window_ends).then_some(at)
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _, Utc};

    use super::next;

    #[test]
    fn the_waits_grow_stay_within_a_fifth_and_end_with_the_window() {
        let now = Utc.with_ymd_and_hms(2027, 3, 15, 8, 30, 0).unwrap();
        let far = now + TimeDelta::days(4);
        for (attempts, minutes) in [(0, 5), (1, 15), (2, 30), (3, 60), (4, 120), (5, 240), (50, 240)] {
            for (dice, percent) in [(0.0, 80), (0.5, 100), (1.0, 120)] {
                let expected = now + TimeDelta::seconds(minutes * 60 * percent / 100);
                assert_eq!(next(now, attempts, far, dice), Some(expected), "{attempts} {dice}");
            }
        }
        assert_eq!(next(now, 0, now + TimeDelta::minutes(4), 0.5), None);
    }
}
