//! Opening the ledger that the settings name.

use std::path::Path;

use crate::ledger::error::LedgerError;
use crate::ledger::interface::Ledger;
use crate::ledger::settings::LedgerSettings;
use crate::ledger::sqlite::SqliteLedger;

/// Opens the ledger, and makes it where there is none. The file, and what SQLite lays beside it, is for its owner only.
///
/// # Errors
/// [`LedgerError::Open`] when it cannot be opened or made, is damaged, is another program's, or leads out of the
/// project folder; [`LedgerError::Newer`].
pub fn open(settings: &LedgerSettings, project_root: &Path) -> Result<Box<dyn Ledger>, LedgerError> {
    Ok(Box::new(SqliteLedger::create(&settings.path(project_root)?)?))
}

/// Opens the ledger if there is one, for commands that only look.
///
/// # Errors
/// As [`open`].
pub fn open_existing(settings: &LedgerSettings, project_root: &Path) -> Result<Option<Box<dyn Ledger>>, LedgerError> {
    let path = settings.path(project_root)?;
    // An empty file is what a crash between making and filling leaves: nothing was ever recorded in it.
    match std::fs::metadata(&path) {
        Ok(about) if about.is_file() && about.len() == 0 => Ok(None),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => Ok(Some(Box::new(SqliteLedger::existing(&path)?))),
    }
}
