//! The text of a list of people: in memory, or on a shelf.

use std::io;

/// Where a record lies in the text, in octets: 36 bits for its beginning, 28 for its length. A million of them are 8 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span(u64);

const LENGTH: u32 = 28;

impl Span {
    /// From one octet up to another.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self((start as u64) << LENGTH | (end - start) as u64)
    }

    /// In a text that is in memory.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        let start = usize::try_from(self.start()).unwrap_or(usize::MAX);
        start..start.saturating_add(self.length())
    }

    fn start(self) -> u64 {
        self.0 >> LENGTH
    }

    fn length(self) -> usize {
        (self.0 & ((1 << LENGTH) - 1)) as usize
    }
}

/// Where a text lies that is not kept in memory.
pub trait Shelf: Send {
    /// Fills `octets` with those that lie from `at` on.
    ///
    /// # Errors
    /// When they cannot be read, or there are not so many.
    fn read(&mut self, at: u64, octets: &mut [u8]) -> io::Result<()>;
}

/// The text.
pub(super) enum Text {
    Memory(String),
    /// With the record that was read last.
    Shelf(Box<dyn Shelf>, Vec<u8>),
}

impl Text {
    /// Lets the memory of the text go, when `put` has put it on a shelf; there already, it stays.
    pub(super) fn put(&mut self, put: impl FnOnce(&str) -> io::Result<Box<dyn Shelf>>) -> io::Result<()> {
        if let Self::Memory(text) = self {
            *self = Self::Shelf(put(text)?, Vec::new());
        }
        Ok(())
    }

    /// A record; `None` where there is none, or it cannot be read.
    pub(super) fn record(&mut self, span: Span) -> Option<&str> {
        match self {
            Self::Memory(text) => text.get(span.range()),
            Self::Shelf(shelf, record) => {
                record.resize(span.length(), 0);
                shelf.read(span.start(), record).ok()?;
                std::str::from_utf8(record).ok()
            }
        }
    }
}
