//! Looking at deliveries: an edition's list, one person's history, and what counts against a daily limit.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::ledger::entry::EditionId;
use crate::ledger::sqlite::columns::{self, Instant, Number, Word, millis};
use crate::ledger::sqlite::editions;
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, Delivery, EditionRecord, State};

const COLUMNS: &str = "id, address_key, address, state, attempts, message_id, message_date, reply_code, reply_text, \
                       note, next_at, changed_at, bounced_at, content_id, in_reply_to";

/// How long messages beside the broadcasts are kept in mind.
const KEPT: TimeDelta = TimeDelta::days(7);

/// What is shown in place of an address that was erased.
const FORGOTTEN: &str = "(forgotten)";

/// At most `limit` deliveries behind a row, in the order of the list.
pub(crate) fn after(
    connection: &Connection,
    id: EditionId,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<Delivery>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM delivery WHERE edition_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![id.0, after.unwrap_or(i64::MIN), columns::limit(limit)], delivery)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who is in an edition and where they stand, in the order of the list.
pub(crate) fn each_address(
    connection: &Connection,
    id: EditionId,
    visit: &mut dyn FnMut(AddressKey, State),
) -> Result<(), Fault> {
    let mut statement =
        connection.prepare_cached("SELECT address_key, state FROM delivery WHERE edition_id = ?1 ORDER BY id")?;
    let mut rows = statement.query(params![id.0])?;
    while let Some(row) = rows.next()? {
        visit(AddressKey::from_stored(row.get(0)?), row.get::<_, Word>(1)?.0);
    }
    Ok(())
}

/// One row.
pub(crate) fn one(connection: &Connection, id: i64) -> Result<Delivery, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM delivery WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row(params![id], delivery)?)
}

/// One address in every edition, oldest first: one look into an index for each, however long the lists are. The
/// counts of the editions are left at nought: they cost a walk through each.
pub(crate) fn history(connection: &Connection, key: &AddressKey) -> Result<Vec<(EditionRecord, Delivery)>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM delivery WHERE edition_id = ?1 AND address_key = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut history = Vec::new();
    for (id, record) in editions::without_counts(connection, None)? {
        if let Some(found) = statement.query_row(params![id.0, key.as_str()], delivery).optional()? {
            history.push((record, found));
        }
    }
    Ok(history)
}

/// How many passed the gate since an instant and may have been taken. It reads the whole table: an index would be
/// written at every message for the sake of a question that a run asks once.
pub(crate) fn handed_over_since(connection: &Connection, since: DateTime<Utc>) -> Result<usize, Fault> {
    let mut total = 0;
    for sql in [
        "SELECT COUNT(*) FROM delivery WHERE handed_at >= ?1",
        "SELECT COALESCE(SUM(number), 0) FROM handed_beside WHERE at >= ?1",
    ] {
        total += connection.prepare_cached(sql)?.query_row(params![millis(since)], |row| row.get::<_, Number>(0))?.0;
    }
    Ok(total)
}

/// Notes messages beside the broadcasts, and deletes what no daily limit looks back to.
pub(crate) fn note_handed_over(connection: &Connection, messages: usize, now: DateTime<Utc>) -> Result<(), Fault> {
    let old = now.checked_sub_signed(KEPT).unwrap_or(DateTime::<Utc>::MIN_UTC);
    connection.prepare_cached("DELETE FROM handed_beside WHERE at < ?1")?.execute(params![millis(old)])?;
    let number = i64::try_from(messages).unwrap_or(i64::MAX);
    connection
        .prepare_cached("INSERT INTO handed_beside (at, number) VALUES (?1, ?2)")?
        .execute(params![millis(now), number])?;
    Ok(())
}

fn delivery(row: &Row<'_>) -> Result<Delivery, rusqlite::Error> {
    let key = AddressKey::from_stored(row.get(1)?);
    let address: Option<String> = row.get(2)?;
    let instant = |index: usize| row.get::<_, Option<Instant>>(index).map(|at| at.map(|at| at.0));
    Ok(Delivery {
        id: row.get(0)?,
        address: address.unwrap_or_else(|| match key.is_pseudonym() {
            true => FORGOTTEN.to_owned(),
            false => key.as_str().to_owned(),
        }),
        key,
        state: row.get::<_, Word>(3)?.0,
        attempts: row.get(4)?,
        message_id: row.get(5)?,
        date: instant(6)?,
        reply: columns::reply(row.get(7)?, row.get(8)?),
        note: row.get(9)?,
        next_at: instant(10)?,
        changed_at: row.get::<_, Instant>(11)?.0,
        bounced_at: instant(12)?,
        content: row.get(13)?,
        in_reply_to: row.get(14)?,
    })
}
