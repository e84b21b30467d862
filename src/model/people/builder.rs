//! People as they are collected.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use crate::model::address::AddressKey;
use crate::model::fields::Fields;
use crate::model::list_name::ListName;
use crate::model::people::packed::{Held, People, Store};
use crate::model::people::record::Record;
use crate::model::people::text::{Span, Text};
use crate::model::place::Place;
use crate::model::recipient::Recipient;
use crate::model::source_file::SourceFile;

/// Collects [`People`].
#[derive(Debug, Default)]
pub struct PeopleBuilder {
    text: String,
    spans: Vec<Span>,
    lists: Table<[ListName]>,
    names: Table<[String]>,
    sources: Vec<Arc<SourceFile>>,
    /// Their numbers; the same file is the same allocation.
    numbers: HashMap<*const SourceFile, usize>,
}

impl PeopleBuilder {
    /// How many there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is nobody yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// One more.
    pub fn push(&mut self, recipient: &Recipient) {
        let span = self.write(recipient);
        self.spans.push(span);
    }

    /// The key of the address at a position.
    #[must_use]
    pub fn key_at(&self, position: usize) -> Option<AddressKey> {
        Record::read_address(self.record(position)?).map(AddressKey::of_checked)
    }

    /// Lets the one at a position take over from others what is lacking; the place of the one comes back.
    pub fn fill(&mut self, position: usize, from: &Fields) -> Option<Place> {
        let record = Record::read(self.record(position)?)?;
        let mut recipient = record.recipient(&self.lists.values, &self.names.values, &self.sources)?;
        let before = recipient.fields.clone();
        recipient.fields.fill_from(from);
        if recipient.fields != before {
            // The record as it was is left behind: this is rare.
            let span = self.write(&recipient);
            *self.spans.get_mut(position)? = span;
        }
        Some(recipient.place)
    }

    /// All of them.
    #[must_use]
    pub fn finish(mut self) -> People {
        self.text.shrink_to_fit();
        self.spans.shrink_to_fit();
        let held = Held { text: Text::Memory(self.text), sources: self.sources };
        let (lists, names) = (self.lists.values, self.names.values);
        People(Arc::new(Store { spans: self.spans, lists, names, held: Mutex::new(held), ..Store::default() }))
    }

    fn record(&self, position: usize) -> Option<&str> {
        self.text.get(self.spans.get(position)?.range())
    }

    fn write(&mut self, recipient: &Recipient) -> Span {
        let Recipient { address, lists, fields, kind, place } = recipient;
        let (names, values) = fields.packed();
        let start = self.text.len();
        let record = Record {
            address: address.as_str(),
            kind: *kind,
            lists: self.lists.number(lists),
            names: self.names.number(names),
            source: self.source(&place.source),
            start: place.range.start,
            size: place.range.len(),
            values,
        };
        record.write(&mut self.text);
        Span::new(start, self.text.len())
    }

    fn source(&mut self, source: &Arc<SourceFile>) -> usize {
        *self.numbers.entry(Arc::as_ptr(source)).or_insert_with(|| {
            self.sources.push(Arc::clone(source));
            self.sources.len() - 1
        })
    }
}

impl FromIterator<Recipient> for People {
    fn from_iter<I: IntoIterator<Item = Recipient>>(recipients: I) -> Self {
        let mut people = PeopleBuilder::default();
        recipients.into_iter().for_each(|one| people.push(&one));
        people.finish()
    }
}

/// Different values by their numbers.
#[derive(Debug)]
struct Table<T: ?Sized> {
    values: Vec<Arc<T>>,
    numbers: HashMap<Arc<T>, usize>,
    last: usize,
}

impl<T: ?Sized> Default for Table<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: HashMap::new(), last: 0 }
    }
}

impl<T: ?Sized + Eq + Hash> Table<T> {
    fn number(&mut self, value: &Arc<T>) -> usize {
        // The people of one file share it, one after the other.
        if !self.values.get(self.last).is_some_and(|last| Arc::ptr_eq(last, value)) {
            self.last = *self.numbers.entry(Arc::clone(value)).or_insert_with(|| {
                self.values.push(Arc::clone(value));
                self.values.len() - 1
            });
        }
        self.last
    }
}
