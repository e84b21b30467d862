//! People in an order, and where they lie.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::address::AddressKey;
use crate::model::list_name::ListName;
use crate::model::people::record::Record;
use crate::model::people::text::{Shelf, Span, Text};
use crate::model::recipient::Recipient;
use crate::model::source_file::SourceFile;

/// People in an order. Copies share what they hold.
#[derive(Clone, Default)]
pub struct People(pub(super) Arc<Store>);

#[derive(Default)]
pub(super) struct Store {
    pub(super) spans: Vec<Span>,
    /// What many have in common.
    pub(super) lists: Vec<Arc<[ListName]>>,
    pub(super) names: Vec<Arc<[String]>>,
    pub(super) held: Mutex<Held>,
    pub(super) is_broken: AtomicBool,
}

/// What goes on a shelf, and what is let go with it.
pub(super) struct Held {
    pub(super) text: Text,
    pub(super) sources: Vec<Arc<SourceFile>>,
}

impl Default for Held {
    fn default() -> Self {
        Self { text: Text::Memory(String::new()), sources: Vec::new() }
    }
}

impl People {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.spans.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.spans.is_empty()
    }

    /// The one at a position; `None` behind the end, and where the shelf cannot be read ([`Self::is_broken`]).
    #[must_use]
    pub fn get(&self, position: usize) -> Option<Recipient> {
        let Store { lists, names, .. } = &*self.0;
        self.0.read(position, |text, sources| Record::read(text)?.recipient(lists, names, sources))
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<Recipient> {
        self.get(0)
    }

    /// One after the other.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Recipient> + '_ {
        (0..self.len()).filter_map(|position| self.get(position))
    }

    /// The key of the address at a position; `None` as for [`Self::get`].
    #[must_use]
    pub fn key_at(&self, position: usize) -> Option<AddressKey> {
        self.0.read(position, |text, _| Record::read_address(text).map(AddressKey::of_checked))
    }

    /// The keys of all addresses.
    pub fn keys(&self) -> impl Iterator<Item = AddressKey> + '_ {
        (0..self.len()).filter_map(|position| self.key_at(position))
    }

    /// The same people, each in these lists.
    #[must_use]
    pub fn on(self, lists: &Arc<[ListName]>) -> Self {
        match Arc::try_unwrap(self.0) {
            Ok(mut store) => {
                store.lists.fill_with(|| Arc::clone(lists));
                Self(Arc::new(store))
            }
            Err(shared) => Self(shared).iter().map(|one| Recipient { lists: Arc::clone(lists), ..one }).collect(),
        }
    }

    /// Puts them, and all copies, on a shelf with `put`: what they took of the memory is free again, and they are read when
    /// asked for. Of their places, the names of the files are left.
    ///
    /// # Errors
    /// Those of `put`; they are in memory then, as before.
    pub fn put(&self, put: impl FnOnce(&str) -> io::Result<Box<dyn Shelf>>) -> io::Result<()> {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.text.put(put)?;
        for source in &mut held.sources {
            *source = SourceFile::without_text(source.path.clone());
        }
        Ok(())
    }

    /// Whether somebody was asked for who could not be read any more.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.0.is_broken.load(Ordering::Relaxed)
    }
}

impl Store {
    fn read<T>(&self, position: usize, read: impl FnOnce(&str, &[Arc<SourceFile>]) -> Option<T>) -> Option<T> {
        let span = *self.spans.get(position)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Held { text, sources } = &mut *held;
        let found = text.record(span).and_then(|text| read(text, sources));
        if found.is_none() {
            self.is_broken.store(true, Ordering::Relaxed);
        }
        found
    }
}

impl PartialEq for People {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for People {}

impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
