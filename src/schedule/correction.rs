//! One decision of `run` about a correction that a person began: go on, wait, or hold. Pure, like that about a day.

use chrono::{DateTime, Utc};

/// What is known of a correction of which somebody is still to get a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorrectionClock {
    /// When there is something to do: at once, or when the first deferral ends.
    pub next: DateTime<Utc>,
    /// Later than this it is gone on with by a person only.
    pub window_ends: DateTime<Utc>,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionStep {
    /// Send to those whose turn it is.
    GoOn,
    /// Nobody's turn before this.
    Wait(DateTime<Utc>),
    /// Its window is over: a person decides.
    Over,
}

/// Decides.
#[must_use]
pub fn correction_step(clock: CorrectionClock, now: DateTime<Utc>) -> CorrectionStep {
    match clock {
        CorrectionClock { window_ends, .. } if now > window_ends => CorrectionStep::Over,
        CorrectionClock { next, .. } if now < next => CorrectionStep::Wait(next),
        _ => CorrectionStep::GoOn,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{CorrectionClock, CorrectionStep, correction_step};

    #[test]
    fn it_goes_on_when_its_turn_comes_and_not_after_its_window() {
        let at = |minute: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minute);
        let clock = CorrectionClock { next: at(5), window_ends: at(10) };
        for (minute, expected) in [
            (4, CorrectionStep::Wait(at(5))),
            (5, CorrectionStep::GoOn),
            (10, CorrectionStep::GoOn),
            (11, CorrectionStep::Over),
        ] {
            assert_eq!(correction_step(clock, at(minute)), expected, "{minute}");
        }
    }
}
