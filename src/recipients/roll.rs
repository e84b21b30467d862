//! The people of one list as they are read, each address once.

use std::collections::HashMap;

use crate::model::{Address, AddressIndex, Finding, People, PeopleBuilder, Place, Recipient};
use crate::recipients::fields;

/// Collects the people of one list.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    members: PeopleBuilder,
    index: AddressIndex,
    /// What was probably meant by each domain seen: lists have few domains and many people.
    meant: HashMap<String, Option<String>>,
}

impl Roll {
    /// Adds a person. Where the address is in the list already, the earlier entry stays and takes over what it lacks
    /// from this one; then the place of the earlier one comes back.
    pub(crate) fn add(&mut self, recipient: &Recipient) -> Option<Place> {
        let (members, key) = (&self.members, recipient.address.key());
        let Some(at) = self.index.note(&key, members.len(), |at| members.key_at(at)) else {
            self.members.push(recipient);
            return None;
        };
        self.members.fill(at, &recipient.fields)
    }

    /// What was probably meant by the domain of an address, where it looks like a slip.
    pub(crate) fn meant(&mut self, address: &Address) -> Option<String> {
        if let Some(known) = self.meant.get(address.domain()) {
            return known.clone();
        }
        let meant = fields::meant(address);
        self.meant.insert(address.domain().to_owned(), meant.clone());
        meant
    }

    /// The people in the order in which they came.
    pub(crate) fn finish(self) -> People {
        self.members.finish()
    }
}

/// The warning for an address that is in the list already; `place` is that of the second one.
pub(crate) fn twice(address: &str, place: Place, first: Place) -> Finding {
    let message = format!("{} is in this list already", fields::printable(address));
    Finding::warning("duplicate-member", place, message)
        .label(first, "first here")
        .help("remove one of the two; nobody gets two copies either way")
}
