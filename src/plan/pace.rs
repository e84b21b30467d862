//! How long a number of messages takes, and which of them breaks the day's quota.

use std::time::Duration;

/// What one connection is trusted to hand over where no rate is set: a cautious estimate, for a server that answers
/// each message within 100 ms.
pub const MESSAGES_PER_SECOND: f64 = 10.0;

/// The operator's limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// How many connections at once.
    pub connections: usize,
    /// Messages a minute, where a rate is set.
    pub per_minute: Option<f64>,
    /// Messages handed over in the 24 hours before, over all broadcasts.
    pub already_today: usize,
    /// The most in 24 hours, where there is such a limit.
    pub daily_limit: Option<usize>,
}

impl Pace {
    /// How long `messages` take, rounded up to whole seconds; waits of deferred ones and for a quota not counted.
    #[must_use]
    pub fn takes(&self, messages: usize) -> Duration {
        let estimate = self.connections.max(1) as f64 * MESSAGES_PER_SECOND * 60.0;
        let per_minute = self.per_minute.filter(|rate| rate.is_finite() && *rate > 0.0).unwrap_or(estimate);
        let seconds = (messages as f64 * 60.0 / per_minute).ceil();
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    /// How many of `messages` the quota lets through, if it does not let all.
    #[must_use]
    pub fn limit(&self, messages: usize) -> Option<usize> {
        let left = self.daily_limit?.saturating_sub(self.already_today);
        (messages > left).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn the_rate_rules_and_otherwise_the_estimate() {
        let takes = |connections, per_minute, messages| {
            Pace { connections, per_minute, already_today: 0, daily_limit: None }.takes(messages).as_secs()
        };
        for (connections, per_minute, messages, seconds) in [
            (3, Some(28.0), 0, 0),
            (3, Some(28.0), 1, 3),
            (3, Some(28.0), 280, 600),
            (3, Some(0.5), 2, 240),
            (3, None, 30, 1),
            (3, None, 31, 2),
            (0, None, 10, 1),
            (1, Some(0.0), 10, 1),
            (1, Some(f64::NAN), 10, 1),
            (1, Some(-5.0), 10, 1),
            (1, Some(f64::MIN_POSITIVE), 10, u64::MAX),
        ] {
            assert_eq!(takes(connections, per_minute, messages), seconds, "{connections} {per_minute:?} {messages}");
        }
    }

    #[test]
    fn the_quota_counts_what_went_before() {
        let limit = |already_today, daily_limit, messages| {
            Pace { connections: 1, per_minute: None, already_today, daily_limit }.limit(messages)
        };
        assert_eq!(limit(0, None, usize::MAX), None);
        assert_eq!(limit(90, Some(100), 10), None);
        assert_eq!(limit(90, Some(100), 11), Some(10));
        assert_eq!(limit(200, Some(100), 1), Some(0));
        assert_eq!(limit(200, Some(100), 0), None);
    }
}
