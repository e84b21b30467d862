//! How one person lies in the text of a list: lengths and numbers in single characters, then what they are of.

use std::sync::Arc;

use crate::model::address::Address;
use crate::model::fields::{Fields, length, push_length};
use crate::model::list_name::ListName;
use crate::model::place::Place;
use crate::model::recipient::{Kind, Recipient};
use crate::model::source_file::SourceFile;

/// A person, but for what many have in common, which stands as its number in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) address: &'a str,
    pub(super) kind: Kind,
    /// The lists.
    pub(super) lists: usize,
    /// The names of the fields.
    pub(super) names: usize,
    /// The file.
    pub(super) source: usize,
    /// Where in it, in octets.
    pub(super) start: usize,
    pub(super) size: usize,
    /// The values of the fields, as they are packed; up to its end.
    pub(super) values: &'a str,
}

impl<'a> Record<'a> {
    /// Adds it to a text.
    pub(super) fn write(&self, text: &mut String) {
        push_length(text, self.address.len());
        text.push_str(self.address);
        text.push(if self.kind == Kind::List { 'l' } else { 'i' });
        for number in [self.lists, self.names, self.source, self.start, self.size] {
            push_length(text, number);
        }
        text.push_str(self.values);
    }

    /// A text as a record; `None` where it is none.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (address, rest) = piece(text)?;
        let kind = if rest.starts_with('l') { Kind::List } else { Kind::Individual };
        let mut rest = rest.get(1..)?;
        let mut numbers = [0; 5];
        for number in &mut numbers {
            (*number, rest) = length(rest)?;
        }
        let [lists, names, source, start, size] = numbers;
        Some(Self { address, kind, lists, names, source, start, size, values: rest })
    }

    /// The person of a record, with the tables that it has numbers of.
    pub(super) fn recipient(
        &self,
        lists: &[Arc<[ListName]>],
        names: &[Arc<[String]>],
        sources: &[Arc<SourceFile>],
    ) -> Option<Recipient> {
        let source = sources.get(self.source)?;
        // Without its text, no place in it can be shown.
        let range = if source.text.is_empty() { 0..0 } else { self.start..self.start + self.size };
        Some(Recipient {
            address: Address::from_checked(self.address),
            lists: Arc::clone(lists.get(self.lists)?),
            fields: Fields::from_packed(Arc::clone(names.get(self.names)?), self.values),
            kind: self.kind,
            place: Place { source: Arc::clone(source), range },
        })
    }

    /// The address with which a text begins.
    pub(super) fn read_address(text: &'a str) -> Option<&'a str> {
        piece(text).map(|(address, _)| address)
    }
}

/// A length, as much of a text, and the rest.
fn piece(text: &str) -> Option<(&str, &str)> {
    let (length, rest) = length(text)?;
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Record};

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let record = Record {
            address: "a@board.example",
            kind: Kind::List,
            lists: 0,
            names: 63,
            source: 64,
            start: 70_000_000,
            size: 4097,
            values: "\u{4}Asha\u{2}é",
        };
        let mut text = String::new();
        record.write(&mut text);
        assert_eq!(Record::read(&text), Some(record));
        assert_eq!(Record::read_address(&text), Some("a@board.example"));
        let cut = text.len() - record.values.len();
        assert!((0..cut).all(|end| Record::read(&text[..end]).is_none()));
    }
}
