//! Opening the ledger that the settings name.

use std::path::Path;

use crate::ledger::error::LedgerError;
use crate::ledger::interface::Ledger;
use crate::ledger::lock::was_used;
use crate::ledger::settings::LedgerSettings;
use crate::ledger::sqlite::SqliteLedger;

/// Opens the ledger, and makes it where there is none. The file, and what SQLite lays beside it, is for its owner only.
///
/// # Errors
/// [`LedgerError::Open`] when it cannot be opened or made, is damaged, is another program's, or leads out of the
/// project folder; [`LedgerError::Newer`]; [`LedgerError::Lost`].
pub fn open(settings: &LedgerSettings, project_root: &Path) -> Result<Box<dyn Ledger>, LedgerError> {
    let path = settings.path(project_root)?;
    if is_missing(&path) && was_used(&path) {
        return Err(LedgerError::Lost { path: path.display().to_string() });
    }
    Ok(Box::new(SqliteLedger::create(&path)?))
}

/// Opens the ledger if there is one, for commands that only look.
///
/// # Errors
/// As [`open`].
pub fn open_existing(settings: &LedgerSettings, project_root: &Path) -> Result<Option<Box<dyn Ledger>>, LedgerError> {
    let path = settings.path(project_root)?;
    if !is_missing(&path) {
        return Ok(Some(Box::new(SqliteLedger::existing(&path)?)));
    }
    if was_used(&path) { Err(LedgerError::Lost { path: path.display().to_string() }) } else { Ok(None) }
}

/// A ledger that is gone when it is dropped, for what leaves no record.
///
/// # Errors
/// [`LedgerError::Storage`] where there is no memory.
pub fn in_memory() -> Result<Box<dyn Ledger>, LedgerError> {
    Ok(Box::new(SqliteLedger::in_memory()?))
}

/// An empty file is what a crash between making and filling leaves: nothing was ever recorded in it.
fn is_missing(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(about) => about.is_file() && about.len() == 0,
        Err(cause) => cause.kind() == std::io::ErrorKind::NotFound,
    }
}
