//! One mailbox that a broadcast is due to, with its merge fields.

use std::sync::Arc;

use crate::model::address::Address;
use crate::model::fields::Fields;
use crate::model::list_name::ListName;
use crate::model::place::Place;

/// Whether an address is a person's or a list's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One person.
    Individual,
    /// An address that the mail system expands.
    List,
}

/// A recipient of one day's broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Where the message goes.
    pub address: Address,
    /// The lists that the recipient was found in, in the order of the broadcast's lists; the own one before expansion.
    pub lists: Arc<[ListName]>,
    /// The display name, and the merge fields: the extra keys or columns by their names.
    pub fields: Fields,
    /// A person or a list.
    pub kind: Kind,
    /// Where it is written.
    pub place: Place,
}

impl Recipient {
    /// Display name, if known: never blank, no control or bidi characters.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.fields.display_name()
    }
}
