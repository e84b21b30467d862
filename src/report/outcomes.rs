//! What can have become of a message, in the order and the words in which every chart and table of the pack shows it.

use crate::model::{Counts, State};

/// One thing that can have become of a message.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Outcome {
    /// Names its colour and pattern.
    pub(in crate::report) class: &'static str,
    /// In words; says no more than is known.
    pub(in crate::report) words: &'static str,
    /// Head of its column.
    pub(in crate::report) head: &'static str,
    /// Whether its column is shown even if it is empty.
    pub(in crate::report) always: bool,
    /// How many of the counts it takes.
    number: fn(&Counts) -> usize,
}

const fn outcome(
    class: &'static str,
    words: &'static str,
    head: &'static str,
    number: fn(&Counts) -> usize,
) -> Outcome {
    Outcome { class, words, head, always: false, number }
}

const RETURNED: Outcome = outcome("returned", "accepted, sent back later", "Sent back later", |c| c.bounced);
const DEFERRED: Outcome =
    outcome("deferred", "refused for now, to be tried again", "To be tried again", |c| c.deferred);
const DUE: Outcome = outcome("due", "not sent yet", "Not sent yet", |c| c.due);
const IN_DOUBT: Outcome = Outcome { always: true, ..outcome("doubt", "in doubt", "In doubt", |c| c.in_doubt) };
const REFUSED: Outcome = Outcome { always: true, ..outcome("refused", "refused", "Refused", |c| c.refused) };
const EXPIRED: Outcome = outcome("expired", "given up after its time", "Given up", |c| c.expired);
const SUPPRESSED: Outcome =
    outcome("suppressed", "not sent: opted out, blocked or forgotten", "Opted out", |c| c.suppressed);
const SKIPPED: Outcome = outcome("skipped", "not sent: had left the lists", "Left the lists", |c| c.skipped);

impl Outcome {
    /// Parts of a whole: each message is in exactly one, so that they add up to [`Counts::total`].
    pub(in crate::report) const BARS: [Self; 9] = [
        outcome("accepted", "accepted by the mail server", "Accepted", |c| c.accepted.saturating_sub(c.bounced)),
        // More returned than accepted is a fault of the counts; the parts must add up all the same.
        Outcome { number: |c| c.bounced.min(c.accepted), ..RETURNED },
        DEFERRED,
        DUE,
        IN_DOUBT,
        REFUSED,
        EXPIRED,
        SUPPRESSED,
        SKIPPED,
    ];

    /// Columns of tables: all that were accepted, and beside it those of them that came back.
    pub(in crate::report) const COLUMNS: [Self; 9] = [
        Outcome {
            always: true,
            ..outcome("accepted", "accepted by the mail server", "Accepted by the mail server", |c| c.accepted)
        },
        RETURNED,
        REFUSED,
        IN_DOUBT,
        DEFERRED,
        DUE,
        EXPIRED,
        SUPPRESSED,
        SKIPPED,
    ];

    /// How many messages.
    pub(in crate::report) fn of(&self, counts: &Counts) -> usize {
        (self.number)(counts)
    }
}

/// Sums over days, lists or editions.
pub(in crate::report) fn sum<'a>(all: impl IntoIterator<Item = &'a Counts>) -> Counts {
    let mut sum = Counts::default();
    for counts in all {
        sum.due += counts.due;
        sum.accepted += counts.accepted;
        sum.deferred += counts.deferred;
        sum.refused += counts.refused;
        sum.in_doubt += counts.in_doubt;
        sum.suppressed += counts.suppressed;
        sum.forgotten += counts.forgotten;
        sum.skipped += counts.skipped;
        sum.bounced += counts.bounced;
        sum.expired += counts.expired;
    }
    sum
}

/// A state in words for the officer.
pub(in crate::report) fn state_words(state: State) -> &'static str {
    match state {
        State::Pending | State::Claimed | State::Sending => DUE.words,
        State::Accepted => "accepted by the mail server",
        State::Deferred => DEFERRED.words,
        State::Refused => REFUSED.words,
        State::InDoubt => "in doubt: the mail server may have it or not",
        State::Suppressed => SUPPRESSED.words,
        State::Skipped => SKIPPED.words,
        State::Expired => EXPIRED.words,
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, sum};
    use crate::model::{Counts, State};

    #[test]
    fn every_state_is_in_exactly_one_part() {
        for (index, state) in State::ALL.into_iter().enumerate() {
            let mut counts = Counts::default();
            counts.add(state, index + 1);
            let parts: Vec<usize> = Outcome::BARS.iter().map(|o| o.of(&counts)).filter(|n| *n > 0).collect();
            assert_eq!(parts, [index + 1], "{state}");
        }
    }

    #[test]
    fn the_parts_add_up_even_when_more_came_back_than_went() {
        for (accepted, bounced) in [(5, 0), (5, 2), (5, 5), (5, 9)] {
            let counts = Counts { accepted, bounced, refused: 1, ..Counts::default() };
            assert_eq!(Outcome::BARS.iter().map(|o| o.of(&counts)).sum::<usize>(), counts.total());
        }
    }

    #[test]
    fn sums_keep_every_field() {
        let one = Counts {
            due: 1,
            accepted: 2,
            deferred: 3,
            refused: 4,
            in_doubt: 5,
            suppressed: 6,
            skipped: 7,
            bounced: 8,
            expired: 9,
            forgotten: 3,
        };
        let twice = sum([&one, &one]);
        assert_eq!((twice.total(), twice.bounced, twice.forgotten), (2 * one.total(), 16, 6));
    }
}
