//! The decoded text of one of the officer's files, and the way from a byte offset to a line and column.

use std::sync::Arc;

/// A file as text, with the path that findings show.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the project folder, with `/`.
    pub path: String,
    /// The decoded text (no byte order mark); empty for files that are not text.
    pub text: String,
    /// Number of the first line of `text`, from 1; larger where `text` is an excerpt, such as one row of a list.
    pub first_line: usize,
}

impl SourceFile {
    /// A whole file.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), first_line: 1 })
    }

    /// Some lines of a file, beginning at line `first_line` (from 1).
    #[must_use]
    pub fn excerpt(path: impl Into<String>, text: impl Into<String>, first_line: usize) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), first_line })
    }

    /// A file without text: a picture, a PDF, a file that is missing.
    #[must_use]
    pub fn without_text(path: impl Into<String>) -> Arc<Self> {
        Self::new(path, "")
    }

    /// Line and column, both from 1, of a byte offset; columns count characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (self.first_line + line, before[start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn columns_count_characters_and_lines_begin_at_the_first() {
        let file = SourceFile::excerpt("a.csv", "é,b\nc", 7);
        assert_eq!(file.line_column(0), (7, 1));
        assert_eq!(file.line_column(3), (7, 3));
        assert_eq!(file.line_column(5), (8, 1));
        assert_eq!(file.line_column(1), (7, 1), "inside a character");
        assert_eq!(file.line_column(99), (8, 2), "beyond the end");
    }
}
