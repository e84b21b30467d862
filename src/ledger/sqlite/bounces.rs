//! Mail that came back: which of our copies it names, and what it changes.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::ledger::returned::{EarlierReturn, ReturnEffect, Returned, ReturnedMail, SentCopy};
use crate::ledger::sqlite::columns::{bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::sqlite::{acts, deliveries, editions, suppressions};
use crate::model::{AddressKey, Pseudonyms};

// An in-doubt row whose report proves that the server had the message becomes accepted; nothing else changes its state.
const SENT_BACK: &str = "UPDATE delivery SET state = 'accepted', bounced_at = ?2, note = ?3,
            changed_at = CASE WHEN state = 'in_doubt' THEN ?4 ELSE changed_at END
     WHERE id = ?1 AND (state = 'accepted' OR state = 'in_doubt') AND bounced_at IS NULL";
const ARRIVED: &str = "UPDATE delivery SET state = 'accepted', note = ?2, changed_at = ?3
     WHERE id = ?1 AND state = 'in_doubt'";

/// The copies that Message-IDs name. The deliveries of the editions of their dates are walked through once: an index
/// would be written at every message, for the sake of a question that is asked after the week.
pub(crate) fn copies(connection: &Connection, ids: &HashSet<String>) -> Result<Vec<SentCopy>, Fault> {
    let mut found = Vec::new();
    let mut statement = connection.prepare_cached(
        "SELECT delivery.id, delivery.message_id, content.digest
         FROM delivery JOIN content ON content.id = delivery.content_id
         WHERE delivery.edition_id = ?1 AND delivery.message_id IS NOT NULL",
    )?;
    for (id, edition) in editions::without_counts(connection, None)? {
        let date: String = edition.key.date.chars().filter(char::is_ascii_digit).collect();
        if !ids.iter().any(|one| one.contains(&date)) {
            continue;
        }
        let mut rows = statement.query(params![id.0])?;
        while let Some(row) = rows.next()? {
            let message_id: String = row.get(1)?;
            if ids.contains(&message_id) {
                let delivery = deliveries::one(connection, row.get(0)?)?;
                found.push(SentCopy { delivery, edition: edition.clone(), digest: row.get(2)? });
            }
        }
    }
    Ok(found)
}

/// Whether a mail was read before.
pub(crate) fn was_read(connection: &Connection, hash: &str) -> Result<bool, Fault> {
    Ok(connection.prepare_cached("SELECT 1 FROM returned_mail WHERE hash = ?1")?.exists(params![hash])?)
}

/// What was reported about an address before, oldest first.
pub(crate) fn earlier(connection: &Connection, key: &AddressKey) -> Result<Vec<EarlierReturn>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT edition.week, bounce.action, bounce.status
         FROM edition JOIN delivery ON delivery.edition_id = edition.id JOIN bounce ON bounce.delivery_id = delivery.id
         WHERE delivery.address_key = ?1 ORDER BY bounce.id",
    )?;
    let rows = statement.query_map(params![key.as_str()], |row| {
        Ok(EarlierReturn { week: row.get(0)?, action: row.get(1)?, status: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what one mail changes. Returns whether it was new.
pub(crate) fn note(
    connection: &Connection,
    mail: &ReturnedMail,
    secret: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let new = connection
        .prepare_cached(
            "INSERT INTO returned_mail (hash, kind, read_at) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
        )?
        .execute(params![mail.hash, mail.kind, millis(now)])?;
    if new == 0 {
        return Ok(false);
    }
    for one in &mail.returns {
        change(connection, one, now)?;
    }
    let pseudonyms = Pseudonyms::new(secret);
    mail.suppressions.iter().try_for_each(|one| suppressions::add(connection, one, &pseudonyms))?;
    mail.acts.iter().try_for_each(|act| acts::record(connection, secret, act))?;
    Ok(true)
}

fn change(connection: &Connection, one: &Returned, now: DateTime<Utc>) -> Result<(), Fault> {
    connection
        .prepare_cached("INSERT INTO bounce (delivery_id, action, status, came_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![one.delivery, one.action, one.status, millis(one.came_at)])?;
    let words = bounded(&one.words);
    match one.effect {
        ReturnEffect::SentBack => connection.prepare_cached(SENT_BACK)?.execute(params![
            one.delivery,
            millis(one.came_at),
            words,
            millis(now)
        ])?,
        ReturnEffect::Arrived => {
            connection.prepare_cached(ARRIVED)?.execute(params![one.delivery, words, millis(now)])?
        }
        ReturnEffect::Nothing => 0,
    };
    Ok(())
}
