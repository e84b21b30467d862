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

    /// How `messages` spread over days, if the quota does not let all through at once. What was sent before counts until
    /// 24 hours from now, which is later than it may be.
    #[must_use]
    pub fn over(&self, messages: usize) -> Option<Over> {
        let (now, quota) = (self.limit(messages)?, self.daily_limit?.max(1));
        let later = messages - now;
        let days = later.div_ceil(quota);
        let last = later - (days - 1) * quota;
        let wait = u64::try_from(days).unwrap_or(u64::MAX).saturating_mul(24 * 60 * 60);
        Some(Over { now, ends_after: Duration::from_secs(wait).saturating_add(self.takes(last)) })
    }
}

/// Messages that the day's quota spreads over several days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// How many may go now.
    pub now: usize,
    /// When the last of them has gone, at the latest.
    pub ends_after: Duration,
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

    #[test]
    fn what_the_quota_leaves_goes_a_day_later_or_more() {
        let over = |already_today, daily_limit, messages| {
            let pace = Pace { connections: 1, per_minute: Some(60.0), already_today, daily_limit };
            pace.over(messages).map(|over| (over.now, over.ends_after.as_secs()))
        };
        const DAY: u64 = 86_400;
        assert_eq!(over(0, None, 1_000), None);
        assert_eq!(over(90, Some(100), 10), None);
        assert_eq!(over(90, Some(100), 11), Some((10, DAY + 1)));
        assert_eq!(over(0, Some(100), 200), Some((100, DAY + 100)));
        assert_eq!(over(0, Some(100), 201), Some((100, 2 * DAY + 1)));
        assert_eq!(over(500, Some(100), 100), Some((0, DAY + 100)));
        assert_eq!(over(0, Some(0), 2), Some((0, 2 * DAY + 1)), "no division by nothing");
    }
}
