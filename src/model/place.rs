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

    /// The same place in a source that holds only its lines: for what is shown of a large file.
    #[must_use]
    pub fn excerpt(&self) -> Self {
        let text = &self.source.text;
        let start = text.get(..self.range.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let after = text.get(self.range.end..).and_then(|after| after.find('\n'));
        let end = after.map_or(text.len(), |newline| self.range.end + newline);
        let (line, _) = self.line_column();
        let lines = text.get(start..end).unwrap_or_default();
        let source = SourceFile::excerpt(self.source.path.clone(), lines, line);
        let within = |at: usize| at.saturating_sub(start).min(lines.len());
        Self { range: within(self.range.start)..within(self.range.end), source }
    }

    /// Line and column of its beginning, both from 1.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }
}
