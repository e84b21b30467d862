//! Paths with their links followed, so that two names of one ledger are one.

use std::path::{Path, PathBuf};

use crate::ledger::error::LedgerError;

/// A path with its links followed; the last part of it need not exist.
pub(crate) fn resolved(path: &Path) -> Result<PathBuf, LedgerError> {
    let fault = |cause: std::io::Error| LedgerError::Open { path: path.display().to_string(), cause: cause.into() };
    match path.canonicalize() {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Err(fault(cause)) };
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            Ok(folder.canonicalize().map_err(fault)?.join(name))
        }
        found => found.map_err(fault),
    }
}
