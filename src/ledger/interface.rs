//! What a ledger answers for. Every method that changes something is one transaction, durable when it returns.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::ledger::arriving::Arriving;
use crate::ledger::entry::{Claim, ClaimOrder, EditionId, Enrolment, Forgotten, Mark, NewEdition, Recovered, Requeue};
use crate::ledger::error::LedgerError;
use crate::ledger::returned::{EarlierReturn, ReturnedMail, SentCopy};
use crate::model::{
    Act, ActChain, AddressKey, BroadcastKey, Delivery, Edition, EditionRecord, ListName, SignOff, State, Suppression,
};

/// The record of editions, deliveries, opt-outs and acts.
///
/// Times are kept in whole milliseconds. After a write failed on the disk (an I/O error, a failed fsync) the ledger
/// refuses every later write: what is on the disk is uncertain until it is opened anew.
pub trait Ledger: Send {
    /// 32 random octets made with the ledger: the key of Message-IDs.
    fn secret(&self) -> &[u8; 32];

    /// Reads the whole file and looks for damage; 0.3 s for 100 MB.
    ///
    /// # Errors
    /// [`LedgerError::Storage`] that says what is damaged.
    fn verify(&self) -> Result<(), LedgerError>;

    /// How often [`Self::advance`] was called in the life of this ledger.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn generation(&self) -> Result<u64, LedgerError>;

    /// Counts the generation up, and returns it.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn advance(&mut self) -> Result<u64, LedgerError>;

    /// Begins an edition and freezes its audience, in one transaction. A key that comes twice is enrolled once.
    ///
    /// # Errors
    /// [`LedgerError::Begun`] if it exists; [`LedgerError::Enrolment`]; [`LedgerError::Storage`].
    fn begin(
        &mut self,
        edition: &NewEdition,
        audience: &[Enrolment],
        now: DateTime<Utc>,
    ) -> Result<EditionId, LedgerError> {
        self.begin_for(edition, &mut audience.iter().cloned(), now)
    }

    /// [`begin`](Self::begin) for an audience that comes one after the other: a million people need no room.
    ///
    /// # Errors
    /// As there.
    fn begin_for(
        &mut self,
        edition: &NewEdition,
        audience: &mut dyn Iterator<Item = Enrolment>,
        now: DateTime<Utc>,
    ) -> Result<EditionId, LedgerError>;

    /// Adds people to an edition that has begun; those already in it are left alone. Returns how many were added.
    ///
    /// # Errors
    /// [`LedgerError::Enrolment`]; [`LedgerError::Storage`].
    fn enrol(&mut self, id: EditionId, joined: &[Enrolment], now: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// All editions with their counts, of one week or of all, in the order in which they were begun; corrections too.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn editions(&self, week: Option<&str>) -> Result<Vec<(EditionId, EditionRecord)>, LedgerError>;

    /// The latest edition of a day's broadcast, if it has begun; nothing is counted for it.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn latest_edition(&self, key: &BroadcastKey) -> Result<Option<(EditionId, Edition)>, LedgerError>;

    /// The deliveries of an edition in the order of the list.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn deliveries(&self, id: EditionId) -> Result<Vec<Delivery>, LedgerError> {
        self.deliveries_after(id, None, usize::MAX)
    }

    /// At most `limit` deliveries of an edition in the order of the list, behind the row `after`: a list of any length
    /// is read in pages of a steady size.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn deliveries_after(&self, id: EditionId, after: Option<i64>, limit: usize) -> Result<Vec<Delivery>, LedgerError>;

    /// Hands on who is in an edition and where they stand, in the order of the list, one after the other: a million of them
    /// need no room.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn each_address(&self, id: EditionId, visit: &mut dyn FnMut(AddressKey, State)) -> Result<(), LedgerError>;

    /// One address in every edition, oldest first; the counts of the editions are left at nought, for they take long.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn history(&self, key: &AddressKey) -> Result<Vec<(EditionRecord, Delivery)>, LedgerError>;

    /// Settles what runs that died left: claimed → pending, sending → in doubt. Call it with the lock held.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn recover(&mut self, now: DateTime<Utc>) -> Result<Recovered, LedgerError>;

    /// Takes up to `limit` deliveries that are pending, or deferred and due, in the order of the list. A row that has
    /// no Message-ID yet, or one for other content than `digest`, gets `message_id(key)` and `Date` = `now`.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn claim(&mut self, id: EditionId, order: &ClaimOrder<'_>, now: DateTime<Utc>) -> Result<Vec<Claim>, LedgerError>;

    /// Writes changes of state in one transaction, synced to disk when it returns. A claimed or sending row can only be
    /// marked through the ledger that claimed it, and for the run that it claimed for last: the second guard, behind
    /// the lock, against two senders. A repeat of what stands there is harmless, except for `sending`.
    ///
    /// # Errors
    /// [`LedgerError::Transition`], [`LedgerError::Taken`], [`LedgerError::Missing`]; [`LedgerError::Storage`]. Then
    /// nothing of it was written.
    fn apply(&mut self, marks: &[Mark], now: DateTime<Utc>) -> Result<(), LedgerError>;

