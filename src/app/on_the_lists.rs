//! The people of a day by their addresses.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::model::{AddressIndex, AddressKey, Expansion, Recipient};

/// Finds people of an expansion, without a copy of their addresses.
///
/// The ledger has an edition's people in the order of the lists, so mostly it is known where to look. The index of a
/// million people takes 19 MB, and is made only where the lists have changed since.
pub(crate) struct OnTheLists {
    expansion: Arc<Expansion>,
    index: OnceLock<AddressIndex>,
    /// By how much a number of the ledger is more than the position, when somebody was last found by it.
    ahead: Mutex<Option<i64>>,
}

impl OnTheLists {
    /// Looks at nobody yet.
    pub(crate) fn new(expansion: &Arc<Expansion>) -> Self {
        Self { expansion: Arc::clone(expansion), index: OnceLock::new(), ahead: Mutex::new(None) }
    }

    /// Where somebody stands; first it is looked at `near`.
    pub(crate) fn position(&self, key: &AddressKey, near: Option<usize>) -> Option<usize> {
        let recipients = &self.expansion.recipients;
        let key_at = |at: usize| recipients.key_at(at);
        if let Some(near) = near.filter(|near| *near < recipients.len() && key_at(*near).as_ref() == Some(key)) {
            return Some(near);
        }
        let index = self.index.get_or_init(|| {
            let mut index = AddressIndex::with_capacity(recipients.len());
            for (position, key) in recipients.keys().enumerate() {
                index.note(&key, position, key_at);
            }
            index
        });
        index.find(key, key_at)
    }

    /// Somebody; `number` is that of the delivery in the ledger.
    pub(crate) fn recipient(&self, key: &AddressKey, number: i64) -> Option<Recipient> {
        let recipients = &self.expansion.recipients;
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let near = match ahead {
            Some(ahead) => usize::try_from(number - ahead).ok(),
            // The first of a run: mostly the first of the list, or it is not far.
            None => recipients.keys().position(|one| one == *key),
        };
        let position = self.position(key, near)?;
        if near != Some(position) || ahead.is_none() {
            let ahead = i64::try_from(position).ok().map(|position| number - position);
            *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = ahead;
        }
        recipients.get(position)
    }

    /// Whether somebody who stands there could not be read.
    pub(crate) fn is_broken(&self) -> bool {
        self.expansion.recipients.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::OnTheLists;
    use crate::model::{Address, AddressKey, Expansion, Fields, Kind, Place, Recipient};

    fn expansion(numbers: impl Iterator<Item = usize>) -> Arc<Expansion> {
        let person = |number: usize| Recipient {
            address: Address::parse(&format!("person{number}@board.example")).unwrap(),
            lists: [].into(),
            fields: Fields::default(),
            kind: Kind::Individual,
            place: Place::file("people.csv"),
        };
        Arc::new(Expansion { recipients: numbers.map(person).collect(), ..Expansion::default() })
    }

    fn key(number: i64) -> AddressKey {
        AddressKey::from_stored(format!("person{number}@board.example"))
    }

    fn is_found(lists: &OnTheLists, number: i64) -> bool {
        let found = lists.recipient(&key(number), 1000 + number);
        found.map(|one| one.address.key()).is_some_and(|own| own == key(number))
    }

    #[test]
    fn as_long_as_the_lists_are_as_they_were_no_index_is_made() {
        let lists = OnTheLists::new(&expansion(0..100));
        assert!([3, 0, 99, 50].into_iter().all(|number| is_found(&lists, number)));
        assert!(lists.index.get().is_none());
        assert!(!is_found(&lists, 100) && lists.index.get().is_some(), "somebody who is not on them");
    }

    #[test]
    fn where_the_lists_have_changed_everybody_is_found_all_the_same() {
        let lists = OnTheLists::new(&expansion((0..100).filter(|number| number % 7 != 3)));
        for number in 0..100 {
            assert_eq!(is_found(&lists, number), number % 7 != 3, "{number}");
        }
        let turned = OnTheLists::new(&expansion((0..100).rev()));
        assert!((0..100).all(|number| is_found(&turned, number)));
    }
}
