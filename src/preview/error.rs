//! Why a preview cannot be written.

use std::path::PathBuf;

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Something is there that weekcast did not write, and it would be lost.
    #[error("\"{}\" is not from an earlier preview and would be overwritten", .0.display())]
    Foreign(PathBuf),
    /// The list of an earlier preview's files has been changed by somebody else.
    #[error("\"{}\" is damaged", .0.display())]
    Manifest(PathBuf),
    /// A file or folder could not be read, written or removed.
    #[error("\"{}\" could not be {action}", path.display())]
    Disk {
        /// Such as `written`.
        action: &'static str,
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
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
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Foreign(_) => Some("move it elsewhere, or name another folder for the preview"),
            Self::Manifest(_) => Some("move the whole folder elsewhere and make the preview again"),
            Self::Disk { .. } => Some("close programs that have files of the preview open, and look for a full disk"),
            Self::Page { .. } => None,
        }
    }
}
