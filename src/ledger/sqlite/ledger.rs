//! The ledger behind its trait: each method one transaction.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::ledger::arriving::Arriving;
use crate::ledger::entry::{Claim, ClaimOrder, EditionId, Enrolment, Forgotten, Mark, NewEdition, Recovered, Requeue};
use crate::ledger::error::LedgerError;
use crate::ledger::interface::Ledger;
use crate::ledger::returned::{EarlierReturn, ReturnedMail, SentCopy};
use crate::ledger::sqlite::fault::Fault;
use crate::ledger::sqlite::{
    acts, bounces, claims, decisions, deliveries, editions, erasure, file, generation, marks, migrate, sign_offs,
    suppressions,
};
use crate::model::{
    Act, ActChain, AddressKey, BroadcastKey, Delivery, Edition, EditionRecord, ListName, Pseudonyms, SignOff, State,
    Suppression,
};

/// A ledger in a SQLite file.
pub(crate) struct SqliteLedger {
    connection: Connection,
    secret: [u8; 32],
    /// The run that this ledger claimed for last, as the database numbers it.
    run: Option<i64>,
    /// A write failed on the disk: nothing more may be written.
    suspect: bool,
}

/// Why a suspect ledger writes nothing.
#[derive(Debug, thiserror::Error)]
#[error("an earlier write failed on the disk, so nothing more is written; look at the disk, then start again")]
struct Suspect;

impl SqliteLedger {
    /// Opens a file, and makes it where there is none.
    pub(crate) fn create(path: &Path) -> Result<Self, LedgerError> {
        Self::over(file::create(path)?)
    }

    /// Opens a file that is there.
    pub(crate) fn existing(path: &Path) -> Result<Self, LedgerError> {
        Self::over(file::existing(path)?)
    }

    /// One without a file.
    pub(crate) fn in_memory() -> Result<Self, LedgerError> {
        Self::over(file::in_memory()?)
    }

    fn over(connection: Connection) -> Result<Self, LedgerError> {
        let secret = migrate::secret(&connection).map_err(|cause| Fault::from(cause).into_error("read"))?;
        Ok(Self { connection, secret, run: None, suspect: false })
    }

