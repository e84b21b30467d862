//! Faults of the database, on their way to a [`LedgerError`].

use rusqlite::ErrorCode;

use crate::ledger::error::LedgerError;

/// Inside a transaction: the database failed, or the ledger refuses.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database or the disk.
    Database(rusqlite::Error),
    /// A rule of the ledger.
    Refusal(LedgerError),
}

impl From<rusqlite::Error> for Fault {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Database(cause)
    }
}

impl From<LedgerError> for Fault {
    fn from(refusal: LedgerError) -> Self {
        Self::Refusal(refusal)
    }
}

impl Fault {
    /// The error for the caller; `action` is `read` or `written`.
    pub(crate) fn into_error(self, action: &'static str) -> LedgerError {
        match self {
            Self::Database(cause) => LedgerError::Storage { action, cause: cause.into() },
            Self::Refusal(refusal) => refusal,
        }
    }

    /// Whether the disk is uncertain after it. After a failed fsync the kernel may drop the pages and report success
    /// the next time (LWN, "PostgreSQL's fsync() surprise"), so nothing more may be written. A full disk or a busy
    /// database is rolled back cleanly.
    pub(crate) fn leaves_doubt(&self) -> bool {
        let Self::Database(cause) = self else { return false };
        matches!(
            cause.sqlite_error_code(),
            Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use crate::ledger::LedgerError;

    #[test]
    fn only_a_failing_disk_leaves_doubt() {
        let database = |code| Fault::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        for (code, doubt) in [
            (rusqlite::ffi::SQLITE_IOERR, true),
            (rusqlite::ffi::SQLITE_IOERR_FSYNC, true),
            (rusqlite::ffi::SQLITE_CORRUPT, true),
            (rusqlite::ffi::SQLITE_FULL, false),
            (rusqlite::ffi::SQLITE_BUSY, false),
            (rusqlite::ffi::SQLITE_CONSTRAINT, false),
        ] {
            assert_eq!(database(code).leaves_doubt(), doubt, "{code}");
        }
        assert!(!Fault::from(LedgerError::Missing(1)).leaves_doubt());
    }
}
