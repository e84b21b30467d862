//! Messages a minute, as evenly as the limit allows.

use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// How fast a run may hand messages over; shared by its connections.
#[derive(Debug)]
pub struct Pace(Option<DefaultDirectRateLimiter>);

impl Pace {
    /// As fast as the server takes them.
    #[must_use]
    pub fn unlimited() -> Self {
        Self(None)
    }

    /// One message in each `interval`: evenly, never a burst that a counting server would refuse.
    #[must_use]
    pub fn every(interval: Duration) -> Self {
        Self(Quota::with_period(interval).map(RateLimiter::direct))
    }

    /// Whether nobody has to wait for a turn.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.0.is_none()
    }

    /// Waits for the next turn.
    pub(crate) async fn turn(&self) {
        if let Some(limiter) = &self.0 {
            limiter.until_ready().await;
        }
    }
}
