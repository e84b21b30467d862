//! Erasure: one person at their request, and all recipients of weeks long gone. Counts and opt-outs stay.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::entry::{EditionId, Forgotten};
use crate::ledger::sqlite::columns::millis;
use crate::ledger::sqlite::fault::Fault;
use crate::model::{AddressKey, Suppression};

/// Rows that a purge takes at a time: so many are looked up before they are deleted.
const BATCH: i64 = 10_000;

/// The largest ledger, in bytes, that is rewritten in memory.
const IN_MEMORY: i64 = 128 * 1024 * 1024;

/// Rows that wait are settled as suppressed, so that nothing sends them; one in the middle is in doubt, as after a crash.
/// Message-ID and the server's text lead back to the person, so they go too.
const FORGET: &str = "UPDATE delivery SET address_key = ?2, address = NULL, message_id = NULL, message_date = NULL,
            content_id = NULL, in_reply_to = NULL, reply_text = NULL, next_at = NULL, note = 'forgotten',
            state = CASE WHEN state = 'sending' THEN 'in_doubt'
                         WHEN state = 'pending' OR state = 'claimed' OR state = 'deferred' THEN 'suppressed'
                         ELSE state END
     WHERE edition_id = ?1 AND address_key = ?3";

/// What stands in place of an address in a text about somebody else, or about nobody.
const ERASED: &str = "(forgotten)";

/// Puts a pseudonym in place of an address, wherever the address stands.
pub(crate) fn forget(
    connection: &Connection,
    key: &AddressKey,
    pseudonym: &AddressKey,
    now: DateTime<Utc>,
) -> Result<Forgotten, Fault> {
    let mut forgotten = Forgotten::default();
    let mut editions = connection.prepare_cached("SELECT id FROM edition")?;
    let ids = editions.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut change = connection.prepare_cached(FORGET)?;
    for id in ids {
        // Forgotten before, and enrolled again: one row of the two says it.
        let twice = connection
            .prepare_cached("SELECT 1 FROM delivery WHERE edition_id = ?1 AND address_key = ?2")?
            .exists(params![id, pseudonym.as_str()])?;
        forgotten.deliveries += match twice {
            false => change.execute(params![id, pseudonym.as_str(), key.as_str()])?,
            true => connection
                .prepare_cached("DELETE FROM delivery WHERE edition_id = ?1 AND address_key = ?2")?
                .execute(params![id, key.as_str()])?,
        };
    }
    // Who was signed for: a pseudonym that stands there already is enough.
    for sql in [
        "UPDATE OR IGNORE sign_off_audience SET address_key = ?2 WHERE address_key = ?1",
        "DELETE FROM sign_off_audience WHERE address_key = ?1 AND ?2 <> ?1",
    ] {
        connection.prepare_cached(sql)?.execute(params![key.as_str(), pseudonym.as_str()])?;
    }
    let mut lift = connection.prepare_cached("DELETE FROM suppression WHERE address_key = ?1")?;
    forgotten.opt_outs = lift.execute(params![key.as_str()])?;
    let known = forgotten.deliveries + forgotten.opt_outs > 0;
    connection
        .prepare_cached(
            "INSERT INTO suppression (address_key, list, reason, source, since) VALUES (?1, '', 'forgotten', ?2, ?3)
             ON CONFLICT (address_key, list) DO NOTHING",
        )?
        .execute(params![pseudonym.as_str(), Suppression::FORGOTTEN, millis(now)])?;
    let texts = [("delivery", "reply_text"), ("delivery", "note"), ("suppression", "reason")];
    for (table, column) in texts {
        forgotten.texts += scrub(connection, (table, column), key)?;
    }
    forgotten.was_known = known || forgotten.texts > 0;
    Ok(forgotten)
}

