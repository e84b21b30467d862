//! The audience of one day, each address in exactly one of two places: due, or skipped with a reason.

use std::time::Duration;

use crate::model::{AddressIndex, AddressKey, Delivery, Expansion, ListName, People};
use crate::plan::due::{Due, Gate, settled};
use crate::plan::opt_outs::OptOuts;
use crate::plan::pace::Pace;
use crate::plan::reason::Reason;

/// Somebody who gets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Who, as written on the lists or in the ledger.
    pub address: String,
    /// Why.
    pub reason: Reason,
}

/// Somebody who opted out of a list and gets the message through another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Who.
    pub address: String,
    /// The lists of the day that they opted out of.
    pub out_of: Vec<ListName>,
}

/// One day's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Who gets the message, in the order of the lists.
    pub due: Vec<Due>,
    /// Who does not: first those on the lists, then those that lists exclude, then those that only the ledger knows.
    pub skipped: Vec<Skipped>,
    /// Who of those due opted out of one of the day's lists.
    pub kept: Vec<Kept>,
    /// How long it takes at the pace, in whole seconds.
    pub takes: Duration,
    /// How many messages the day's quota lets through, if it does not let all: index of the first that has to wait.
    pub exceeds_daily_limit_at: Option<usize>,
}

/// Plans one day. `deliveries` are those of the edition that goes on, `None` if none has begun; once it has begun its
/// audience is frozen, so that who joined later is skipped. The same input gives the same plan.
#[must_use]
pub fn plan(expansion: &Expansion, opt_outs: &OptOuts, deliveries: Option<&[Delivery]>, pace: &Pace) -> Plan {
    let gate = Gate::new(opt_outs, deliveries);
    let mut seen = Seen::new(&expansion.recipients);
    let (mut due, mut skipped, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    let address = |position: usize, key: &AddressKey| {
        expansion.recipients.get(position).map_or_else(|| key.as_str().to_owned(), |one| one.address.to_string())
    };
    for (position, key) in expansion.recipients.keys().enumerate() {
        // Lists are unique already; a second spelling of one mailbox must not become a second copy if they are not.
        if !seen.insert_at(&key, position) {
            continue;
        }
        // A row under the pseudonym of somebody who was forgotten is theirs.
        if let Some(found) = opt_outs.of(&key) {
            seen.insert(&found.key);
        }
        match gate.admit(&key, position) {
            Ok(admitted) => {
                due.push(admitted);
                let out_of = opt_outs.partly(&key);
                if !out_of.is_empty() {
                    kept.push(Kept { address: address(position, &key), out_of: out_of.to_vec() });
                }
            }
            Err(reason) => skipped.push(Skipped { address: address(position, &key), reason }),
        }
    }
    for (address, list) in &expansion.excluded {
        if seen.insert(&address.key()) {
            skipped.push(Skipped { address: address.to_string(), reason: Reason::Excluded(list.clone()) });
        }
    }
    for (row, list) in &expansion.bad_rows {
        let (list, file) = (list.clone(), row.file.path.clone());
        let reason = Reason::BadRow { list, file, line: row.line, fault: row.reason.clone() };
        skipped.push(Skipped { address: row.shown.clone(), reason });
    }
    for delivery in deliveries.unwrap_or_default() {
        if seen.insert(&delivery.key) {
            let reason = settled(delivery).unwrap_or(Reason::Left);
            skipped.push(Skipped { address: delivery.address.clone(), reason });
        }
    }
    let (takes, exceeds_daily_limit_at) = (pace.takes(due.len()), pace.limit(due.len()));
    Plan { due, skipped, kept, takes, exceeds_daily_limit_at }
}

/// The addresses that were dealt with: those of the lists by their position, then others.
struct Seen<'a> {
    recipients: &'a People,
    others: Vec<AddressKey>,
    index: AddressIndex,
}

impl<'a> Seen<'a> {
    /// Nobody yet. Made once in its size: growing, it would be there twice.
    fn new(recipients: &'a People) -> Self {
        Self { recipients, others: Vec::new(), index: AddressIndex::with_capacity(recipients.len()) }
    }

    /// Whether the address of the recipient at that position is new.
    fn insert_at(&mut self, key: &AddressKey, position: usize) -> bool {
        let (recipients, others) = (self.recipients, &self.others);
        let key_at = |at: usize| match at.checked_sub(recipients.len()) {
            None => recipients.key_at(at),
            Some(at) => others.get(at).cloned(),
        };
        self.index.note(key, position, key_at).is_none()
    }

    /// Whether an address that may not be on the lists is new.
    fn insert(&mut self, key: &AddressKey) -> bool {
        let is_new = self.insert_at(key, self.recipients.len() + self.others.len());
        if is_new {
            self.others.push(key.clone());
        }
        is_new
    }
}

#[cfg(test)]
mod tests;
