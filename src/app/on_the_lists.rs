//! The people of a day by their addresses.

use std::sync::Arc;

use crate::model::{AddressIndex, AddressKey, Expansion, Recipient};

/// Finds people of an expansion, without a copy of their addresses.
pub(crate) struct OnTheLists {
    expansion: Arc<Expansion>,
    index: AddressIndex,
}

impl OnTheLists {
    /// Looks at everybody once.
    pub(crate) fn new(expansion: &Arc<Expansion>) -> Self {
        let recipients = &expansion.recipients;
        let mut index = AddressIndex::with_capacity(recipients.len());
        for (position, recipient) in recipients.iter().enumerate() {
            index.note(&recipient.address.key(), position, |at| key_at(recipients, at));
        }
        Self { expansion: Arc::clone(expansion), index }
    }

    /// Where somebody stands.
    pub(crate) fn position(&self, key: &AddressKey) -> Option<usize> {
        self.index.find(key, |at| key_at(&self.expansion.recipients, at))
    }

    /// Somebody.
    pub(crate) fn recipient(&self, key: &AddressKey) -> Option<&Recipient> {
        self.expansion.recipients.get(self.position(key)?).map(|recipient| &**recipient)
    }
}

fn key_at(recipients: &[Arc<Recipient>], at: usize) -> Option<AddressKey> {
    recipients.get(at).map(|recipient| recipient.address.key())
}
