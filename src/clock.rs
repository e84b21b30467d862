//! Time: the only file that asks the system for it or waits for it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// A future that the clock makes.
pub type Wait<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The instant now.
    fn now(&self) -> DateTime<Utc>;

    /// Waits until an instant, by wall time: a machine that slept, or a clock that was set, is noticed within
    /// [`SystemClock::LONGEST_WAIT`]. It may return early; callers look at `now` again.
    fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_>;
}

/// The machine's clock, shifted for tests by `--now`.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    shift: chrono::TimeDelta,
}

impl SystemClock {
    /// The longest single wait: a suspended machine or a clock that was set is noticed after at most this.
    pub const LONGEST_WAIT: Duration = Duration::from_secs(20);

    /// The machine's time.
    #[must_use]
    pub fn new() -> Self {
        Self { shift: chrono::TimeDelta::zero() }
    }

    /// A clock that starts at `now` and goes on from there at the usual pace.
    #[must_use]
    pub fn starting_at(now: DateTime<Utc>) -> Self {
        Self { shift: now - Self::new().now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.shift
    }

    fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_> {
        Box::pin(async move {
            let left = (instant - self.now()).to_std().unwrap_or(Duration::ZERO);
            tokio::time::sleep(left.min(Self::LONGEST_WAIT)).await;
        })
    }
}

/// A clock that runs as [`SystemClock`] does, but over every wait at once: tests of back-offs wait for none.
#[derive(Debug)]
pub struct JumpingClock {
    clock: SystemClock,
    jumped: Mutex<chrono::TimeDelta>,
}

impl JumpingClock {
    /// A clock that starts at `now`.
    #[must_use]
    pub fn starting_at(now: DateTime<Utc>) -> Self {
        Self { clock: SystemClock::starting_at(now), jumped: Mutex::default() }
    }
}

impl Clock for JumpingClock {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now() + *self.jumped.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_> {
        let mut jumped = self.jumped.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *jumped = (*jumped).max(instant - self.clock.now());
        Box::pin(std::future::ready(()))
    }
}

/// A clock that stands still until somebody waits: then it is at once as late as they wished.
#[derive(Debug)]
pub struct SimulatedClock(Mutex<DateTime<Utc>>);

impl SimulatedClock {
    /// Stands at `now`.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_> {
        if instant > self.now() {
            self.set(instant);
        }
        Box::pin(std::future::ready(()))
    }
}
