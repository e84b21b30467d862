//! Which addresses are there already, where they stand in a list in any case: only positions are kept. With the keys in a
//! hash set, a million people took 40 MB more.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::address::AddressKey;

/// Positions in a list by the address that stands there; the list is the caller's, and asked for each comparison.
#[derive(Debug, Default)]
pub struct AddressIndex {
    positions: HashTable<u32>,
    state: RandomState,
}

impl AddressIndex {
    /// One that need not grow up to so many.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { positions: HashTable::with_capacity(capacity), ..Self::default() }
    }

    /// Where an address stands already, or `None` after noting that it stands at `position` from now on. `key_at` gives the
    /// address at a position that was noted before.
    pub fn note(
        &mut self,
        key: &AddressKey,
        position: usize,
        key_at: impl Fn(usize) -> Option<AddressKey>,
    ) -> Option<usize> {
        let at = |position: &u32| key_at(*position as usize);
        let hash = |position: &u32| self.state.hash_one(at(position));
        match self.positions.entry(self.state.hash_one(Some(key)), |position| at(position).as_ref() == Some(key), hash)
        {
            Entry::Occupied(occupied) => Some(*occupied.get() as usize),
            Entry::Vacant(vacant) => {
                // Lists end long before four thousand million people.
                vacant.insert(u32::try_from(position).unwrap_or(u32::MAX));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AddressIndex;
    use crate::model::AddressKey;

    #[test]
    fn each_address_is_noted_where_it_came_first() {
        let keys: Vec<AddressKey> =
            (0..3000).map(|number| AddressKey::from_stored(format!("{}@board.example", number % 1000))).collect();
        let mut index = AddressIndex::default();
        let found: Vec<Option<usize>> = keys
            .iter()
            .enumerate()
            .map(|(position, key)| index.note(key, position, |position| keys.get(position).cloned()))
            .collect();
        let expected: Vec<Option<usize>> =
            (0..3000).map(|number| Some(number % 1000).filter(|_| number >= 1000)).collect();
        assert_eq!(found, expected);
    }
}
