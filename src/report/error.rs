//! Why a board pack cannot be written.

use crate::own_folder::FolderError;

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Its folder is not ours, or the disk failed.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A table could not be made: a bug.
    #[error("the table \"{file}\" could not be made")]
    Table {
        /// Its file.
        file: &'static str,
        /// Why.
        #[source]
        cause: csv::Error,
    },
    /// The page's template failed: a bug.
    #[error("the page of the report could not be made")]
    Page(#[source] tera::Error),
}

impl ReportError {
    /// One remedy, where there is one.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Folder(error) => Some(error.help()),
            Self::Table { .. } | Self::Page(_) => None,
        }
    }
}
