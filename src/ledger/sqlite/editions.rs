//! Editions: begun once with a frozen audience, and counted.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::ledger::entry::{EditionId, Enrolment, NewEdition};
use crate::ledger::error::LedgerError;
use crate::ledger::sqlite::columns::{Instant, Number, Word, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, BroadcastKey, Counts, Edition, EditionRecord, Mailing, State};

const COLUMNS: &str = "id, week, broadcast_date, edition, theme, subject, digest, parts, begun_at, due_at, purged_at, correction, \
                       source_file";

/// Begins an edition that is not there yet.
pub(crate) fn begin(connection: &Connection, new: &NewEdition, now: DateTime<Utc>) -> Result<EditionId, Fault> {
    let correction = new.correction.unwrap_or_default();
    // Corrections are counted over all editions of the day.
    let exists = connection
        .prepare_cached(
            "SELECT 1 FROM edition WHERE week = ?1 AND broadcast_date = ?2 AND correction = ?3
                AND (correction > 0 OR edition = ?4)",
        )?
        .exists(params![new.key.week, new.key.date, correction, new.edition])?;
    if exists {
        let mailing = new.correction.map_or(Mailing::Edition(new.edition), Mailing::Correction);
        return Err(LedgerError::Begun(mailing).into());
    }
    let parts = serde_json::to_string(&new.parts)
        .map_err(|cause| Fault::from(rusqlite::Error::ToSqlConversionFailure(cause.into())))?;
    let id = connection
        .prepare_cached(
            "INSERT INTO edition
                (week, broadcast_date, edition, theme, subject, digest, parts, begun_at, due_at, correction, source_file)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id",
        )?
        .query_row(
            params![
                new.key.week,
                new.key.date,
                new.edition,
                new.theme,
                new.subject,
                new.digest,
                parts,
                millis(now),
                millis(new.due_at),
                correction,
                new.source_file
            ],
            |row| row.get(0),
        )?;
    Ok(EditionId(id))
}

/// Adds people behind those who are there.
pub(crate) fn enrol(
    connection: &Connection,
    id: EditionId,
    people: &mut dyn Iterator<Item = Enrolment>,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO delivery (edition_id, address_key, address, state, note, changed_at, in_reply_to)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (edition_id, address_key) DO NOTHING",
    )?;
    let mut added = 0;
    for person in people {
        if !matches!(person.state, State::Pending | State::Suppressed | State::Skipped) {
            return Err(LedgerError::Enrolment(person.state).into());
        }
        let key = person.key.as_str();
        let address = Some(person.address.as_str()).filter(|address| *address != key);
        let note = person.note.as_deref().map(bounded);
        let values = params![id.0, key, address, person.state.word(), note, millis(now), person.in_reply_to];
        added += insert.execute(values)?;
    }
    Ok(added)
}

/// The editions of a week, or all, with their counts.
pub(crate) fn all(connection: &Connection, week: Option<&str>) -> Result<Vec<(EditionId, EditionRecord)>, Fault> {
    let mut records = without_counts(connection, week)?;
    for (id, record) in &mut records {
        record.counts = counts(connection, *id)?;
    }
    Ok(records)
}

/// The latest edition of a day's broadcast.
pub(crate) fn latest(connection: &Connection, key: &BroadcastKey) -> Result<Option<(EditionId, Edition)>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, edition FROM edition WHERE week = ?1 AND broadcast_date = ?2 AND correction = 0
         ORDER BY edition DESC LIMIT 1",
    )?;
    let found = statement.query_row(params![key.week, key.date], |row| Ok((EditionId(row.get(0)?), row.get(1)?)));
    Ok(found.optional()?)
}

/// The editions of a week, or all, with their counts left at nought.
pub(crate) fn without_counts(
    connection: &Connection,
    week: Option<&str>,
) -> Result<Vec<(EditionId, EditionRecord)>, Fault> {
    let sql = match week {
        Some(_) => format!("SELECT {COLUMNS} FROM edition WHERE week = ?1 ORDER BY id"),
        None => format!("SELECT {COLUMNS} FROM edition ORDER BY id"),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(week), record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn record(row: &Row<'_>) -> Result<(EditionId, EditionRecord), rusqlite::Error> {
    let parts: String = row.get(7)?;
    let parts = serde_json::from_str(&parts)
        .map_err(|cause| rusqlite::Error::FromSqlConversionFailure(7, rusqlite::types::Type::Text, cause.into()))?;
    let record = EditionRecord {
        key: BroadcastKey { week: row.get(1)?, date: row.get(2)? },
        edition: row.get(3)?,
        theme: row.get(4)?,
        subject: row.get(5)?,
        digest: row.get(6)?,
        parts,
        begun_at: row.get::<_, Instant>(8)?.0,
        due_at: row.get::<_, Instant>(9)?.0,
        purged_at: row.get::<_, Option<Instant>>(10)?.map(|at| at.0),
        correction: Some(row.get::<_, u32>(11)?).filter(|number| *number > 0),
        source_file: row.get(12)?,
        counts: Counts::default(),
    };
    Ok((EditionId(row.get(0)?), record))
}

/// Where the deliveries of an edition stand, or stood when they were purged.
pub(crate) fn counts(connection: &Connection, id: EditionId) -> Result<Counts, Fault> {
    // Row by row: GROUP BY would sort all of them, and a million take 35 MB for that.
    let mut statement =
        connection.prepare_cached("SELECT state, 1, bounced_at IS NOT NULL FROM delivery WHERE edition_id = ?1")?;
    let mut purged =
        connection.prepare_cached("SELECT state, number, bounced FROM purged WHERE edition_id = ?1 AND number > 0")?;
    let mut counts = Counts::default();
    for statement in [&mut statement, &mut purged] {
        let mut rows = statement.query(params![id.0])?;
        while let Some(row) = rows.next()? {
            counts.add(row.get::<_, Word>(0)?.0, row.get::<_, Number>(1)?.0);
            counts.bounced += row.get::<_, Number>(2)?.0;
        }
    }
    if counts.suppressed > 0 {
        // A range of the index: pseudonyms begin alike.
        let mut forgotten = connection.prepare_cached(
            "SELECT COUNT(*) FROM delivery WHERE edition_id = ?1 AND address_key >= ?2 AND address_key < ?3
             AND state = 'suppressed'",
        )?;
        let (first, end) = AddressKey::PSEUDONYMS;
        counts.forgotten = forgotten.query_row(params![id.0, first, end], |row| row.get::<_, Number>(0))?.0;
    }
    Ok(counts)
}

/// The number of a name in `run` or `content`, which gets one if it has none.
pub(crate) fn numbered(connection: &Connection, insert: &str, select: &str, name: &str) -> Result<i64, Fault> {
    let find = |connection: &Connection| {
        connection.prepare_cached(select)?.query_row(params![name], |row| row.get(0)).optional()
    };
    if let Some(id) = find(connection)? {
        return Ok(id);
    }
    Ok(connection.prepare_cached(insert)?.query_row(params![name], |row| row.get(0))?)
}
