//! Claims: a run takes deliveries; and what is left of runs that died.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::ledger::entry::{Claim, ClaimOrder, EditionId, Recovered};
use crate::ledger::sqlite::acts;
use crate::ledger::sqlite::columns::{self, Instant, millis};
use crate::ledger::sqlite::editions::numbered;
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::transition::LONGEST_BACK_OFF;
use crate::model::{Act, AddressKey, BroadcastKey, count};

pub(crate) const PENDING: &str = "SELECT id FROM delivery
     WHERE state = 'pending' AND edition_id = ?1 ORDER BY id LIMIT ?2";
// `id + 0` keeps the planner from walking the whole edition for the sake of its order.
pub(crate) const DUE: &str = "SELECT id FROM delivery
     WHERE state = 'deferred' AND edition_id = ?1 AND (next_at <= ?2 OR next_at > ?3) ORDER BY id + 0 LIMIT ?4";
const NAMED: &str = "SELECT id FROM delivery
     WHERE edition_id = ?1 AND address_key = ?4
       AND (state = 'pending' OR (state = 'deferred' AND (next_at <= ?2 OR next_at > ?3)))";
const ROW: &str = "SELECT address_key, message_id, message_date, content_id, attempts, in_reply_to
     FROM delivery WHERE id = ?1";
const TAKE: &str = "UPDATE delivery SET state = 'claimed', next_at = NULL, run_id = ?2, content_id = ?3,
            message_id = ?4, message_date = ?5, changed_at = ?6
     WHERE id = ?1 AND (state = 'pending' OR state = 'deferred')";
// The first condition is that of the index `delivery_taken`, without which the planner may not use it.
pub(crate) const IN_DOUBT: &str =
    "UPDATE delivery SET state = 'in_doubt', attempts = attempts + 1, reply_code = NULL, reply_text = NULL,
            note = 'the run that sent it ended before the server''s answer was recorded', changed_at = ?1
     WHERE (state = 'claimed' OR state = 'sending') AND state = 'sending'";
pub(crate) const RELEASED: &str = "UPDATE delivery SET state = 'pending', changed_at = ?1
     WHERE (state = 'claimed' OR state = 'sending') AND state = 'claimed'";

pub(crate) const BROKEN_OFF: &str = "SELECT week, broadcast_date, SUM(state = 'sending'), SUM(state = 'claimed')
     FROM delivery JOIN edition ON edition.id = delivery.edition_id
     WHERE state = 'claimed' OR state = 'sending' GROUP BY edition.id ORDER BY edition.id";

/// Takes deliveries. Returns the number of the run as well.
pub(crate) fn claim(
    connection: &Connection,
    id: EditionId,
    order: &ClaimOrder<'_>,
    now: DateTime<Utc>,
) -> Result<(i64, Vec<Claim>), Fault> {
    let run = numbered(
        connection,
        "INSERT INTO run (name) VALUES (?1) RETURNING id",
        "SELECT id FROM run WHERE name = ?1",
        &order.run.0,
    )?;
    let content = numbered(
        connection,
        "INSERT INTO content (digest) VALUES (?1) RETURNING id",
        "SELECT id FROM content WHERE digest = ?1",
        order.digest,
    )?;
    let rows = due(connection, id, order, now)?;
    let mut take = connection.prepare_cached(TAKE)?;
    let mut claims = Vec::with_capacity(rows.len());
    for row in rows {
        let claim = named(connection, row, (content, order.message_id), now)?;
        take.execute(params![row, run, content, claim.message_id, millis(claim.date), millis(now)])?;
        claims.push(claim);
    }
    Ok((run, claims))
}

/// The rows to take, in the order of the list.
fn due(connection: &Connection, id: EditionId, order: &ClaimOrder<'_>, now: DateTime<Utc>) -> Result<Vec<i64>, Fault> {
    let far = millis(now.checked_add_signed(LONGEST_BACK_OFF).unwrap_or(DateTime::<Utc>::MAX_UTC));
    let limit = columns::limit(order.limit);
    let mut rows: Vec<i64> = Vec::new();
    match order.only {
        Some(keys) => {
            let mut statement = connection.prepare_cached(NAMED)?;
            for key in keys {
                let found = statement.query_map(params![id.0, millis(now), far, key.as_str()], |row| row.get(0))?;
                rows.extend(found.collect::<Result<Vec<i64>, _>>()?);
            }
        }
        None => {
            let mut pending = connection.prepare_cached(PENDING)?;
            let found = pending.query_map(params![id.0, limit], |row| row.get(0))?;
            rows.extend(found.collect::<Result<Vec<i64>, _>>()?);
            let mut deferred = connection.prepare_cached(DUE)?;
            let found = deferred.query_map(params![id.0, millis(now), far, limit], |row| row.get(0))?;
            rows.extend(found.collect::<Result<Vec<i64>, _>>()?);
        }
    }
    rows.sort_unstable();
    rows.dedup();
    rows.truncate(order.limit);
    Ok(rows)
}

/// The claim of a row: Message-ID and `Date` as they are, or new ones if it has none for this content.
fn named(
    connection: &Connection,
    id: i64,
    (content, message_id): (i64, &dyn Fn(&AddressKey) -> String),
    now: DateTime<Utc>,
) -> Result<Claim, Fault> {
    let mut statement = connection.prepare_cached(ROW)?;
    let (key, kept, date, made_for, attempts, in_reply_to) = statement.query_row(params![id], |row| {
        let key = AddressKey::from_stored(row.get(0)?);
        let kept: Option<String> = row.get(1)?;
        let date: Option<Instant> = row.get(2)?;
        Ok((key, kept, date, row.get::<_, Option<i64>>(3)?, row.get(4)?, row.get(5)?))
    })?;
    let (message_id, date) = match (kept, date) {
        (Some(kept), Some(date)) if made_for == Some(content) => (kept, date.0),
        // Whole milliseconds from the start, so that the first attempt and the next say the same.
        _ => (message_id(&key), DateTime::from_timestamp_millis(millis(now)).unwrap_or(now)),
    };
    Ok(Claim { id, key, message_id, date, attempts, in_reply_to })
}

/// Settles what runs that died left, and records of which mailing it was.
pub(crate) fn recover(connection: &Connection, secret: &[u8; 32], now: DateTime<Utc>) -> Result<Recovered, Fault> {
    for act in broken_off(connection, now)? {
        acts::record(connection, secret, &act)?;
    }
    let at = params![millis(now)];
    let in_doubt = connection.execute(IN_DOUBT, at)?;
    let released = connection.execute(RELEASED, at)?;
    Ok(Recovered { released, in_doubt })
}

/// What a run that died could not say any more, for each mailing that it was in the middle of.
fn broken_off(connection: &Connection, now: DateTime<Utc>) -> Result<Vec<Act>, Fault> {
    let mut statement = connection.prepare_cached(BROKEN_OFF)?;
    let rows = statement.query_map([], |row| {
        let key = BroadcastKey { week: row.get(0)?, date: row.get(1)? };
        let (sending, claimed): (u32, u32) = (row.get(2)?, row.get(3)?);
        let also = if claimed > 0 { format!(", and {claimed} more that it had not begun") } else { String::new() };
        let doubts = count(sending as usize, "message");
        let detail = format!("a run ended without a word, with {doubts} in doubt{also}");
        Ok(Act { at: now, key: Some(key), kind: "broken-off".to_owned(), detail })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
