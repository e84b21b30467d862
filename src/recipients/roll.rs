//! The people of one list as they are read, each address once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::model::{Address, AddressKey, Finding, Place, Recipient};
use crate::recipients::fields;

/// Collects the people of one list.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    members: Vec<Arc<Recipient>>,
    index: HashMap<AddressKey, u32>,
    /// What was probably meant by each domain seen: lists have few domains and many people.
    meant: HashMap<String, Option<String>>,
}

impl Roll {
    /// Adds a person. Where the address is in the list already, the earlier entry stays and takes over what it lacks
    /// from this one; then the place of the earlier one comes back.
    pub(crate) fn add(&mut self, recipient: Recipient) -> Option<Place> {
        match self.index.entry(recipient.address.key()) {
            Entry::Vacant(vacant) => {
                // Files end long before four thousand million rows.
                vacant.insert(u32::try_from(self.members.len()).unwrap_or(u32::MAX));
                self.members.push(Arc::new(recipient));
                None
            }
            Entry::Occupied(occupied) => {
                let first = self.members.get_mut(usize::try_from(*occupied.get()).ok()?)?;
                // Nobody else has it before the roll is finished.
                if let Some(first) = Arc::get_mut(first) {
                    first.name = first.name.take().or(recipient.name);
                    first.fields.fill_from(&recipient.fields);
                }
                Some(first.place.clone())
            }
        }
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