    /// [`apply`](Self::apply) for marks while they come, then [`claim`](Self::claim) if asked to, in one transaction. Only
    /// the commit is left to do when the last mark has come.
    ///
    /// # Errors
    /// As both; nothing of it was written then.
    fn apply_as_they_come(
        &mut self,
        id: EditionId,
        arriving: &mut dyn Arriving,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Claim>>, LedgerError>;

    /// Puts deliveries back to pending, because a person said so; whoever has opted out of everything stays where they
    /// are. Attempts and Message-ID are kept. Returns how many.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn requeue(&mut self, id: EditionId, whom: &Requeue, now: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// A person settles doubts of an edition as accepted: all, or those named. Returns how many.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn settle_as_accepted(
        &mut self,
        id: EditionId,
        keys: Option<&[AddressKey]>,
        now: DateTime<Utc>,
    ) -> Result<usize, LedgerError>;

    /// How many messages passed the gate since an instant and were accepted, are in doubt or under way, over all
    /// broadcasts and what was noted beside them: what a server counts against a daily limit. It reads every delivery
    /// (0.1 s for 200,000): ask when a run begins, then count on.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn handed_over_since(&self, since: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// Notes messages beside the broadcasts that passed the gate: proofs and notices.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn note_handed_over(&mut self, messages: usize, now: DateTime<Utc>) -> Result<(), LedgerError>;

    /// The opt-outs, in the order of the addresses; of one address, that from everything first.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppressions(&self) -> Result<Vec<Suppression>, LedgerError>;

    /// The opt-outs of one address, that from everything first.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppressions_of(&self, key: &AddressKey) -> Result<Vec<Suppression>, LedgerError>;

    /// Adds an opt-out. One that stands already, for the same list or for everything, gets the new reason and source and
    /// keeps the earlier date.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppress(&mut self, suppression: &Suppression) -> Result<(), LedgerError> {
        self.suppress_all(std::slice::from_ref(suppression))
    }

    /// The copies of ours that Message-IDs (without angle brackets) name. It walks through the editions of their dates.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn copies(&self, message_ids: &HashSet<String>) -> Result<Vec<SentCopy>, LedgerError>;

    /// Whether a mail that came back was read before, by its hash.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn was_read(&self, hash: &str) -> Result<bool, LedgerError>;

    /// What was reported about an address before, oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn earlier_returns(&self, key: &AddressKey) -> Result<Vec<EarlierReturn>, LedgerError>;

    /// Writes what a mail that came back changes, and that it was read; a mail that was read before changes nothing.
    /// Returns whether it was new.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn note_return(&mut self, mail: &ReturnedMail, now: DateTime<Utc>) -> Result<bool, LedgerError>;

    /// Adds opt-outs, in one transaction; those of people who were forgotten are left out, for nothing is sent to them
    /// anyway and their addresses are to stay out of the ledger.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn suppress_all(&mut self, suppressions: &[Suppression]) -> Result<(), LedgerError>;

    /// Lifts one opt-out: that from a list, or (`None`) that from everything. Returns whether there was one.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn lift(&mut self, key: &AddressKey, list: Option<&ListName>) -> Result<bool, LedgerError>;

    /// Forgets people: wherever an address stands, a pseudonym of it takes its place, with an opt-out from everything.
    /// States and counts stay, except that nobody forgotten waits to be sent to. In one transaction; answers in the order
    /// of the keys. Call it with the lock held, and [`Self::sweep`] after it.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn forget(&mut self, keys: &[AddressKey], now: DateTime<Utc>) -> Result<Vec<Forgotten>, LedgerError>;

    /// Deletes the deliveries of editions, and keeps their counts, in one transaction. Returns how many. Call it with the
    /// lock held, and [`Self::sweep`] after it.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn purge(&mut self, ids: &[EditionId], now: DateTime<Utc>) -> Result<usize, LedgerError>;

    /// Clears away what deleted rows leave in the files of the ledger. Returns `false` where another program looks into it,
    /// so that a part of it stays until the next time. It needs the room of the ledger once more.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn sweep(&mut self) -> Result<bool, LedgerError>;

    /// Records a sign-off, with the people of the lists as they are now.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn sign_off(&mut self, sign_off: &SignOff, audience: &[AddressKey]) -> Result<(), LedgerError>;

    /// The sign-offs of a week, in the order in which they were given.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn sign_offs(&self, week: &str) -> Result<Vec<SignOff>, LedgerError>;

    /// The people for whom a sign-off was given, by its number.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn signed_audience(&self, id: i64) -> Result<Vec<AddressKey>, LedgerError>;

    /// Records an act at the end of the chain: the hash of the act before goes into its own, so that two writers cannot
    /// both be next.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn record(&mut self, act: &Act) -> Result<(), LedgerError>;

    /// The acts that belong to no week, such as those about erasures, in the order in which they were recorded.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn acts_beside_weeks(&self) -> Result<Vec<Act>, LedgerError>;

    /// The acts of a week, in the order in which they were recorded, whatever the clock said.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn acts(&self, week: &str) -> Result<Vec<Act>, LedgerError>;

    /// The acts of all weeks as they are linked, whether they fit or not: [`ActChain::fault`] says.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    fn act_chain(&self) -> Result<ActChain, LedgerError>;
}
