//! Acts of people and runs, each linked to the one before.

use chrono::DateTime;
use data_encoding::HEXLOWER;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sha2::{Digest as _, Sha256};

use crate::ledger::sqlite::columns::{Instant, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{Act, ActChain, BroadcastKey, ChainHead, RecordedAct};

/// Octets of a hash of the secret that name a ledger; the secret itself is shown nowhere.
const NAME_LENGTH: usize = 16;

/// Records one at the end of the chain. The transaction holds the write lock, so that nobody else is next.
pub(crate) fn record(connection: &Connection, secret: &[u8; 32], act: &Act) -> Result<(), Fault> {
    let before = head(connection, secret)?;
    // A row behind the noted end is a stranger's; recording goes on behind it, and a look at the chain names it.
    let last: i64 = connection.query_row("SELECT COALESCE(MAX(id), 0) FROM act", [], |row| row.get(0))?;
    let number = before.number.max(u64::try_from(last).unwrap_or_default()) + 1;
    // Linked as it is kept.
    let kept = Act {
        at: DateTime::from_timestamp_millis(millis(act.at)).unwrap_or(act.at),
        detail: bounded(&act.detail).to_owned(),
        ..act.clone()
    };
    let next = RecordedAct::link(&before, number, &kept);
    let week = kept.key.as_ref().map(|key| key.week.as_str());
    let date = kept.key.as_ref().map(|key| key.date.as_str());
    connection
        .prepare_cached(
            "INSERT INTO act (id, at, week, broadcast_date, kind, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![row_id(number), millis(kept.at), week, date, kept.kind, kept.detail, next.hash])?;
    note(connection, &next)
}

/// Those that belong to no week, in the order in which they were recorded, whatever the clock said.
pub(crate) fn beside_weeks(connection: &Connection) -> Result<Vec<Act>, Fault> {
    let mut statement = connection.prepare_cached("SELECT at, kind, detail FROM act WHERE week IS NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Act { at: row.get::<_, Instant>(0)?.0, key: None, kind: row.get(1)?, detail: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those of a week, in the order in which they were recorded, whatever the clock said.
pub(crate) fn of_week(connection: &Connection, week: &str) -> Result<Vec<Act>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT at, week, broadcast_date, kind, detail FROM act WHERE week = ?1 ORDER BY id")?;
    let rows = statement.query_map(params![week], |row| {
        let key = BroadcastKey { week: row.get(1)?, date: row.get(2)? };
        Ok(Act { at: row.get::<_, Instant>(0)?.0, key: Some(key), kind: row.get(3)?, detail: row.get(4)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All, as they are linked.
pub(crate) fn chain(connection: &Connection, secret: &[u8; 32]) -> Result<ActChain, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT id, at, week, broadcast_date, kind, detail, hash FROM act ORDER BY id")?;
    let acts = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(ActChain { ledger: name(secret), acts, head: head(connection, secret)? })
}

/// Links the acts of a ledger that knew no chain, in the order in which they were recorded.
pub(crate) fn link_those_before(connection: &Connection, secret: &[u8; 32]) -> Result<(), Fault> {
    let linked: i64 = connection.query_row("SELECT COUNT(*) FROM act WHERE hash <> ''", [], |row| row.get(0))?;
    if linked > 0 {
        return Ok(());
    }
    let mut head = ChainHead::start(&name(secret));
    for old in chain(connection, secret)?.acts {
        head = RecordedAct::link(&head, head.number + 1, &old.act);
        connection.execute(
            "UPDATE act SET id = ?2, hash = ?3 WHERE id = ?1",
            params![row_id(old.number), row_id(head.number), head.hash],
        )?;
    }
    note(connection, &head)
}

/// Where the chain ends, as it was noted last; the start where there is no note, or one that is none.
fn head(connection: &Connection, secret: &[u8; 32]) -> Result<ChainHead, rusqlite::Error> {
    let sql = "SELECT value FROM meta WHERE name = 'act_head'";
    let noted = connection.query_row(sql, [], |row| row.get::<_, String>(0)).optional()?;
    let head = noted.as_deref().and_then(|noted| {
        let (number, hash) = noted.split_once(' ')?;
        Some(ChainHead { number: number.parse().ok()?, hash: hash.to_owned() })
    });
    Ok(head.unwrap_or_else(|| ChainHead::start(&name(secret))))
}

fn note(connection: &Connection, head: &ChainHead) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO meta (name, value) VALUES ('act_head', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
        )?
        .execute(params![format!("{} {}", head.number, head.hash)])?;
    Ok(())
}

/// A row, whatever somebody made of it: what cannot be a time or a number is told apart by its hash.
fn read(row: &Row<'_>) -> Result<RecordedAct, rusqlite::Error> {
    let key = match (row.get(2)?, row.get(3)?) {
        (Some(week), Some(date)) => Some(BroadcastKey { week, date }),
        _ => None,
    };
    let at = DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default();
    Ok(RecordedAct {
        number: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
        act: Act { at, key, kind: row.get(4)?, detail: row.get(5)? },
        hash: row.get(6)?,
    })
}

/// What a ledger is called in its chain.
fn name(secret: &[u8; 32]) -> String {
    let hash = Sha256::digest([b"weekcast ledger\n".as_slice(), secret].concat());
    HEXLOWER.encode(hash.get(..NAME_LENGTH).unwrap_or_default())
}

fn row_id(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
