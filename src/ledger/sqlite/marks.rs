//! Marks: the changes of state that a run writes, each held against the table of transitions.

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use crate::ledger::entry::Mark;
use crate::ledger::error::LedgerError;
use crate::ledger::sqlite::columns::{Word, bounded, millis};
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::transition::{LONGEST_BACK_OFF, Verdict, verdict};
use crate::model::{Reply, State};

const ROW: &str = "SELECT state, run_id, attempts, reply_code, reply_text, note, handed_at FROM delivery WHERE id = ?1";
// `state = ?2` is what it was read as: a row that somebody else moved in between is not written.
const CHANGE: &str = "UPDATE delivery SET state = ?3, attempts = ?4, reply_code = ?5, reply_text = ?6, note = ?7,
            next_at = ?8, handed_at = ?9, changed_at = ?10
     WHERE id = ?1 AND state = ?2";

// The two marks of every message that goes well, each in one statement; `run_id` is the second guard, as below.
const SENDING: &str = "UPDATE delivery SET state = 'sending', handed_at = ?3, changed_at = ?3
     WHERE id = ?1 AND state = 'claimed' AND run_id = ?2";
const ACCEPTED: &str = "UPDATE delivery SET state = 'accepted', attempts = attempts + 1, reply_code = ?4,
            reply_text = ?5, note = NULL, changed_at = ?3
     WHERE id = ?1 AND state = 'sending' AND run_id = ?2";

/// The columns of a row that a mark may change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    state: State,
    run: Option<i64>,
    attempts: u32,
    code: Option<u16>,
    text: Option<String>,
    note: Option<String>,
    next_at: Option<i64>,
    handed_at: Option<i64>,
}

/// Writes marks; `run` is the run that the ledger claimed for last.
pub(crate) fn apply(
    connection: &Connection,
    marks: &[Mark],
    run: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut usual = Usual::new(connection, run, now)?;
    for mark in marks {
        if usual.write(mark)? {
            continue;
        }
        let id = mark.delivery();
        let from = standing(connection, id)?.ok_or(LedgerError::Missing(id))?;
        match verdict(from.state, mark.target()) {
            Verdict::Repeat => continue,
            Verdict::Illegal => {
                return Err(LedgerError::Transition { delivery: id, from: from.state, to: mark.target() }.into());
            }
            Verdict::Change => {}
        }
        if matches!(from.state, State::Claimed | State::Sending) && (run.is_none() || from.run != run) {
            return Err(LedgerError::Taken(id).into());
        }
        let was = from.state;
        let to = from.after(mark, now);
        let changed = connection.prepare_cached(CHANGE)?.execute(params![
            id,
            was.word(),
            to.state.word(),
            to.attempts,
            to.code,
            to.text,
            to.note,
            to.next_at,
            to.handed_at,
            millis(now)
        ])?;
        if changed != 1 {
            return Err(LedgerError::Taken(id).into());
        }
    }
    Ok(())
}

/// The marks of messages that go well.
struct Usual<'c> {
    sending: CachedStatement<'c>,
    accepted: CachedStatement<'c>,
    run: Option<i64>,
    now: i64,
}

impl<'c> Usual<'c> {
    fn new(connection: &'c Connection, run: Option<i64>, now: DateTime<Utc>) -> Result<Self, Fault> {
        let (sending, accepted) = (connection.prepare_cached(SENDING)?, connection.prepare_cached(ACCEPTED)?);
        Ok(Self { sending, accepted, run, now: millis(now) })
    }

    /// Writes one; `false` where it is another, or where the row does not stand as it should.
    fn write(&mut self, mark: &Mark) -> Result<bool, Fault> {
        let Some(run) = self.run else { return Ok(false) };
        let changed = match mark {
            Mark::Sending(id) => self.sending.execute(params![id, run, self.now])?,
            Mark::Accepted(id, reply) => {
                self.accepted.execute(params![id, run, self.now, reply.code, bounded(&reply.text)])?
            }
            _ => 0,
        };
        Ok(changed == 1)
    }
}

fn standing(connection: &Connection, id: i64) -> Result<Option<Standing>, Fault> {
    let mut statement = connection.prepare_cached(ROW)?;
    let found = statement.query_row(params![id], |row| {
        Ok(Standing {
            state: row.get::<_, Word>(0)?.0,
            run: row.get(1)?,
            attempts: row.get(2)?,
            code: row.get(3)?,
            text: row.get(4)?,
            note: row.get(5)?,
            next_at: None,
            handed_at: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}

impl Standing {
    /// Where the row stands after a legal mark.
    fn after(mut self, mark: &Mark, now: DateTime<Utc>) -> Self {
        // An attempt that ends without acceptance or doubt was not taken; what an earlier copy counts, stays.
        if self.state == State::Sending && !matches!(mark.target(), State::Accepted | State::InDoubt) {
            self.handed_at = None;
        }
        self.state = mark.target();
        match mark {
            Mark::Sending(_) => self.handed_at = Some(millis(now)),
            Mark::Accepted(_, reply) => self.charged(Some(reply), None),
            Mark::InDoubt(_, why) => self.charged(None, Some(why)),
            Mark::Refused(_, reply, why) => self.charged(reply.as_ref(), why.as_deref()),
            Mark::Deferred(_, reply, why, next_at) => {
                self.charged(reply.as_ref(), why.as_deref());
                let latest = now.checked_add_signed(LONGEST_BACK_OFF).unwrap_or(*next_at);
                self.next_at = Some(millis((*next_at).min(latest)));
            }
            Mark::Released(_, reply) if reply.is_some() => self.answered(reply.as_ref(), None),
            Mark::Skipped(_, why) => self.note = Some(bounded(why).to_owned()),
            Mark::Expired(_, reply) if reply.is_some() => self.charged(reply.as_ref(), None),
            Mark::Released(..) | Mark::Expired(..) => {}
        }
        self
    }

    /// An attempt that had an outcome for the recipient, or doubt.
    fn charged(&mut self, reply: Option<&Reply>, why: Option<&str>) {
        self.attempts = self.attempts.saturating_add(1);
        self.answered(reply, why);
    }

    fn answered(&mut self, reply: Option<&Reply>, why: Option<&str>) {
        self.code = reply.map(|reply| reply.code);
        self.text = reply.map(|reply| bounded(&reply.text).to_owned());
        self.note = why.map(|why| bounded(why).to_owned());
    }
}
