//! The breaker: many refusals with one enhanced code are a policy, not the recipients' fault.
//!
//! It trips at ten in a row, or when more than 20 % of the last hundred (and at least ten) carry one code. Refusals that
//! name the mailbox itself (x.1.x, x.2.1) never trip it: old lists have many of them.

use std::collections::VecDeque;

use crate::model::{AddressKey, Reply};

const IN_A_ROW: usize = 10;
const WINDOW: usize = 100;
const SHARE: f64 = 0.2;

/// Watches the outcomes of a run.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    last: VecDeque<Option<String>>,
    refused: Vec<(String, AddressKey)>,
}

/// What tripped it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tripped {
    /// The code in words, such as `550 5.7.1`.
    pub(crate) code: String,
    /// Who was refused with it in this run: they go back to pending.
    pub(crate) refused: Vec<AddressKey>,
}

impl Breaker {
    /// Notes an acceptance.
    pub(crate) fn accepted(&mut self) {
        self.note(None);
    }

    /// Notes a refusal; `Some` when the breaker trips.
    pub(crate) fn refused(&mut self, who: &AddressKey, reply: &Reply) -> Option<Tripped> {
        let status = reply.enhanced();
        if status.is_some_and(|s| s.subject == 1 || (s.subject, s.detail) == (2, 1)) {
            return None;
        }
        let code = status.map_or_else(|| reply.code.to_string(), |status| format!("{} {status}", reply.code));
        self.refused.push((code.clone(), who.clone()));
        self.note(Some(code.clone()));
        let same = |entry: &&Option<String>| entry.as_deref() == Some(code.as_str());
        let in_a_row = self.last.iter().rev().take_while(same).count();
        let in_window = self.last.iter().filter(same).count();
        let often = self.last.len() >= WINDOW && in_window as f64 > SHARE * self.last.len() as f64;
        if in_a_row < IN_A_ROW && !often {
            return None;
        }
        let refused = self.refused.iter().filter(|(own, _)| *own == code).map(|(_, who)| who.clone()).collect();
        Some(Tripped { code, refused })
    }

    fn note(&mut self, entry: Option<String>) {
        self.last.push_back(entry);
        if self.last.len() > WINDOW {
            self.last.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Breaker;
    use crate::model::{AddressKey, Reply};

    fn key(number: usize) -> AddressKey {
        AddressKey::from_stored(format!("{number}@board.example"))
    }

    #[test]
    fn ten_policy_refusals_in_a_row_trip_it_and_name_everybody_refused_by_the_code() {
        let mut breaker = Breaker::default();
        let policy = Reply::new(550, "5.7.1 blocked");
        assert!(breaker.refused(&key(0), &policy).is_none());
        breaker.accepted();
        for number in 1..10 {
            assert!(breaker.refused(&key(number), &policy).is_none(), "{number}");
        }
        let tripped = breaker.refused(&key(10), &policy).unwrap();
        assert_eq!(tripped.code, "550 5.7.1");
        assert_eq!(tripped.refused.len(), 11);
    }

    #[test]
    fn unknown_mailboxes_never_trip_it() {
        let mut breaker = Breaker::default();
        for number in 0..500 {
            assert!(breaker.refused(&key(number), &Reply::new(550, "5.1.1 unknown")).is_none());
        }
    }

    #[test]
    fn more_than_a_fifth_of_the_last_hundred_trips_it() {
        let mut breaker = Breaker::default();
        let mut tripped_at = None;
        for number in 0..400 {
            if number % 4 == 0 {
                if breaker.refused(&key(number), &Reply::new(554, "5.7.9 policy")).is_some() {
                    tripped_at = Some(number);
                    break;
                }
            } else {
                breaker.accepted();
            }
        }
        assert_eq!(tripped_at, Some(100));
    }
}
