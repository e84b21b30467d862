//! Acts of people and runs.

use rusqlite::{Connection, params};

use crate::ledger::sqlite::columns::{Instant, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{Act, BroadcastKey};

/// Records one.
pub(crate) fn record(connection: &Connection, act: &Act) -> Result<(), Fault> {
    let week = act.key.as_ref().map(|key| key.week.as_str());
    let date = act.key.as_ref().map(|key| key.date.as_str());
    connection
        .prepare_cached("INSERT INTO act (at, week, broadcast_date, kind, detail) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![millis(act.at), week, date, act.kind, bounded(&act.detail)])?;
    Ok(())
}

/// Those that belong to no week, oldest first.
pub(crate) fn beside_weeks(connection: &Connection) -> Result<Vec<Act>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT at, kind, detail FROM act WHERE week IS NULL ORDER BY at, id")?;
    let rows = statement.query_map([], |row| {
        Ok(Act { at: row.get::<_, Instant>(0)?.0, key: None, kind: row.get(1)?, detail: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those of a week, oldest first.
pub(crate) fn of_week(connection: &Connection, week: &str) -> Result<Vec<Act>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT at, week, broadcast_date, kind, detail FROM act WHERE week = ?1 ORDER BY at, id")?;
    let rows = statement.query_map(params![week], |row| {
        let key = BroadcastKey { week: row.get(1)?, date: row.get(2)? };
        Ok(Act { at: row.get::<_, Instant>(0)?.0, key: Some(key), kind: row.get(3)?, detail: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
