//! One decision of `run`: what to send now, what to hold, when to look again. Pure, so that suspended machines, clocks that
//! were set and whole years can be tried in a test.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::Held;

/// What is known of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayClock {
    /// When it is due.
    pub due: DateTime<Utc>,
    /// Later than this and a day that has not begun is held.
    pub late_after: DateTime<Utc>,
    /// Later than this and nobody wants it any more.
    pub window_ends: DateTime<Utc>,
    /// How far it is.
    pub progress: Progress,
    /// What a person must say before it begins, if anything.
    pub asks: Option<Held>,
}

/// How far a day is, by the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// No edition has begun.
    NotBegun,
    /// An edition has begun and somebody is still to get it.
    Open {
        /// When it began.
        begun: DateTime<Utc>,
        /// When there is something to do: at once, or when the first deferral ends.
        next: DateTime<Utc>,
    },
    /// Everybody has an outcome.
    Ended {
        /// When it began.
        begun: DateTime<Utc>,
    },
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Index of the day to send, or to go on with.
    pub send: Option<usize>,
    /// Indices of the days that a person must decide about.
    pub held: Vec<(usize, Held)>,
    /// When to look again, if nothing is to be sent now.
    pub wake: Option<DateTime<Utc>>,
}

/// Decides. Days are in date order.
#[must_use]
pub fn step(days: &[DayClock], now: DateTime<Utc>, zone: Tz) -> Step {
    let mut step = Step::default();
    let today = now.with_timezone(&zone).date_naive();
    let begun_today = days.iter().any(|day| match day.progress {
        Progress::NotBegun => false,
        Progress::Open { begun, .. } | Progress::Ended { begun } => begun.with_timezone(&zone).date_naive() == today,
    });
    let mut new = Vec::new();
    let mut wake = |at: DateTime<Utc>| step.wake = Some(step.wake.map_or(at, |earlier: DateTime<Utc>| earlier.min(at)));
    for (index, day) in days.iter().enumerate() {
        match day.progress {
            // What has begun has passed every question but this one.
            Progress::Open { .. } | Progress::Ended { .. } if day.asks == Some(Held::OnlyInFolder) => {
                step.held.push((index, Held::OnlyInFolder));
            }
            Progress::Ended { .. } => {}
            Progress::NotBegun if now < day.due => wake(day.due),
            Progress::NotBegun if now > day.late_after => step.held.push((index, Held::Late)),
            Progress::NotBegun => match day.asks {
                Some(reason) => step.held.push((index, reason)),
                None => new.push(index),
            },
            Progress::Open { .. } if now > day.window_ends => step.held.push((index, Held::WindowOver)),
            Progress::Open { next, .. } if now < next => wake(next),
            Progress::Open { .. } => step.send = step.send.or(Some(index)),
        }
    }
    // Of several that are due, the latest is today's; nobody gets two in one morning.
    let chosen = if begun_today { None } else { new.last().copied() };
    step.held.extend(new.iter().filter(|index| Some(**index) != chosen).map(|index| (*index, Held::SecondOfTheDay)));
    step.held.sort_by_key(|(index, _)| *index);
    step.send = step.send.or(chosen);
    step
}

#[cfg(test)]
mod tests;
