//! Why a folder of ours cannot be replaced.

use std::io;
use std::path::PathBuf;

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something is there that weekcast did not write. Nothing was changed.
    #[error("\"{}\" is not from an earlier {noun}", path.display())]
    Foreign {
        /// What is written, such as `preview`.
        noun: &'static str,
        /// What is in the way.
        path: PathBuf,
    },
    /// The list of what an earlier run wrote has been changed by somebody else. Nothing was changed.
    #[error("\"{}\" is damaged", path.display())]
    Manifest {
        /// What is written, such as `preview`.
        noun: &'static str,
        /// The manifest.
        path: PathBuf,
    },
    /// A file or folder could not be read, written or removed.
    #[error("\"{}\" could not be {action}", path.display())]
    Disk {
        /// What is written, such as `preview`.
        noun: &'static str,
        /// Such as `written`.
        action: &'static str,
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

impl FolderError {
    /// One remedy.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Foreign { .. } => "move it elsewhere, or name an empty or new folder with --out".to_owned(),
            Self::Manifest { noun, .. } => format!("move the whole folder elsewhere and make the {noun} again"),
            Self::Disk { noun, .. } => {
                format!("close programs that have files of the {noun} open, and look for a full disk")
            }
        }
    }
}
