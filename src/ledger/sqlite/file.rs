//! The ledger's file: made for its owner only, synced, and opened with the settings that its promises rest on.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::ledger::error::LedgerError;
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::sqlite::migrate::{self, Format};

/// How long a command waits for another one's transaction.
const BUSY: Duration = Duration::from_secs(10);

/// How often the switch to the write-ahead log is tried while other programs make the same ledger.
const TRIES: usize = 100;

/// Makes the file where there is none, then opens it.
pub(crate) fn create(path: &Path) -> Result<Connection, LedgerError> {
    let fault = |cause: std::io::Error| opening(path, cause);
    make(path).map_err(fault)?;
    let connection = existing(path)?;
    sync_folder(path).map_err(fault)?;
    Ok(connection)
}

/// Opens a file that is there, and brings it to the newest format.
pub(crate) fn existing(path: &Path) -> Result<Connection, LedgerError> {
    // Asked by name, not by opening: closing a second descriptor would drop the POSIX locks of every connection that
    // this process has on the file.
    let about = std::fs::metadata(path).map_err(|cause| opening(path, cause))?;
    if !about.is_file() {
        return Err(opening(path, "it is not a regular file"));
    }
    // Without SQLITE_OPEN_URI, so that no file name is taken for a URI; never CREATE, which would ignore the mode.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connect = || -> Result<(Connection, Format), rusqlite::Error> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        let format = migrate::format(&connection)?;
        Ok((connection, format))
    };
    let (mut connection, format) = connect().map_err(|cause| unreadable(path, cause))?;
    // Looked at before anything is changed: a stranger's file stays as it is.
    match format {
        Format::Foreign => return Err(opening(path, "it is the database of another program")),
        Format::Ours(found) if found > migrate::KNOWN => {
            return Err(LedgerError::Newer { path: path.display().to_string(), found, known: migrate::KNOWN });
        }
        Format::Ours(_) => {}
    }
    prepare(&connection).map_err(|cause| unreadable(path, cause))?;
    if !write_ahead(&connection).map_err(|cause| unreadable(path, cause))? {
        return Err(opening(path, "the file system does not allow a write-ahead log; keep the ledger on a local disk"));
    }
    migrate::migrate(&mut connection).map_err(|fault| fault.into_error("written"))?;
    Ok(connection)
}

/// Opens a database that is in memory only.
pub(crate) fn in_memory() -> Result<Connection, LedgerError> {
    let open = || -> Result<Connection, Fault> {
        let mut connection = Connection::open_in_memory()?;
        prepare(&connection)?;
        migrate::migrate(&mut connection)?;
        Ok(connection)
    };
    open().map_err(|fault| fault.into_error("written"))
}

/// The cache of a run, in KiB: its rows lie side by side.
pub(crate) const CACHE: i32 = 4096;

/// The cache for enrolling a list, in KiB: its addresses fall all over their index. Of a million in any order, four times as
/// much would save a second of seven, and stay with the process while it sends.
pub(crate) const CACHE_OF_A_LIST: i32 = 16_384;

/// Sets the size of the cache, and gives back what is over it.
pub(crate) fn cache(connection: &Connection, kibibytes: i32) -> Result<(), rusqlite::Error> {
    connection.execute_batch(&format!("PRAGMA cache_size = -{kibibytes}; PRAGMA shrink_memory;"))
}

/// The settings of a connection that are not kept in the file.
fn prepare(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_prepared_statement_cache_capacity(64);
    cache(connection, CACHE)?;
    // FULL syncs the log at each commit; NORMAL lost 47 of 300 messages under power cuts. fullfsync is macOS's way to
    // reach the platter. secure_delete overwrites people who were forgotten; temporary tables, which may hold
    // addresses, stay in memory. A log grown by a large list is cut back to 16 MB.
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA journal_size_limit = 16777216;",
    )
}

/// Switches to the write-ahead log; `false` where the file system cannot share memory.
fn write_ahead(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let switch = || connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
    let mut mode = switch();
    // The switch turns a shared lock into an exclusive one. Where two programs do that to a new file, SQLite refuses
    // one of them at once, whatever its timeout, since waiting could be for ever. A transaction that begins with the
    // write lock is let wait, so the refused program waits in one, and looks again.
    for _ in 0..TRIES {
        if !is_busy(&mode) {
            break;
        }
        connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;")?;
        mode = switch();
    }
    Ok(mode?.eq_ignore_ascii_case("wal"))
}

fn is_busy<T>(answer: &Result<T, rusqlite::Error>) -> bool {
    answer.as_ref().is_err_and(|cause| cause.sqlite_error_code() == Some(ErrorCode::DatabaseBusy))
}

/// Makes an empty file for its owner only; SQLite gives the log beside it the same mode.
fn make(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => file.sync_all(),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Makes the names of the file and its log durable. Windows journals them itself and cannot open folders.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match std::fs::File::open(folder)?.sync_all() {
        // Some file systems have nothing to sync in a folder and say so.
        Err(cause) if matches!(cause.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

fn opening(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> LedgerError {
    LedgerError::Open { path: path.display().to_string(), cause: cause.into() }
}

/// The database's own words are for its developers; the common cases get plain ones.
fn unreadable(path: &Path, cause: rusqlite::Error) -> LedgerError {
    match cause.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => opening(path, "the file is not a database"),
        Some(ErrorCode::DatabaseCorrupt) => opening(path, "the file is damaged"),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            opening(path, "the file or its folder may not be written by this user")
        }
        _ => opening(path, cause),
    }
}
