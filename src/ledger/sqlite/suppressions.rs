//! Opt-outs.

use rusqlite::{Connection, params};

use crate::ledger::sqlite::columns::{Instant, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, Suppression};

/// All, in the order of the addresses.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Suppression>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT address_key, reason, since FROM suppression ORDER BY address_key")?;
    let rows = statement.query_map([], |row| {
        let key = AddressKey::from_stored(row.get(0)?);
        Ok(Suppression { key, reason: row.get(1)?, since: row.get::<_, Instant>(2)?.0 })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds one; the earlier date is kept, because what was sent behind it must be explained.
pub(crate) fn add(connection: &Connection, suppression: &Suppression) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO suppression (address_key, reason, since) VALUES (?1, ?2, ?3)
             ON CONFLICT (address_key) DO UPDATE SET reason = excluded.reason,
                 since = CASE WHEN excluded.since < suppression.since THEN excluded.since ELSE suppression.since END",
        )?
        .execute(params![suppression.key.as_str(), bounded(&suppression.reason), millis(suppression.since)])?;
    Ok(())
}

/// Lifts one.
pub(crate) fn lift(connection: &Connection, key: &AddressKey) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached("DELETE FROM suppression WHERE address_key = ?1")?;
    Ok(statement.execute(params![key.as_str()])? > 0)
}
