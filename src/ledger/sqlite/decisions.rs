//! Decisions of people: putting deliveries back into the queue, and settling doubts.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::ledger::entry::{EditionId, Requeue};
use crate::ledger::sqlite::columns::{millis, words};
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::transition::requeued;
use crate::model::AddressKey;

/// Puts deliveries back to pending, except those of people who have opted out of everything. What an opt-out from one
/// list means for a day, only the lists tell.
pub(crate) fn requeue(
    connection: &Connection,
    id: EditionId,
    whom: &Requeue,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    // A bounce belongs to the copy that went out before; `handed_at` stays, for the server counted that copy.
    let sql = format!(
        "UPDATE delivery SET state = 'pending', next_at = NULL, note = NULL, bounced_at = NULL, changed_at = ?2
         WHERE edition_id = ?1 AND state IN ({})
           AND NOT EXISTS (SELECT 1 FROM suppression
                           WHERE suppression.address_key = delivery.address_key AND suppression.list = '')",
        words(requeued(whom))
    );
    let named = match whom {
        Requeue::Only(keys) => Some(keys.as_slice()),
        Requeue::NotAccepted | Requeue::InDoubt => None,
    };
    update(connection, &sql, (id, millis(now)), named)
}

/// Settles doubts as accepted.
pub(crate) fn settle_as_accepted(
    connection: &Connection,
    id: EditionId,
    keys: Option<&[AddressKey]>,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let sql = "UPDATE delivery SET state = 'accepted', note = 'a person decided that it was accepted', changed_at = ?2
         WHERE edition_id = ?1 AND state = 'in_doubt'";
    update(connection, sql, (id, millis(now)), keys)
}

/// Runs an update on a whole edition, or on the rows of the people who are named.
fn update(
    connection: &Connection,
    sql: &str,
    (id, now): (EditionId, i64),
    named: Option<&[AddressKey]>,
) -> Result<usize, Fault> {
    let Some(keys) = named else { return Ok(connection.prepare_cached(sql)?.execute(params![id.0, now])?) };
    let mut statement = connection.prepare_cached(&format!("{sql} AND address_key = ?3"))?;
    let mut changed = 0;
    for key in keys {
        changed += statement.execute(params![id.0, now, key.as_str()])?;
    }
    Ok(changed)
}
