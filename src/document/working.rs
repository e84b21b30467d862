//! A working copy of a document with a syntax error: parts blanked out, marks put in, and the way back from each of
//! its offsets to the officer's file.

use std::collections::BTreeMap;
use std::ops::Range;

/// What is changed, in offsets of the file.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    inserted: BTreeMap<usize, String>,
    blanked: Vec<Range<usize>>,
}

/// The changed text.
#[derive(Debug)]
pub(crate) struct Working {
    /// The text.
    pub(crate) text: String,
    /// `(offset in the working copy, offset in the file, whether both advance from here)`, ascending.
    points: Vec<(usize, usize, bool)>,
}

impl Edits {
    /// Puts a mark in before an offset.
    pub(crate) fn insert(&mut self, at: usize, mark: &str) {
        self.inserted.entry(at).or_default().push_str(mark);
    }

    /// Overwrites a range with spaces; line ends stay.
    pub(crate) fn blank(&mut self, range: Range<usize>) {
        debug_assert!(range.start <= range.end, "{range:?}");
        self.blanked.push(range);
    }

    /// The working copy of a text.
    pub(crate) fn apply(&self, text: &str) -> Working {
        let mut bytes = text.as_bytes().to_vec();
        for range in &self.blanked {
            for byte in &mut bytes[range.clone()] {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
        }
        // Ranges begin and end between characters, so that whole characters were overwritten.
        let blanked = String::from_utf8_lossy(&bytes);
        let mut working = Working { text: String::with_capacity(text.len() + 64), points: vec![(0, 0, true)] };
        let mut read = 0;
        for (at, mark) in &self.inserted {
            working.text.push_str(&blanked[read..*at]);
            working.points.push((working.text.len(), *at, false));
            working.text.push_str(mark);
            working.points.push((working.text.len(), *at, true));
            read = *at;
        }
        working.text.push_str(&blanked[read..]);
        working
    }
}

impl Working {
    /// A text as it is.
    pub(crate) fn unchanged(text: &str) -> Self {
        Self { text: text.to_owned(), points: vec![(0, 0, true)] }
    }

    /// The offset in the file of an offset in the working copy.
    pub(crate) fn origin(&self, offset: usize) -> usize {
        let index = self.points.partition_point(|(working, ..)| *working <= offset).saturating_sub(1);
        let (working, file, advances) = self.points[index];
        if advances { file + offset.saturating_sub(working) } else { file }
    }

    /// The range in the file of a range in the working copy.
    pub(crate) fn range(&self, range: Range<usize>) -> Range<usize> {
        // The end is the end of the last byte: a mark that was put in behind it does not count.
        let start = self.origin(range.start);
        let end = if range.end > range.start { self.end(range.end) } else { start };
        start..end.max(start)
    }

    fn end(&self, offset: usize) -> usize {
        let last = offset - 1;
        let index = self.points.partition_point(|(working, ..)| *working <= last).saturating_sub(1);
        if self.points[index].2 { self.origin(last) + 1 } else { self.origin(last) }
    }
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn offsets_lead_back_to_the_file() {
        let text = "a = [1\nbé = 2\nc = 3\n";
        let mut edits = Edits::default();
        edits.insert(6, "\n]");
        edits.blank(7..14);
        let working = edits.apply(text);
        assert_eq!(working.text, "a = [1\n]\n       \nc = 3\n");
        let at = working.text.find('c').unwrap();
        assert_eq!(&text[working.range(at..at + 5)], "c = 3");
        assert_eq!(working.range(4..8), 4..6, "the bracket that was put in has no place");
    }
}
