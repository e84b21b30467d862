//! What the syntax errors of a document make uncertain, so that no follow-on finding is shown for it.

use crate::model::Place;

/// The keys whose values could not be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Broken {
    /// A heading could not be read: any key may be missing or misplaced.
    pub(crate) structure: bool,
    /// Each key with the offset of the heading that it stands below; 0 where it stands below none.
    pub(crate) keys: Vec<(usize, String)>,
    /// A heading with single brackets stands there more than once: its tables were read as a list.
    pub(crate) doubled: bool,
    /// Headings below which words stand that may have been any key.
    pub(crate) lost: Vec<usize>,
}

impl Broken {
    /// Whether the value of a key of the table at `place` is unreadable.
    pub(crate) fn has(&self, key: &str, place: &Place) -> bool {
        self.keys.iter().any(|(heading, broken)| *heading == place.range.start && broken == key)
    }

    /// Whether a key of the table at `place` may have been there.
    pub(crate) fn may_have_had(&self, key: &str, place: &Place) -> bool {
        self.structure || self.has(key, place) || self.lost.contains(&place.range.start)
    }
}
