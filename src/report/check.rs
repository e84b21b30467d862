//! Compares a board pack with its manifest.

use std::path::Path;

use crate::own_folder::{self, Checked};
use crate::report::error::ReportError;
use crate::report::record_end::RecordEnd;
use crate::report::write::FOLDER;

/// How a board pack stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPack {
    /// Its files.
    pub files: Checked,
    /// Where the record of acts ended when it was made; nothing if there was no ledger, or if the manifest was changed.
    pub record: Option<RecordEnd>,
}

impl CheckedPack {
    /// Whether every file is as it was written.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.files.changed.is_empty() && self.files.missing.is_empty() && self.files.added.is_empty()
    }
}

/// Compares every file of a pack; nothing where there is none.
///
/// # Errors
/// [`ReportError::Folder`] where something cannot be read.
pub fn check(folder: &Path) -> Result<Option<CheckedPack>, ReportError> {
    let checked = own_folder::check(FOLDER, folder)?;
    Ok(checked.map(|files| CheckedPack { record: files.note.as_deref().and_then(RecordEnd::from_line), files }))
}
