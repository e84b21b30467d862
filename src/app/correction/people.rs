//! Whom a correction goes to: people who got the original, whatever lists they are on now, and what is known of them.

use std::collections::HashMap;

use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::Ledger;
use crate::model::{Address, AddressKey, Expansion, Fields, Kind, Place, Recipient};
use crate::plan::OptOuts;

/// The people of these addresses. What the day's lists know of somebody is as on the broadcast; of whoever left them since,
/// only the address is known. Answers with how many these are.
pub(crate) fn recipients<'a>(day: &DayReady, addresses: impl Iterator<Item = &'a str>) -> (Expansion, usize) {
    let known: HashMap<AddressKey, usize> =
        day.expansion.recipients.keys().enumerate().map(|(position, key)| (key, position)).collect();
    let mut gone = 0;
    let recipients = addresses.filter_map(|address| {
        let address = Address::parse(address).ok()?;
        if let Some(position) = known.get(&address.key()) {
            return day.expansion.recipients.get(*position);
        }
        gone += 1;
        Some(Recipient {
            address,
            lists: [].into(),
            fields: Fields::default(),
            kind: Kind::Individual,
            place: Place::file("recipients.toml"),
        })
    });
    let recipients = recipients.collect();
    (Expansion { recipients, ..Expansion::default() }, gone)
}

/// Who must not be mailed. Somebody who is on no list of the day any more and opted out of any list is left in peace: no
/// list is left by which they would want it.
///
/// # Errors
/// The ledger's.
pub(crate) fn opted_out(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<OptOuts> {
    let on_lists: std::collections::HashSet<AddressKey> = day.expansion.recipients.keys().collect();
    let of_lists = ledger.suppressions()?.into_iter().filter(|one| one.list.is_some() && !on_lists.contains(&one.key));
    Ok(opt_outs(Some(ledger), week, day)?.and(of_lists))
}
