//! Sign-offs and the audiences that they were given for.

use rusqlite::{Connection, Row, params};

use crate::ledger::sqlite::columns::{Instant, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, BroadcastKey, SignOff};

/// Records one.
pub(crate) fn record(connection: &Connection, sign_off: &SignOff, audience: &[AddressKey]) -> Result<(), Fault> {
    let parts = serde_json::to_string(&sign_off.parts)
        .map_err(|cause| Fault::from(rusqlite::Error::ToSqlConversionFailure(cause.into())))?;
    let SignOff { key, by, at, digest, .. } = sign_off;
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO sign_off (week, broadcast_date, name, at, digest, parts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             RETURNING id",
        )?
        .query_row(params![key.week, key.date, bounded(by), millis(*at), digest, parts], |row| row.get(0))?;
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO sign_off_audience (sign_off_id, address_key) VALUES (?1, ?2)")?;
    for key in audience {
        insert.execute(params![id, key.as_str()])?;
    }
    Ok(())
}

/// Those of a week in the order in which they were given, whatever the clock said.
pub(crate) fn of_week(connection: &Connection, week: &str) -> Result<Vec<SignOff>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, week, broadcast_date, name, at, digest, parts,
                (SELECT COUNT(*) FROM sign_off_audience WHERE sign_off_id = sign_off.id)
         FROM sign_off WHERE week = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map(params![week], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// For whom one was given.
pub(crate) fn audience(connection: &Connection, id: i64) -> Result<Vec<AddressKey>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT address_key FROM sign_off_audience WHERE sign_off_id = ?1")?;
    let rows = statement.query_map(params![id], |row| Ok(AddressKey::from_stored(row.get::<_, String>(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> Result<SignOff, rusqlite::Error> {
    let parts: String = row.get(6)?;
    let parts = serde_json::from_str(&parts)
        .map_err(|cause| rusqlite::Error::FromSqlConversionFailure(6, rusqlite::types::Type::Text, cause.into()))?;
    Ok(SignOff {
        id: row.get(0)?,
        key: BroadcastKey { week: row.get(1)?, date: row.get(2)? },
        by: row.get(3)?,
        at: row.get::<_, Instant>(4)?.0,
        digest: row.get(5)?,
        parts,
        people: usize::try_from(row.get::<_, i64>(7)?).unwrap_or_default(),
    })
}
