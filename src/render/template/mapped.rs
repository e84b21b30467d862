//! A string made from another one, with the way back: which stretch of the original each of its bytes came from.

use std::borrow::Cow;
use std::ops::Range;

use crate::render::template::sentinel::clean;

/// A derived string; offsets of it can be traced to the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mapped {
    text: String,
    /// `(offset here, bytes of the original, copied)`, ascending; a copied stretch advances byte by byte, another stands
    /// as a whole for its bytes of the original.
    points: Vec<(usize, Range<usize>, bool)>,
}

impl Mapped {
    /// Appends a stretch that stands in the original at `origin`, as it is.
    pub(crate) fn copy(&mut self, text: &str, origin: usize) {
        // A stretch that goes on where the last one ended needs no point of its own.
        match self.points.last_mut() {
            Some((_, from, true)) if from.end == origin => from.end += text.len(),
            _ => self.points.push((self.text.len(), origin..origin + text.len(), true)),
        }
        self.text.push_str(text);
    }

    /// Appends something that stands for a stretch of the original, or belongs to a place of it.
    pub(crate) fn insert(&mut self, text: &str, origin: Range<usize>) {
        self.points.push((self.text.len(), origin, false));
        self.text.push_str(text);
    }

    /// Appends a stretch of the original without the characters that we use ourselves.
    pub(crate) fn copy_clean(&mut self, original: &str, range: Range<usize>) {
        let part = original.get(range.clone()).unwrap_or_default();
        for (at, character) in part.char_indices() {
            let (origin, length) = (range.start + at, character.len_utf8());
            match clean(&part[at..at + length]) {
                Cow::Borrowed(same) => self.copy(same, origin),
                Cow::Owned(other) => self.insert(&other, origin..origin + length),
            }
        }
    }

    /// The same with stretches replaced, in ascending order; what is new belongs to the place of what it replaces.
    pub(crate) fn edited(&self, edits: &[(Range<usize>, String)]) -> Self {
        let mut out = Self::default();
        let mut from = 0;
        for (range, new) in edits {
            self.copy_to(&mut out, from..range.start);
            out.insert(new, self.origin(range.start..range.end.max(range.start + 1)));
            from = range.end;
        }
        self.copy_to(&mut out, from..self.text.len());
        out
    }

    fn copy_to(&self, out: &mut Self, range: Range<usize>) {
        for (index, (at, origin, copied)) in self.points.iter().enumerate() {
            let next = self.points.get(index + 1).map_or(self.text.len(), |(next, ..)| *next);
            let part = range.start.max(*at)..range.end.min(next);
            match self.text.get(part.clone()).filter(|part| !part.is_empty()) {
                Some(text) if *copied => out.copy(text, origin.start + part.start - at),
                Some(text) => out.insert(text, origin.clone()),
                None => {}
            }
        }
    }

    /// The string.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The stretch of the original that a range came from.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.back(range.start).start;
        let end = if range.end > range.start { self.back(range.end - 1).end } else { start };
        start..end.max(start)
    }

    /// `(offset here, offset in the original)` of each stretch.
    pub(crate) fn points(&self) -> impl Iterator<Item = (usize, usize)> {
        self.points.iter().map(|(here, there, _)| (*here, there.start))
    }

    /// Takes the white space at the end away.
    pub(crate) fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        let length = self.text.len();
        self.points.retain(|(at, _, _)| *at < length);
    }

    fn back(&self, offset: usize) -> Range<usize> {
        let index = self.points.partition_point(|(at, _, _)| *at <= offset);
        match self.points.get(index.saturating_sub(1)) {
            Some((at, origin, true)) => {
                let here = origin.start + offset.saturating_sub(*at);
                here..here + 1
            }
            Some((_, origin, false)) => origin.clone(),
            None => offset..offset + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mapped;

    #[test]
    fn ranges_are_traced_to_where_they_came_from() {
        let mut mapped = Mapped::default();
        mapped.copy("Hello ", 0);
        mapped.insert("\u{F0000}", 6..15);
        mapped.copy(" there", 15);
        assert_eq!(mapped.text(), "Hello \u{F0000} there");
        assert_eq!(mapped.origin(0..5), 0..5);
        assert_eq!(mapped.origin(6..10), 6..15);
        assert_eq!(mapped.origin(11..16), 16..21);
        assert_eq!(Mapped::default().origin(3..4), 3..4);
        let edited = mapped.edited(&[(2..2, "--".to_owned()), (11..12, "T".to_owned())]);
        assert_eq!(edited.text(), "He--llo \u{F0000} There");
        assert_eq!((edited.origin(2..4), edited.origin(4..7), edited.origin(8..12)), (2..3, 2..5, 6..15));
        assert_eq!((edited.origin(13..14), edited.origin(14..15)), (16..17, 17..18));
    }
}
