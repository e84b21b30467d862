//! The state machine of a delivery: every legal change in one table, and the longest wait of a deferred one.

use chrono::TimeDelta;

use crate::ledger::entry::Requeue;
use crate::model::State;

/// The longest back-off: 240 minutes and a fifth of jitter. A deferred row that is due later than this was written
/// under a clock that has been set back since, and counts as due.
pub const LONGEST_BACK_OFF: TimeDelta = TimeDelta::minutes(288);

/// What to do with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Write it.
    Change,
    /// It stands there already, and writing it twice is harmless: leave the row alone.
    Repeat,
    /// Never.
    Illegal,
}

/// Target, where it may come from, and whether a repeat is harmless.
///
/// `sending` is reached from `claimed` only and never twice: two gates that pass for one row are two dots. What ends an
/// attempt without acceptance may come from `sending` as well, because a delivery can fail between the gate and the
/// dot, or be answered 4yz or 5yz after it; both are definite. Nothing leaves `accepted`, `in_doubt`, `refused`,
/// `suppressed`, `skipped` or `expired` by a mark: only a person moves those.
const MARKS: [(State, &[State], bool); 8] = [
    (State::Sending, &[State::Claimed], false),
    (State::Accepted, &[State::Sending], true),
    (State::Refused, &[State::Claimed, State::Sending], true),
    (State::Deferred, &[State::Claimed, State::Sending], true),
    (State::InDoubt, &[State::Sending], true),
    (State::Pending, &[State::Claimed, State::Sending], true),
    (State::Skipped, &[State::Pending, State::Claimed, State::Deferred], true),
    (State::Expired, &[State::Pending, State::Claimed, State::Deferred, State::Sending], true),
];

/// Whether a mark may lead from one state to another.
pub(crate) fn verdict(from: State, to: State) -> Verdict {
    match MARKS.iter().find(|(target, ..)| *target == to) {
        Some((_, sources, _)) if sources.contains(&from) => Verdict::Change,
        Some((.., true)) if from == to => Verdict::Repeat,
        _ => Verdict::Illegal,
    }
}

/// What a person may put back to pending.
pub(crate) fn requeued(whom: &Requeue) -> &'static [State] {
    match whom {
        Requeue::NotAccepted => &[State::Refused, State::Deferred, State::Expired],
        Requeue::InDoubt => &[State::InDoubt],
        Requeue::Only(_) => &[
            State::Accepted,
            State::Deferred,
            State::Refused,
            State::InDoubt,
            State::Suppressed,
            State::Skipped,
            State::Expired,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, verdict};
    use crate::model::State;

    /// One line a state; in each the verdicts for the targets pending, sending, accepted, deferred, refused, in_doubt,
    /// skipped, expired: `+` change, `=` harmless repeat, `.` never.
    const EXPECTED: [(State, &str); 10] = [
        (State::Pending, "=.....++"),
        (State::Claimed, "++.++.++"),
        (State::Sending, "+.++++.+"),
        (State::Accepted, "..=....."),
        (State::Deferred, "...=..++"),
        (State::Refused, "....=..."),
        (State::InDoubt, ".....=.."),
        (State::Suppressed, "........"),
        (State::Skipped, "......=."),
        (State::Expired, ".......="),
    ];

    #[test]
    fn every_state_and_mark_has_its_verdict() {
        let targets = [
            State::Pending,
            State::Sending,
            State::Accepted,
            State::Deferred,
            State::Refused,
            State::InDoubt,
            State::Skipped,
            State::Expired,
        ];
        assert_eq!(EXPECTED.map(|(state, _)| state), State::ALL);
        for (from, expected) in EXPECTED {
            let found: String = targets
                .iter()
                .map(|to| match verdict(from, *to) {
                    Verdict::Change => '+',
                    Verdict::Repeat => '=',
                    Verdict::Illegal => '.',
                })
                .collect();
            assert_eq!(found, expected, "from {from}");
        }
        for never in [State::Claimed, State::Suppressed] {
            assert!(State::ALL.iter().all(|from| verdict(*from, never) == Verdict::Illegal), "no mark makes {never}");
        }
    }
}
