//! Who got the broadcast that is corrected: the latest copy that each has, over all of the day's editions.

use std::collections::{HashMap, HashSet};

use crate::app::audience;
use crate::app::fault::Fault;
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{AddressKey, Delivery, EditionRecord, State, long_date};

/// The broadcast that is corrected, and who got it.
pub(crate) struct Original {
    /// Its latest edition.
    pub(crate) record: EditionRecord,
    /// Who got it, in the order of the lists.
    pub(crate) reached: Vec<Reached>,
    /// Who may have got it.
    pub(crate) doubtful: Vec<Reached>,
    /// How many copies were sent back.
    pub(crate) sent_back: usize,
    /// How many of those who got it were forgotten since.
    pub(crate) forgotten: usize,
    /// How many are still to get the latest edition.
    pub(crate) waiting: usize,
}

/// Somebody with a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reached {
    pub(crate) key: AddressKey,
    /// As sent.
    pub(crate) address: String,
    /// Their copy's.
    pub(crate) message_id: Option<String>,
    /// The ledger's number for what it said.
    pub(crate) content: Option<i64>,
}

impl Original {
    /// Looks it up.
    ///
    /// # Errors
    /// [`Fault`] 76 where the day has not been sent, or who got it was erased; the ledger's.
    pub(crate) fn of(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Self> {
        let weekday = day.day.weekday();
        let mailings = audience::mailings(ledger, week, day)?;
        let Some((_, record)) = audience::latest_of(&mailings) else { return Err(not_sent(weekday).into()) };
        if let Some(at) = record.purged_at {
            let at = long_date(at.date_naive());
            let message = format!("who got {weekday}'s broadcast was erased from the ledger on {at}");
            return Err(Fault::new(Exit::Held, message)
                .help("a correction goes only to those who got the original; write to people in another way")
                .into());
        }
        let editions = mailings.iter().filter(|(_, one)| one.is_broadcast());
        let deliveries = editions.map(|(id, _)| ledger.deliveries(*id)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::from(record, deliveries))
    }

    /// How many different texts those who got it have.
    pub(crate) fn texts(&self) -> usize {
        self.reached.iter().filter_map(|one| one.content).collect::<HashSet<i64>>().len()
    }

    /// From the deliveries of each edition, oldest first.
    fn from(record: EditionRecord, editions: Vec<Vec<Delivery>>) -> Self {
        let mut order: Vec<(Option<Delivery>, Option<Delivery>)> = Vec::new();
        let mut places: HashMap<AddressKey, usize> = HashMap::new();
        for delivery in editions.into_iter().flatten() {
            if !matches!(delivery.state, State::Accepted | State::InDoubt | State::Sending) {
                continue;
            }
            let place = *places.entry(delivery.key.clone()).or_insert_with(|| {
                order.push((None, None));
                order.len() - 1
            });
            let (got, doubt) = &mut order[place];
            let latest = if delivery.state == State::Accepted { got } else { doubt };
            *latest = Some(delivery);
        }
        let waiting = record.counts.due + record.counts.deferred;
        let mut original =
            Self { record, reached: Vec::new(), doubtful: Vec::new(), sent_back: 0, forgotten: 0, waiting };
        for (got, doubt) in order {
            match (got, doubt) {
                (Some(got), _) if got.bounced_at.is_some() => original.sent_back += 1,
                (Some(one), _) | (None, Some(one)) if one.key.is_pseudonym() => original.forgotten += 1,
                (Some(got), _) => original.reached.push(reached(got)),
                (None, Some(doubt)) => original.doubtful.push(reached(doubt)),
                (None, None) => {}
            }
        }
        original
    }
}

/// Why there is nothing to correct yet.
pub(crate) fn not_sent(weekday: &str) -> Fault {
    let fault =
        Fault::new(Exit::Held, format!("{weekday}'s broadcast has not been sent, so there is nothing to correct"));
    fault.help("mend the week's file; it goes out as it is then")
}

fn reached(delivery: Delivery) -> Reached {
    let Delivery { key, address, message_id, content, .. } = delivery;
    Reached { key, address, message_id, content }
}

#[cfg(test)]
mod tests;
