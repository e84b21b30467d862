//! All addresses of a week, some hosts side by side.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::clock::Clock;
use crate::link_check::gates::Gates;
use crate::link_check::limits::Limits;
use crate::link_check::request::{agent, ask, host};
use crate::model::{LinkAnswer, LinkAnswers, MERGED};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The answers by address.
    pub answers: LinkAnswers,
    /// Addresses that hold something of a recipient's, which nobody asks for.
    pub merged: usize,
    /// Addresses beyond the limits of number and time.
    pub beyond: usize,
}

/// Asks each address once; `asked` is called after each.
#[must_use]
pub fn check(addresses: &[String], limits: &Limits, clock: &dyn Clock, asked: &(dyn Fn() + Sync)) -> Checked {
    let (merged, plain): (Vec<&String>, Vec<&String>) = addresses.iter().partition(|address| address.contains(MERGED));
    let chosen = plain.get(..limits.most).unwrap_or(&plain);
    let end = clock.now() + limits.whole;
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in chosen {
        hosts.entry(host(address).unwrap_or_default()).or_default().push(address);
    }
    let number = hosts.len();
    let queue: Mutex<VecDeque<Vec<&str>>> = Mutex::new(hosts.into_values().collect());
    let answers = Mutex::new(LinkAnswers::new());
    let (agent, gates) = (agent(limits), Gates::default());
    thread::scope(|scope| {
        for _ in 0..limits.at_once.clamp(1, number.max(1)) {
            scope.spawn(|| {
                while let Some(addresses) = next(&queue) {
                    let mut failed: Option<LinkAnswer> = None;
                    for address in addresses {
                        if clock.now() > end {
                            return;
                        }
                        // A host that cannot be reached is not asked again for each of its pages.
                        let answer = failed.clone().unwrap_or_else(|| ask(&agent, &gates, address, limits));
                        if matches!(answer, LinkAnswer::NoHost | LinkAnswer::Unreachable(_)) {
                            failed = Some(answer.clone());
                        }
                        answers.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_owned(), answer);
                        asked();
                    }
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let beyond = plain.len() - answers.len();
    Checked { answers: offline(answers, number), merged: merged.len(), beyond }
}

fn next<'a>(queue: &Mutex<VecDeque<Vec<&'a str>>>) -> Option<Vec<&'a str>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// Where not one of several hosts is known, it is this computer that knows none.
fn offline(answers: LinkAnswers, hosts: usize) -> LinkAnswers {
    if hosts < 2 || !answers.values().all(|answer| *answer == LinkAnswer::NoHost) {
        return answers;
    }
    let why = LinkAnswer::Unreachable("this computer finds none of the websites; is it online?".to_owned());
    answers.into_keys().map(|address| (address, why.clone())).collect()
}
