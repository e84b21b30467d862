//! The lock that keeps one sender alone: an advisory lock of the operating system on a file beside the ledger.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::ledger::error::LedgerError;
use crate::ledger::generation;
use crate::ledger::interface::Ledger;
use crate::ledger::resolved::resolved;

/// Held while it lives. The kernel frees it when the process ends, however it ends, so there are no stale locks; the
/// file itself stays, because removing it would let two senders lock two files of one name.
#[derive(Debug)]
pub struct Lock {
    file: File,
    ledger: PathBuf,
}

impl Lock {
    /// Takes the lock `FILE.lock` of the ledger `FILE`, which need not exist yet. Links are followed first, so that two
    /// names of one ledger have one lock.
    ///
    /// # Errors
    /// [`LedgerError::Held`] when somebody else has it; [`LedgerError::Open`] when the lock file cannot be made.
    pub fn acquire(ledger: &Path) -> Result<Self, LedgerError> {
        let ledger = resolved(ledger)?;
        let path = beside(&ledger);
        let open = |cause: std::io::Error| LedgerError::Open { path: path.display().to_string(), cause: cause.into() };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(open)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file, ledger }),
            Err(TryLockError::WouldBlock) => Err(LedgerError::Held),
            Err(TryLockError::Error(cause)) => Err(open(cause)),
        }
    }

    /// Makes sure that the ledger is the one that was last used here, and counts its generation up. Call it when a run
    /// begins, and when it ends, so that a copy made in the middle of it is told from what came of it.
    ///
    /// # Errors
    /// [`LedgerError::Older`] for an older copy, or a new ledger in place of one that was lost; [`LedgerError::Storage`].
    pub fn guard(&self, ledger: &mut dyn Ledger) -> Result<(), LedgerError> {
        let storage = |action| move |cause: std::io::Error| LedgerError::Storage { action, cause: cause.into() };
        if ledger.generation()? < generation::seen(&self.file).map_err(storage("read"))? {
            return Err(LedgerError::Older { path: self.ledger.display().to_string() });
        }
        // First in the ledger: a crash between the two leaves the note behind, which is harmless.
        let generation = ledger.advance()?;
        generation::note(&self.file, generation).map_err(storage("written"))
    }

    /// Whether somebody holds the lock of this ledger now; looking takes it for a moment, shared.
    #[must_use]
    pub fn is_held(ledger: &Path) -> bool {
        let Ok(path) = resolved(ledger).map(|ledger| beside(&ledger)) else { return false };
        // A lock file that is not there was never held.
        File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// Whether a ledger was ever used at this path, as the note beside it says.
pub(crate) fn was_used(ledger: &Path) -> bool {
    let file = resolved(ledger).ok().and_then(|ledger| File::open(beside(&ledger)).ok());
    file.is_some_and(|file| generation::seen(&file).is_ok_and(|seen| seen > 0))
}

fn beside(ledger: &Path) -> PathBuf {
    let mut name = OsString::from(ledger);
    name.push(".lock");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::Lock;
    use crate::ledger::{Ledger, LedgerError, LedgerSettings, open, open_existing};

    #[test]
    fn one_holder_at_a_time_and_free_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("weekcast.db");
        assert!(!Lock::is_held(&ledger));
        let first = Lock::acquire(&ledger).unwrap();
        assert!(Lock::is_held(&ledger));
        assert!(matches!(Lock::acquire(&ledger), Err(LedgerError::Held)));
        drop(first);
        assert!(!Lock::is_held(&ledger));
        let again = Lock::acquire(&ledger).unwrap();
        assert!(folder.path().join("weekcast.db.lock").is_file());
        assert!(matches!(Lock::acquire(&ledger), Err(LedgerError::Held)));
        drop(again);
        assert!(matches!(Lock::acquire(&folder.path().join("no/weekcast.db")), Err(LedgerError::Open { .. })));
    }

    #[test]
    fn an_older_copy_and_a_ledger_lost_are_told_from_the_last_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("weekcast.db");
        let settings = LedgerSettings::default();
        let opened = || open(&settings, folder.path()).unwrap();
        let guard = |ledger: &mut dyn Ledger| Lock::acquire(&file).unwrap().guard(ledger);
        let mut ledger = opened();
        guard(ledger.as_mut()).unwrap();
        drop(ledger);
        let older = std::fs::read(&file).unwrap();
        let mut ledger = opened();
        guard(ledger.as_mut()).unwrap();
        guard(ledger.as_mut()).unwrap();
        drop(ledger);
        let newest = std::fs::read(&file).unwrap();
        std::fs::write(&file, older).unwrap();
        assert!(matches!(guard(opened().as_mut()), Err(LedgerError::Older { .. })));
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(open(&settings, folder.path()), Err(LedgerError::Lost { .. })));
        assert!(matches!(open_existing(&settings, folder.path()), Err(LedgerError::Lost { .. })));
        std::fs::write(&file, newest).unwrap();
        guard(opened().as_mut()).unwrap();
        // A ledger that was moved here brings no note; one that is ahead of its note is what a crash leaves.
        std::fs::remove_file(folder.path().join("weekcast.db.lock")).unwrap();
        guard(opened().as_mut()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn two_names_of_one_ledger_have_one_lock_and_it_is_private() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("weekcast.db");
        std::fs::write(&ledger, "").unwrap();
        std::fs::create_dir(folder.path().join("other")).unwrap();
        std::os::unix::fs::symlink(&ledger, folder.path().join("other/link.db")).unwrap();
        let _held = Lock::acquire(&ledger).unwrap();
        assert!(matches!(Lock::acquire(&folder.path().join("other/link.db")), Err(LedgerError::Held)));
        let mode = std::fs::metadata(folder.path().join("weekcast.db.lock")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
