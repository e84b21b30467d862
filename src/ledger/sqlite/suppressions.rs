//! Opt-outs: from everything, or from one list.

use rusqlite::{Connection, Row, params};

use crate::ledger::sqlite::columns::{Instant, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, ListName, Suppression};

const COLUMNS: &str = "address_key, list, reason, source, since";

/// All, in the order of the addresses; what is about everything before what is about one list.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Suppression>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM suppression ORDER BY address_key, list");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], suppression)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those of one address.
pub(crate) fn of(connection: &Connection, key: &AddressKey) -> Result<Vec<Suppression>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM suppression WHERE address_key = ?1 ORDER BY list");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![key.as_str()], suppression)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds one; the earlier date is kept, because what was sent behind it must be explained.
pub(crate) fn add(connection: &Connection, suppression: &Suppression) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO suppression (address_key, list, reason, source, since) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (address_key, list) DO UPDATE SET reason = excluded.reason, source = excluded.source,
                 since = CASE WHEN excluded.since < suppression.since THEN excluded.since ELSE suppression.since END",
        )?
        .execute(params![
            suppression.key.as_str(),
            stored(suppression.list.as_ref()),
            bounded(&suppression.reason),
            bounded(&suppression.source),
            millis(suppression.since)
        ])?;
    Ok(())
}

/// Lifts one.
pub(crate) fn lift(connection: &Connection, key: &AddressKey, list: Option<&ListName>) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached("DELETE FROM suppression WHERE address_key = ?1 AND list = ?2")?;
    Ok(statement.execute(params![key.as_str(), stored(list)])? > 0)
}

/// A list as a column: everything is the empty word, because NULL is not unique.
fn stored(list: Option<&ListName>) -> &str {
    list.map_or("", |list| list.0.as_str())
}

fn suppression(row: &Row<'_>) -> Result<Suppression, rusqlite::Error> {
    let list: String = row.get(1)?;
    Ok(Suppression {
        key: AddressKey::from_stored(row.get(0)?),
        list: Some(list).filter(|list| !list.is_empty()).map(ListName),
        reason: row.get(2)?,
        source: row.get(3)?,
        since: row.get::<_, Instant>(4)?.0,
    })
}
