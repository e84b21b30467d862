//! How an unattended run goes so far: the status that it will end with, and how long the server is left alone.

use chrono::TimeDelta;

use crate::exit::Exit;
use crate::send::StopKind;

/// How long to wait when another sender holds the ledger, and at first when the server asks for a rest.
pub(crate) const SHORT_REST: TimeDelta = TimeDelta::seconds(30);

/// The rest doubles while the server stays busy, unreachable or at its daily limit, up to half an hour.
const LONGEST_REST: TimeDelta = TimeDelta::minutes(30);

/// What follows where nothing asks for a rest.
pub(crate) const AT_ONCE: Next = Next::Rest(TimeDelta::zero());

/// The course of a run.
pub(crate) struct Course {
    once: bool,
    worst: Exit,
    /// The status of a try that the next one may mend: it counts when there is no next one.
    unmended: Exit,
    rest: TimeDelta,
}

/// What follows from one sending.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Go on after this rest.
    Rest(TimeDelta),
    /// End: only a person can mend it.
    End,
}

impl Course {
    /// At its beginning.
    pub(crate) fn new(once: bool) -> Self {
        Self { once, worst: Exit::Done, unmended: Exit::Done, rest: SHORT_REST }
    }

    /// Something was held.
    pub(crate) fn held(&mut self) {
        self.worst = worse(self.worst, Exit::Held);
    }

    /// A day, or a part of it, was sent with this status, and cut short for this reason.
    pub(crate) fn sent(&mut self, exit: Exit, stopped: Option<StopKind>) -> Next {
        let cut_short = matches!(stopped, Some(StopKind::Busy | StopKind::Limit | StopKind::Unreachable));
        let retries = !self.once && (cut_short || exit == Exit::TryAgain);
        self.unmended = if retries { exit } else { Exit::Done };
        if !retries {
            self.worst = worse(self.worst, exit);
            if !matches!(exit, Exit::Done | Exit::Remains | Exit::TryAgain) {
                return Next::End;
            }
        }
        // Deferred ones have their own time; a server that is busy gets a rest.
        let rest = if cut_short { self.rest } else { TimeDelta::zero() };
        self.rest = if cut_short { (self.rest * 2).min(LONGEST_REST) } else { SHORT_REST };
        Next::Rest(rest)
    }

    /// The status if it ends here.
    pub(crate) fn exit(&self, is_open: bool) -> Exit {
        let open = if is_open { Exit::TryAgain } else { Exit::Done };
        worse(worse(self.worst, self.unmended), open)
    }
}

/// The status that says more: what a person must do wins over what another run does.
fn worse(a: Exit, b: Exit) -> Exit {
    let rank = |exit: Exit| match exit {
        Exit::Done => 0,
        Exit::Remains => 1,
        Exit::TryAgain => 2,
        Exit::Held => 3,
        _ => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{Course, Next};
    use crate::exit::Exit;
    use crate::send::StopKind;

    #[test]
    fn what_the_next_try_mends_does_not_count_and_rests_grow() {
        let mut course = Course::new(false);
        let unreachable = |course: &mut Course| course.sent(Exit::Unavailable, Some(StopKind::Unreachable));
        assert_eq!(unreachable(&mut course), Next::Rest(TimeDelta::seconds(30)));
        assert_eq!(course.exit(true), Exit::Unavailable);
        assert_eq!(unreachable(&mut course), Next::Rest(TimeDelta::seconds(60)));
        for _ in 0..10 {
            unreachable(&mut course);
        }
        assert_eq!(unreachable(&mut course), Next::Rest(TimeDelta::minutes(30)));
        assert_eq!(course.sent(Exit::Remains, None), Next::Rest(TimeDelta::zero()));
        assert_eq!(course.exit(false), Exit::Remains);
    }

    #[test]
    fn a_single_pass_keeps_its_status_and_a_refused_sign_in_ends_every_run() {
        let mut course = Course::new(true);
        assert_eq!(course.sent(Exit::TryAgain, None), Next::Rest(TimeDelta::zero()));
        assert_eq!(course.exit(false), Exit::TryAgain);
        assert_eq!(Course::new(true).sent(Exit::Unavailable, Some(StopKind::Unreachable)), Next::End);
        assert_eq!(Course::new(false).sent(Exit::Unavailable, Some(StopKind::Unavailable)), Next::End);
    }
}
