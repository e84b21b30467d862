//! Why messages were not accepted, and why some are in doubt: grouped, without a word about persons.

use std::collections::BTreeMap;

use crate::model::{Delivery, State, reply_words};
use crate::report::foreign_text::without_addresses;
use crate::report::pack::BoardPack;

/// Messages that share a state and a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Reason {
    /// Where they stand.
    pub(in crate::report) state: State,
    /// `5.1.1`, `550`, or nothing where no reply came.
    pub(in crate::report) code: Option<String>,
    /// In words.
    pub(in crate::report) meaning: String,
    /// One thing to do.
    pub(in crate::report) remedy: String,
    /// How many messages.
    pub(in crate::report) count: usize,
    /// Indices of the days.
    pub(in crate::report) days: Vec<usize>,
}

/// Of these states, gravest first; within a state the most frequent reason first.
#[must_use]
pub(in crate::report) fn reasons(pack: &BoardPack, states: &[State]) -> Vec<Reason> {
    let mut groups: BTreeMap<(usize, Option<String>, String), Reason> = BTreeMap::new();
    for (index, day) in pack.days.iter().enumerate() {
        for delivery in day.editions.iter().flat_map(|edition| &edition.deliveries) {
            let Some(rank) = states.iter().position(|state| *state == delivery.state) else { continue };
            let (code, meaning, remedy) = reason(delivery);
            let group = groups.entry((rank, code.clone(), meaning.clone())).or_insert_with(|| Reason {
                state: delivery.state,
                code,
                meaning,
                remedy,
                count: 0,
                days: Vec::new(),
            });
            group.count += 1;
            if group.days.last() != Some(&index) {
                group.days.push(index);
            }
        }
    }
    let mut sorted: Vec<((usize, _, _), Reason)> = groups.into_iter().collect();
    sorted.sort_by_key(|((rank, ..), reason)| (*rank, usize::MAX - reason.count));
    sorted.into_iter().map(|(_, reason)| reason).collect()
}

fn reason(delivery: &Delivery) -> (Option<String>, String, String) {
    let note = delivery.note.as_deref().map(without_addresses).filter(|note| !note.is_empty());
    match (&delivery.reply, delivery.state) {
        // The last reply of a doubtful message belongs to an earlier attempt; the note says what happened.
        (_, State::InDoubt) => (
            None,
            note.unwrap_or_else(|| "the connection ended before the mail server's answer".to_owned()),
            "a person asks one recipient, or looks in the mail system, and decides".to_owned(),
        ),
        (Some(reply), _) => {
            let words = reply_words(reply);
            let code = reply.enhanced().map_or_else(|| reply.code.to_string(), |status| status.to_string());
            (Some(code), words.meaning.to_owned(), words.remedy.to_owned())
        }
        (None, _) => {
            (None, note.unwrap_or_else(|| "no reason was kept".to_owned()), "show the record to IT".to_owned())
        }
    }
}