    /// One transaction that takes the write lock at once, so that what it reads stays true until it is written.
    fn write<T>(&mut self, change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, LedgerError> {
        if self.suspect {
            return Err(LedgerError::Storage { action: "written", cause: Suspect.into() });
        }
        let transact = || -> Result<T, Fault> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        transact().map_err(|fault| {
            self.suspect |= fault.leaves_doubt();
            fault.into_error("written")
        })
    }

    /// One transaction that touches pages all over the file, with a cache that holds them.
    fn write_many<T>(&mut self, change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, LedgerError> {
        // Only speed depends on the size of the cache, so a failure to set it is none.
        let _ = file::cache(&self.connection, file::CACHE_OF_A_LIST);
        let done = self.write(change);
        let _ = file::cache(&self.connection, file::CACHE);
        done
    }

    /// One look: everything in it is of the same moment, even while another program sends.
    fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, LedgerError> {
        let view = || look(&*self.connection.unchecked_transaction()?);
        view().map_err(|fault| fault.into_error("read"))
    }

    /// The connection, for tests that look behind the trait.
    #[cfg(test)]
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Ledger for SqliteLedger {
    fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    fn verify(&self) -> Result<(), LedgerError> {
        let found =
            self.read(|view| Ok(view.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?))?;
        if found == "ok" { Ok(()) } else { Err(LedgerError::Storage { action: "read", cause: found.into() }) }
    }

    fn generation(&self) -> Result<u64, LedgerError> {
        self.read(|view| Ok(generation::stored(view)?))
    }

    fn advance(&mut self) -> Result<u64, LedgerError> {
        self.write(|tx| Ok(generation::advance(tx)?))
    }

    fn begin_for(
        &mut self,
        edition: &NewEdition,
        audience: &mut dyn Iterator<Item = Enrolment>,
        now: DateTime<Utc>,
    ) -> Result<EditionId, LedgerError> {
        self.write_many(|tx| {
            let id = editions::begin(tx, edition, now)?;
            editions::enrol(tx, id, audience, now)?;
            Ok(id)
        })
    }

    fn enrol(&mut self, id: EditionId, joined: &[Enrolment], now: DateTime<Utc>) -> Result<usize, LedgerError> {
        self.write_many(|tx| editions::enrol(tx, id, &mut joined.iter().cloned(), now))
    }

    fn editions(&self, week: Option<&str>) -> Result<Vec<(EditionId, EditionRecord)>, LedgerError> {
        self.read(|view| editions::all(view, week))
    }

    fn latest_edition(&self, key: &BroadcastKey) -> Result<Option<(EditionId, Edition)>, LedgerError> {
        self.read(|view| editions::latest(view, key))
    }

    fn deliveries_after(&self, id: EditionId, after: Option<i64>, limit: usize) -> Result<Vec<Delivery>, LedgerError> {
        self.read(|view| deliveries::after(view, id, after, limit))
    }

    fn each_address(&self, id: EditionId, visit: &mut dyn FnMut(AddressKey, State)) -> Result<(), LedgerError> {
        self.read(|view| deliveries::each_address(view, id, visit))
    }

    fn history(&self, key: &AddressKey) -> Result<Vec<(EditionRecord, Delivery)>, LedgerError> {
        self.read(|view| deliveries::history(view, key))
    }

    fn recover(&mut self, now: DateTime<Utc>) -> Result<Recovered, LedgerError> {
        let secret = self.secret;
        self.write(|tx| claims::recover(tx, &secret, now))
    }

    fn claim(&mut self, id: EditionId, order: &ClaimOrder<'_>, now: DateTime<Utc>) -> Result<Vec<Claim>, LedgerError> {
        let (run, claims) = self.write(|tx| claims::claim(tx, id, order, now))?;
        self.run = Some(run);
        Ok(claims)
    }

    fn apply(&mut self, marks: &[Mark], now: DateTime<Utc>) -> Result<(), LedgerError> {
        let run = self.run;
        self.write(|tx| marks::apply(tx, marks, run, now))
    }

    fn apply_as_they_come(
        &mut self,
        id: EditionId,
        arriving: &mut dyn Arriving,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Claim>>, LedgerError> {
        let run = self.run;
        let claimed = self.write(|tx| {
            let mut marks = Vec::new();
            while arriving.more(&mut marks) {
                marks::apply(tx, &marks, run, now)?;
                marks.clear();
            }
            arriving.claim().map(|order| claims::claim(tx, id, &order, now)).transpose()
        })?;
        Ok(claimed.map(|(run, claims)| {
            self.run = Some(run);
            claims
        }))
    }

    fn requeue(&mut self, id: EditionId, whom: &Requeue, now: DateTime<Utc>) -> Result<usize, LedgerError> {
        self.write(|tx| decisions::requeue(tx, id, whom, now))
    }

    fn settle_as_accepted(
        &mut self,
        id: EditionId,
        keys: Option<&[AddressKey]>,
        now: DateTime<Utc>,
    ) -> Result<usize, LedgerError> {
        self.write(|tx| decisions::settle_as_accepted(tx, id, keys, now))
    }

    fn handed_over_since(&self, since: DateTime<Utc>) -> Result<usize, LedgerError> {
        self.read(|view| deliveries::handed_over_since(view, since))
    }

    fn note_handed_over(&mut self, messages: usize, now: DateTime<Utc>) -> Result<(), LedgerError> {
        self.write(|tx| deliveries::note_handed_over(tx, messages, now))
    }

    fn suppressions(&self) -> Result<Vec<Suppression>, LedgerError> {
        self.read(suppressions::all)
    }

    fn suppressions_of(&self, key: &AddressKey) -> Result<Vec<Suppression>, LedgerError> {
        self.read(|view| suppressions::of(view, key))
    }

    fn suppress_all(&mut self, suppressions: &[Suppression]) -> Result<(), LedgerError> {
        let pseudonyms = Pseudonyms::new(&self.secret);
        self.write(|tx| suppressions.iter().try_for_each(|one| suppressions::add(tx, one, &pseudonyms)))
    }

    fn lift(&mut self, key: &AddressKey, list: Option<&ListName>) -> Result<bool, LedgerError> {
        self.write(|tx| suppressions::lift(tx, key, list))
    }

    fn forget(&mut self, keys: &[AddressKey], now: DateTime<Utc>) -> Result<Vec<Forgotten>, LedgerError> {
        let pseudonyms = Pseudonyms::new(&self.secret);
        self.write_many(|tx| keys.iter().map(|key| erasure::forget(tx, key, &pseudonyms.of(key), now)).collect())
    }

    fn purge(&mut self, ids: &[EditionId], now: DateTime<Utc>) -> Result<usize, LedgerError> {
        self.write_many(|tx| ids.iter().map(|id| erasure::purge(tx, *id, now)).sum())
    }

    fn sweep(&mut self) -> Result<bool, LedgerError> {
        if self.suspect {
            return Err(LedgerError::Storage { action: "written", cause: Suspect.into() });
        }
        erasure::sweep(&self.connection).map_err(|cause| {
            let fault = Fault::from(cause);
            self.suspect |= fault.leaves_doubt();
            fault.into_error("written")
        })
    }

    fn acts_beside_weeks(&self) -> Result<Vec<Act>, LedgerError> {
        self.read(acts::beside_weeks)
    }

    fn sign_off(&mut self, sign_off: &SignOff, audience: &[AddressKey]) -> Result<(), LedgerError> {
        self.write_many(|tx| sign_offs::record(tx, sign_off, audience))
    }

    fn sign_offs(&self, week: &str) -> Result<Vec<SignOff>, LedgerError> {
        self.read(|view| sign_offs::of_week(view, week))
    }

    fn signed_audience(&self, id: i64) -> Result<Vec<AddressKey>, LedgerError> {
        self.read(|view| sign_offs::audience(view, id))
    }

    fn copies(&self, message_ids: &HashSet<String>) -> Result<Vec<SentCopy>, LedgerError> {
        self.read(|view| bounces::copies(view, message_ids))
    }

    fn was_read(&self, hash: &str) -> Result<bool, LedgerError> {
        self.read(|view| bounces::was_read(view, hash))
    }

    fn earlier_returns(&self, key: &AddressKey) -> Result<Vec<EarlierReturn>, LedgerError> {
        self.read(|view| bounces::earlier(view, key))
    }

    fn note_return(&mut self, mail: &ReturnedMail, now: DateTime<Utc>) -> Result<bool, LedgerError> {
        let secret = self.secret;
        self.write(|tx| bounces::note(tx, mail, &secret, now))
    }

    fn record(&mut self, act: &Act) -> Result<(), LedgerError> {
        let secret = self.secret;
        self.write(|tx| acts::record(tx, &secret, act))
    }

    fn acts(&self, week: &str) -> Result<Vec<Act>, LedgerError> {
        self.read(|view| acts::of_week(view, week))
    }

    fn act_chain(&self) -> Result<ActChain, LedgerError> {
        self.read(|view| acts::chain(view, &self.secret))
    }
}
