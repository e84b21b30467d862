//! A change to a line of the officer's, before Markdown sees it.

use std::ops::Range;

/// A stretch of a line, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Bytes of the line.
    pub(crate) range: Range<usize>,
    /// What Markdown sees there.
    pub(crate) with: String,
}

impl Edit {
    /// Something more at a place.
    pub(crate) fn insert(at: usize, with: &str) -> Self {
        Self { range: at..at, with: with.to_owned() }
    }
}

/// A line with its changes, which come in order and do not overlap.
#[cfg(test)]
pub(crate) fn applied(line: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.push_str(&line[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&line[at..]);
    out
}
