//! Who is to get an edition, and who is in it already. A million people pass by one after the other.

use std::collections::HashMap;

use crate::app::on_the_lists::OnTheLists;
use crate::app::ready::DayReady;
use crate::ledger::{EditionId, Enrolment, Ledger, LedgerError};
use crate::model::{AddressKey, Expansion, Pseudonyms, Recipient, State};
use crate::plan::OptOuts;

/// Who is in an edition, as far as a command has to know it.
pub(crate) struct Enrolled {
    /// Those in doubt, in the order of the list.
    pub(crate) in_doubt: Vec<AddressKey>,
    lists: OnTheLists,
    /// The state of everybody on the lists, where they are in it.
    states: Vec<Option<State>>,
    /// Those who are not on the lists, or no more.
    others: HashMap<AddressKey, State>,
}

impl Enrolled {
    /// Where somebody stands, if they are in it.
    pub(crate) fn state(&self, key: &AddressKey) -> Option<State> {
        match self.lists.position(key, None) {
            Some(position) => self.states.get(position).copied().flatten(),
            None => self.others.get(key).copied(),
        }
    }
}

/// Who is in an edition, and who joined the lists since. The ledger's rows pass by one after the other: of a million only
/// those are kept who are on no list.
///
/// # Errors
/// [`LedgerError::Storage`].
pub(crate) fn enrolled(
    ledger: &dyn Ledger,
    id: EditionId,
    day: &DayReady,
    opted_out: &OptOuts,
) -> Result<(Enrolled, Vec<Enrolment>), LedgerError> {
    let recipients = &day.expansion.recipients;
    let mut enrolled = Enrolled {
        in_doubt: Vec::new(),
        lists: OnTheLists::new(&day.expansion),
        states: vec![None; recipients.len()],
        others: HashMap::new(),
    };
    let mut next = 0;
    ledger.each_address(id, &mut |key, state| {
        if state == State::InDoubt {
            enrolled.in_doubt.push(key.clone());
        }
        // The ledger has them in the order of the lists.
        let position = enrolled.lists.position(&key, Some(next));
        next = position.map_or(next, |position| position + 1);
        match position.and_then(|position| enrolled.states.get_mut(position)) {
            Some(slot) => *slot = Some(state),
            None => drop(enrolled.others.insert(key, state)),
        }
    })?;
    // Somebody who was forgotten and is mailed again may have their copy under the pseudonym.
    let pseudonyms = enrolled.others.keys().any(AddressKey::is_pseudonym).then(|| Pseudonyms::new(ledger.secret()));
    let is_in = |key: &AddressKey| enrolled.others.contains_key(key);
    let joined = enrolled.states.iter().enumerate().filter(|(_, state)| state.is_none());
    let joined =
        joined.filter_map(|(position, _)| Some(enrolment(&recipients.get(position)?, opted_out))).filter(|one| {
            let under_pseudonym = pseudonyms.as_ref().is_some_and(|pseudonyms| is_in(&pseudonyms.of(&one.key)));
            !is_in(&one.key) && !under_pseudonym
        });
    let joined = joined.collect();
    Ok((enrolled, joined))
}

/// Everybody of an expansion; those who opted out are in it, suppressed, so that the counts add up to the list.
pub(crate) fn enrolments<'a>(expansion: &'a Expansion, opt_outs: &'a OptOuts) -> impl Iterator<Item = Enrolment> + 'a {
    expansion.recipients.iter().map(|recipient| enrolment(&recipient, opt_outs))
}

fn enrolment(recipient: &Recipient, opt_outs: &OptOuts) -> Enrolment {
    let key = recipient.address.key();
    let suppression = opt_outs.of(&key);
    // Somebody who was forgotten stands on a list again, and must not come into the ledger by that.
    let pseudonym = suppression.map(|found| &found.key).filter(|key| key.is_pseudonym());
    Enrolment {
        state: if suppression.is_some() { State::Suppressed } else { State::Pending },
        note: suppression.map(|suppression| suppression.reason.clone()),
        address: pseudonym.map_or(recipient.address.as_str(), AddressKey::as_str).to_owned(),
        key: pseudonym.cloned().unwrap_or(key),
        in_reply_to: None,
    }
}
