//! A file for a scheduler, and the mark by which ours are known.

/// How each file begins that `install` wrote; another file is never overwritten or removed.
pub const MARK: &str = "Written by weekcast install";

/// A file for a scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Its name, without a folder.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}
