//! Why a preview cannot be written.

use crate::own_folder::FolderError;

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Its folder is not ours, or the disk failed.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A built-in page template failed: a bug.
    #[error("the page \"{page}\" could not be made")]
    Page {
        /// Its template.
        page: &'static str,
        /// Why.
        #[source]
        cause: tera::Error,
    },
}

impl PreviewError {
    /// One remedy, where there is one.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Folder(error) => Some(error.help()),
            Self::Page { .. } => None,
        }
    }
}