/// Takes an address out of a column of texts: servers like to repeat it.
fn scrub(connection: &Connection, (table, column): (&str, &str), key: &AddressKey) -> Result<usize, Fault> {
    let find = format!("SELECT rowid, {column} FROM {table} WHERE instr(lower({column}), ?1) > 0");
    let mut statement = connection.prepare_cached(&find)?;
    let rows =
        statement.query_map(params![key.as_str()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let mut put = connection.prepare_cached(&format!("UPDATE {table} SET {column} = ?2 WHERE rowid = ?1"))?;
    let mut scrubbed = 0;
    for (row, text) in &rows {
        let erased = erased(text, key.as_str());
        if erased != *text {
            scrubbed += put.execute(params![row, erased])?;
        }
    }
    Ok(scrubbed)
}

/// A text without an address, in whatever case it is written; an address that only ends or begins like it stays. The
/// address is in lower case and in ASCII, so that offsets agree.
fn erased(text: &str, address: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = lower[at..].find(address).map(|found| at + found) {
        let end = start + address.len();
        let before = lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "!#$%&*+-/?^_{|}~.".contains(c));
        let mut behind = lower[end..].chars();
        let after = match behind.next() {
            Some('.') => behind.next().is_some_and(|c| c.is_ascii_alphanumeric()),
            next => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-'),
        };
        out.push_str(&text[at..start]);
        out.push_str(if before || after { &text[start..end] } else { ERASED });
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// Deletes the recipients of an edition and keeps how many stood where. Returns how many.
pub(crate) fn purge(connection: &Connection, id: EditionId, now: DateTime<Utc>) -> Result<usize, Fault> {
    connection
        .prepare_cached(
            "INSERT INTO purged (edition_id, state, number, bounced)
             SELECT edition_id, state, COUNT(*), COUNT(bounced_at) FROM delivery WHERE edition_id = ?1
             GROUP BY edition_id, state
             ON CONFLICT (edition_id, state) DO UPDATE SET number = purged.number + excluded.number,
                 bounced = purged.bounced + excluded.bounced",
        )?
        .execute(params![id.0])?;
    connection
        .prepare_cached("UPDATE edition SET purged_at = ?2 WHERE id = ?1 AND purged_at IS NULL")?
        .execute(params![id.0, millis(now)])?;
    let mut last = connection.prepare_cached(
        "SELECT MAX(id) FROM (SELECT id FROM delivery WHERE edition_id = ?1 ORDER BY id LIMIT ?2) AS batch",
    )?;
    let mut delete = connection.prepare_cached("DELETE FROM delivery WHERE edition_id = ?1 AND id <= ?2")?;
    let mut rows = 0;
    while let Some(to) = last.query_row(params![id.0, BATCH], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten()
    {
        rows += delete.execute(params![id.0, to])?;
    }
    connection
        .prepare_cached(
            "DELETE FROM sign_off_audience WHERE sign_off_id IN (SELECT sign_off.id FROM sign_off JOIN edition
                 ON edition.week = sign_off.week AND edition.broadcast_date = sign_off.broadcast_date
                 WHERE edition.id = ?1)",
        )?
        .execute(params![id.0])?;
    Ok(rows)
}

/// Clears away what deleting leaves: in the log, and in pages that were split or moved. Returns whether the log could be
/// emptied; it cannot while another program looks into the ledger.
pub(crate) fn sweep(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let emptied = || connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0));
    // The first writes what was overwritten into the file, the second what was moved.
    emptied()?;
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let size = number("PRAGMA page_count")?.saturating_mul(number("PRAGMA page_size")?);
    // A copy of what stays is made on the way: 660 MB for three million rows. SQLite's temporary file has no name and is
    // for its owner only; who was erased is not in it.
    let rewrite = || {
        if size > IN_MEMORY {
            connection.execute_batch("PRAGMA temp_store = FILE")?;
        }
        connection.execute_batch("VACUUM")
    };
    let rewritten = rewrite();
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    rewritten?;
    emptied()
}

#[cfg(test)]
mod tests;
