//! Where something stands in a file.

use std::ops::Range;
use std::sync::Arc;

use crate::model::source_file::SourceFile;

/// A byte range in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<SourceFile>,
    /// Byte range in `source.text`.
    pub range: Range<usize>,
}

impl Place {
    /// A range of a file.
    #[must_use]
    pub fn new(source: &Arc<SourceFile>, range: Range<usize>) -> Self {
        Self { source: Arc::clone(source), range }
    }

    /// A file as a whole, such as a picture.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self { source: SourceFile::without_text(path), range: 0..0 }
    }

    /// Line and column of its beginning, both from 1.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }
}
