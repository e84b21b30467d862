//! The format of the ledger: numbered SQL files, each applied once, in one transaction.

use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use crate::ledger::sqlite::acts;
use crate::ledger::sqlite::fault::Fault;

/// The SQL files in order; the first makes format 1.
const MIGRATIONS: [&str; 8] = [
    include_str!("../migrations/0001_ledger.sql"),
    include_str!("../migrations/0002_people.sql"),
    include_str!("../migrations/0003_bounces.sql"),
    include_str!("../migrations/0004_sign_off.sql"),
    include_str!("../migrations/0005_act_chain.sql"),
    include_str!("../migrations/0006_corrections.sql"),
    include_str!("../migrations/0007_beside.sql"),
    include_str!("../migrations/0008_untaken.sql"),
];

/// The newest format.
pub(crate) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Marks the file as ours ("WCld"), so that another program's database is never taken for a ledger of a new format.
const APPLICATION: i64 = 0x5743_6c64;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Ours, of this format; 0 is an empty file.
    Ours(i64),
    /// Another program's.
    Foreign,
}

/// Looks, and changes nothing. All of it is of one moment: another program may be making the ledger.
pub(crate) fn format(connection: &Connection) -> Result<Format, rusqlite::Error> {
    format_in(&*connection.unchecked_transaction()?)
}

/// The same within a transaction.
fn format_in(connection: &Connection) -> Result<Format, rusqlite::Error> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let objects = number("SELECT COUNT(*) FROM sqlite_master")?;
    let version = number("PRAGMA user_version")?;
    Ok(match number("PRAGMA application_id")? {
        APPLICATION if version >= 1 => Format::Ours(version),
        0 if objects == 0 && version == 0 => Format::Ours(0),
        _ => Format::Foreign,
    })
}

/// Brings the file to the newest format. Harmless when it is there already, or when two programs do it at once.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    if format(connection)? == Format::Ours(KNOWN) {
        return Ok(());
    }
    // A table that others refer to is made anew by dropping it; inside a transaction the switch does nothing.
    connection.execute_batch("PRAGMA foreign_keys = OFF")?;
    let migrated = to_newest(connection);
    connection.execute_batch("PRAGMA foreign_keys = ON")?;
    migrated
}

fn to_newest(connection: &mut Connection) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside: the other program may have been first.
    if let Format::Ours(version) = format_in(&transaction)?
        && version < KNOWN
    {
        for sql in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or_default()) {
            transaction.execute_batch(sql)?;
        }
        keep_secret(&transaction)?;
        acts::link_those_before(&transaction, &secret(&transaction)?)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", KNOWN)?;
    }
    Ok(transaction.commit()?)
}

/// Makes the secret, once in the life of a ledger.
fn keep_secret(connection: &Connection) -> Result<(), rusqlite::Error> {
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(|cause| rusqlite::Error::ToSqlConversionFailure(cause.to_string().into()))?;
    connection.execute(
        "INSERT INTO meta (name, value) VALUES ('secret', ?1) ON CONFLICT (name) DO NOTHING",
        params![HEXLOWER.encode(&secret)],
    )?;
    Ok(())
}

/// Reads the secret.
pub(crate) fn secret(connection: &Connection) -> Result<[u8; 32], rusqlite::Error> {
    let hex = connection.query_row("SELECT value FROM meta WHERE name = 'secret'", [], |row| row.get::<_, String>(0));
    let bytes = hex.optional()?.and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok()).and_then(|b| b.try_into().ok());
    bytes.ok_or_else(|| {
        let cause = "the secret in the ledger is not 32 octets in hex".into();
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, cause)
    })
}
