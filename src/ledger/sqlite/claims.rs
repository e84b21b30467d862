//! Claims: a run takes deliveries; and what is left of runs that died.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, ToSql, params};

use crate::ledger::entry::{Claim, ClaimOrder, EditionId, Recovered};
use crate::ledger::sqlite::acts;
use crate::ledger::sqlite::columns::{self, Instant, millis};
use crate::ledger::sqlite::editions::numbered;
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::transition::LONGEST_BACK_OFF;
use crate::model::{Act, AddressKey, BroadcastKey, count};

pub(crate) const PENDING: &str = "SELECT id, address_key, message_id, message_date, content_id, attempts, in_reply_to
     FROM delivery WHERE state = 'pending' AND edition_id = ?1 ORDER BY id LIMIT ?2";
// `id + 0` keeps the planner from walking the whole edition for the sake of its order.
pub(crate) const DUE: &str = "SELECT id, address_key, message_id, message_date, content_id, attempts, in_reply_to
     FROM delivery WHERE state = 'deferred' AND edition_id = ?1 AND (next_at <= ?2 OR next_at > ?3) ORDER BY id + 0 LIMIT ?4";
const NAMED: &str = "SELECT id, address_key, message_id, message_date, content_id, attempts, in_reply_to
     FROM delivery WHERE edition_id = ?1 AND address_key = ?4
       AND (state = 'pending' OR (state = 'deferred' AND (next_at <= ?2 OR next_at > ?3)))";
const TAKE: &str = "UPDATE delivery SET state = 'claimed', next_at = NULL, run_id = ?2, content_id = ?3,
            message_id = ?4, message_date = ?5, changed_at = ?6
     WHERE id = ?1 AND (state = 'pending' OR state = 'deferred')";
// These read the whole table: an index of what a run has in its hands would change four times for each message.
const ANY_TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 'claimed' OR state = 'sending')";
const IN_DOUBT: &str =
    "UPDATE delivery SET state = 'in_doubt', attempts = attempts + 1, reply_code = NULL, reply_text = NULL,
            note = 'the run that sent it ended before the server''s answer was recorded', changed_at = ?1
     WHERE state = 'sending'";
const RELEASED: &str = "UPDATE delivery SET state = 'pending', changed_at = ?1 WHERE state = 'claimed'";

const BROKEN_OFF: &str = "SELECT week, broadcast_date, SUM(state = 'sending'), SUM(state = 'claimed')
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
        let claim = row.claim((content, order.message_id), now);
        take.execute(params![claim.id, run, content, claim.message_id, millis(claim.date), millis(now)])?;
        claims.push(claim);
    }
    Ok((run, claims))
}

/// The rows to take, in the order of the list.
fn due(connection: &Connection, id: EditionId, order: &ClaimOrder<'_>, now: DateTime<Utc>) -> Result<Vec<Due>, Fault> {
    let far = millis(now.checked_add_signed(LONGEST_BACK_OFF).unwrap_or(DateTime::<Utc>::MAX_UTC));
    let limit = columns::limit(order.limit);
    let mut rows: Vec<Due> = Vec::new();
    let mut add = |sql: &str, values: &[&dyn ToSql]| -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut found = statement.query(values)?;
        while let Some(row) = found.next()? {
            rows.push(Due::read(row)?);
        }
        Ok(())
    };
    match order.only {
        Some(keys) => keys.iter().try_for_each(|key| add(NAMED, params![id.0, millis(now), far, key.as_str()]))?,
        None => {
            add(PENDING, params![id.0, limit])?;
            add(DUE, params![id.0, millis(now), far, limit])?;
        }
    }
    rows.sort_unstable_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows.truncate(order.limit);
    Ok(rows)
}

/// A row that may be taken.
struct Due {
    id: i64,
    key: AddressKey,
    /// Message-ID and `Date`, and the content that they were made for.
    kept: Option<(String, DateTime<Utc>, Option<i64>)>,
    attempts: u32,
    in_reply_to: Option<String>,
}

impl Due {
    fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        let kept = row.get::<_, Option<String>>(2)?.zip(row.get::<_, Option<Instant>>(3)?);
        let made_for = row.get(4)?;
        Ok(Self {
            id: row.get(0)?,
            key: AddressKey::from_stored(row.get(1)?),
            kept: kept.map(|(message_id, date)| (message_id, date.0, made_for)),
            attempts: row.get(5)?,
            in_reply_to: row.get(6)?,
        })
    }

    /// The claim of it: Message-ID and `Date` as they are, or new ones if it has none for this content.
    fn claim(self, (content, message_id): (i64, &dyn Fn(&AddressKey) -> String), now: DateTime<Utc>) -> Claim {
        let Self { id, key, kept, attempts, in_reply_to } = self;
        let (message_id, date) = match kept {
            Some((kept, date, made_for)) if made_for == Some(content) => (kept, date),
            // Whole milliseconds from the start, so that the first attempt and the next say the same.
            _ => (message_id(&key), DateTime::from_timestamp_millis(millis(now)).unwrap_or(now)),
        };
        Claim { id, key, message_id, date, attempts, in_reply_to }
    }
}

/// Settles what runs that died left, and records of which mailing it was.
pub(crate) fn recover(connection: &Connection, secret: &[u8; 32], now: DateTime<Utc>) -> Result<Recovered, Fault> {
    if !connection.prepare_cached(ANY_TAKEN)?.query_row([], |row| row.get::<_, bool>(0))? {
        return Ok(Recovered::default());
    }
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
