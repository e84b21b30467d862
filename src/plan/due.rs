//! The gate: a [`Due`] is the only way to name somebody who gets the message, and only the gate can make one.

use std::collections::HashMap;

use crate::model::{AddressKey, Delivery, State, Suppression};
use crate::plan::opt_outs::OptOuts;
use crate::plan::reason::Reason;

/// A recipient who passed the gate: on the lists, not suppressed, not accepted, refused or in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due(usize);

impl Due {
    /// Who: the position in the day's expansion.
    #[must_use]
    pub fn position(&self) -> usize {
        self.0
    }
}

/// What is known of addresses before a day goes out.
pub(crate) struct Gate<'a> {
    opt_outs: &'a OptOuts,
    /// `None` before the day has begun.
    deliveries: Option<HashMap<&'a AddressKey, &'a Delivery>>,
}

impl<'a> Gate<'a> {
    pub(crate) fn new(opt_outs: &'a OptOuts, deliveries: Option<&'a [Delivery]>) -> Self {
        Self {
            opt_outs,
            deliveries: deliveries.map(|rows| rows.iter().map(|delivery| (&delivery.key, delivery)).collect()),
        }
    }

    /// Lets a recipient through, or says why not.
    pub(crate) fn admit(&self, key: &AddressKey, position: usize) -> Result<Due, Reason> {
        let delivery = self.deliveries.as_ref().map(|rows| rows.get(key).copied());
        // What has happened is said before what is forbidden: "already accepted" is the news about an opt-out of today.
        if let Some(reason) = delivery.flatten().and_then(settled) {
            return Err(reason);
        }
        if let Some(suppression) = self.opt_outs.of(key) {
            return Err(opted_out(suppression));
        }
        match delivery {
            Some(None) => Err(Reason::Joined),
            Some(Some(delivery)) if delivery.state == State::Suppressed => Err(Reason::Withheld(delivery.note.clone())),
            Some(Some(_)) | None => Ok(Due(position)),
        }
    }
}

/// The reason that an opt-out is.
fn opted_out(suppression: &Suppression) -> Reason {
    let Suppression { key, list, reason, since, .. } = suppression;
    match key.is_pseudonym() {
        true => Reason::Forgotten(*since),
        false => Reason::Suppressed { list: list.clone(), reason: reason.clone(), since: *since },
    }
}

/// Why a delivery needs no attempt, or must not have one; `None` while it waits for its turn or is suppressed.
pub(crate) fn settled(delivery: &Delivery) -> Option<Reason> {
    match delivery.state {
        State::Accepted if delivery.is_only_in_folder() => Some(Reason::InFolder(delivery.changed_at)),
        State::Accepted => Some(Reason::Accepted { at: delivery.changed_at, bounced: delivery.bounced_at.is_some() }),
        // `Sending` of a run that is over is doubt; of one that runs now it must not be touched either.
        State::InDoubt | State::Sending => Some(Reason::InDoubt(delivery.note.clone())),
        State::Refused => {
            Some(Reason::Refused(delivery.reply.as_ref().map(ToString::to_string).or_else(|| delivery.note.clone())))
        }
        State::Expired => Some(Reason::Expired),
        State::Skipped => Some(Reason::Left),
        State::Suppressed | State::Pending | State::Claimed | State::Deferred => None,
    }
}
