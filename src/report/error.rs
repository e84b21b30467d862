//! Why a board pack cannot be written.

use std::path::PathBuf;

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Something is there that weekcast did not write.
    #[error("\"{}\" is not from an earlier report", .0.display())]
    Foreign(PathBuf),
    /// The list of an earlier report's files has been changed by somebody else.
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
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Foreign(_) => Some("name an empty or new folder with --out"),
            Self::Manifest(_) => Some("move the whole folder elsewhere and make the report again"),
            Self::Disk { .. } => Some("close programs that have files of the report open, and look for a full disk"),
            Self::Table { .. } | Self::Page(_) => None,
        }
    }
}
