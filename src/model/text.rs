//! A string of the officer's that remembers where each of its bytes stands in her file.

use std::ops::Range;

use crate::model::place::Place;

/// A string value with its place and the map from its own byte offsets to those of the file.
///
/// Line ends in the value are always `\n`; the map takes care of `\r\n` in the file, of escapes in `"…"` and of the
/// opening delimiter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    value: String,
    place: Place,
    /// `(offset in value, offset in file)`, ascending; between two points both advance alike.
    map: Vec<(usize, usize)>,
}

impl Text {
    /// A text with its map; an empty map points everything at the whole place.
    #[must_use]
    pub fn new(value: String, place: Place, map: Vec<(usize, usize)>) -> Self {
        Self { value, place, map }
    }

    /// A text that stands in no file as it is (a default), shown at `place`.
    #[must_use]
    pub fn synthetic(value: impl Into<String>, place: Place) -> Self {
        Self { value: value.into(), place, map: Vec::new() }
    }

    /// The string.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The whole literal, delimiters included.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The place in the file of a byte range of the value.
    #[must_use]
    pub fn at(&self, range: Range<usize>) -> Place {
        if self.map.is_empty() {
            return self.place.clone();
        }
        let start = self.offset(range.start);
        // The end of a range is the end of its last byte, so that a range before an escape or a line end stays short.
        let end = if range.end > range.start { self.offset(range.end - 1) + 1 } else { start };
        Place::new(&self.place.source, start..end.max(start))
    }

    fn offset(&self, offset: usize) -> usize {
        let index = self.map.partition_point(|(value, _)| *value <= offset);
        let (value, file) = self.map[index.saturating_sub(1)];
        (file + offset.saturating_sub(value)).min(self.place.source.text.len())
    }

    /// Whether nothing but white space is in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.value.trim().is_empty()
    }
}
