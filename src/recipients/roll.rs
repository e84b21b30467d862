//! The people of one list as they are read, each address once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Address, AddressIndex, Finding, Place, Recipient};
use crate::recipients::fields;

/// Collects the people of one list.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    members: Vec<Arc<Recipient>>,
    index: AddressIndex,
    /// What was probably meant by each domain seen: lists have few domains and many people.
    meant: HashMap<String, Option<String>>,
}

impl Roll {
    /// Adds a person. Where the address is in the list already, the earlier entry stays and takes over what it lacks
    /// from this one; then the place of the earlier one comes back.
    pub(crate) fn add(&mut self, recipient: Recipient) -> Option<Place> {
        let (members, key) = (&self.members, recipient.address.key());
        let key_at = |at: usize| members.get(at).map(|member| member.address.key());
        let Some(at) = self.index.note(&key, members.len(), key_at) else {
            self.members.push(Arc::new(recipient));
            return None;
        };
        let first = self.members.get_mut(at)?;
        // Nobody else has it before the roll is finished.
        if let Some(first) = Arc::get_mut(first) {
            first.fields.fill_from(&recipient.fields);
        }
        Some(first.place.clone())
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
    pub(crate) fn finish(self) -> Vec<Arc<Recipient>> {
        self.members
    }
}

/// The warning for an address that is in the list already; `place` is that of the second one.
pub(crate) fn twice(address: &str, place: Place, first: Place) -> Finding {
    let message = format!("{} is in this list already", fields::printable(address));
    Finding::warning("duplicate-member", place, message)
        .label(first, "first here")
        .help("remove one of the two; nobody gets two copies either way")
}
