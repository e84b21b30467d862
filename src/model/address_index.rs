//! Which addresses are there already, where they stand in a list in any case: only positions are kept. With the keys in a
//! hash set, a million people took 40 MB more.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::address::AddressKey;

/// Positions in a list by the address that stands there; the list is the caller's, and asked for each comparison.
#[derive(Debug)]
pub struct AddressIndex {
    /// Each with half of its hash, so that the list need not be read again when this grows. In many tables, because one of
    /// twenty megabytes that grows is there twice, and leaves a hole that the C library keeps for another of its size.
    tables: Box<[HashTable<(u32, u32)>]>,
    state: RandomState,
}

const TABLES: u32 = 64;

impl Default for AddressIndex {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl AddressIndex {
    /// One that need not grow up to so many.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        let each = capacity / TABLES as usize;
        // Addresses do not fall evenly: three in a hundred more are four standard deviations where there are a million.
        let each = if each == 0 { 0 } else { each + each / 32 + 16 };
        let tables = (0..TABLES).map(|_| HashTable::with_capacity(each)).collect();
        Self { tables, state: RandomState::new() }
    }

    /// Where an address stands already, or `None` after noting that it stands at `position` from now on. `key_at` gives the
    /// address at a position that was noted before.
    pub fn note(
        &mut self,
        key: &AddressKey,
        position: usize,
        key_at: impl Fn(usize) -> Option<AddressKey>,
    ) -> Option<usize> {
        let half = self.half(key);
        let same = |noted: &(u32, u32)| is_at(noted, half, key, &key_at);
        let table = self.tables.get_mut(table_of(half))?;
        match table.entry(whole(half), same, |(_, half)| whole(*half)) {
            Entry::Occupied(occupied) => Some(occupied.get().0 as usize),
            Entry::Vacant(vacant) => {
                // Lists end long before four thousand million people.
                vacant.insert((u32::try_from(position).unwrap_or(u32::MAX), half));
                None
            }
        }
    }

    /// Where an address stands, if it was noted.
    pub fn find(&self, key: &AddressKey, key_at: impl Fn(usize) -> Option<AddressKey>) -> Option<usize> {
        let half = self.half(key);
        let found = self.tables.get(table_of(half))?.find(whole(half), |noted| is_at(noted, half, key, &key_at));
        found.map(|(position, _)| *position as usize)
    }

    fn half(&self, key: &AddressKey) -> u32 {
        (self.state.hash_one(key) >> 32) as u32
    }
}

fn is_at(
    (position, noted): &(u32, u32),
    half: u32,
    key: &AddressKey,
    key_at: impl Fn(usize) -> Option<AddressKey>,
) -> bool {
    *noted == half && key_at(*position as usize).as_ref() == Some(key)
}

fn table_of(half: u32) -> usize {
    (half % TABLES) as usize
}

/// A table looks at the highest and the lowest bits.
fn whole(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
        let find = |name: &str| index.find(&AddressKey::from_stored(name.into()), |at| keys.get(at).cloned());
        assert_eq!((find("7@board.example"), find("1000@board.example")), (Some(7), None));
    }
}
