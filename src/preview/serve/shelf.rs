//! What is shown now: the newest reading of the files, an older one for each day that is broken, and the copies that were
//! looked at. A page is always of one reading; a new one takes its place in one step.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use tokio::sync::watch;

use crate::model::{Address, AddressKey};
use crate::preview::error::PreviewError;
use crate::preview::serve::reading::{Reading, WeekCopy};
use crate::preview::serve::shown::{Parts, Shown};
use crate::preview::serve::trouble::Trouble;
use crate::preview::week::PreviewWeek;

/// Copies kept ready; beyond that the others are made again when they are asked for.
const COPIES: usize = 16;

type Read = dyn Fn() -> Reading + Send + Sync;

/// The one place that the server takes its pages from. Its functions may wait for the disk.
pub struct Shelf {
    read: Box<Read>,
    state: Mutex<State>,
    readings: watch::Sender<u64>,
}

struct State {
    current: Arc<Reading>,
    number: u64,
    /// The reading in which each day was last sound.
    good: BTreeMap<NaiveDate, Arc<Reading>>,
    copies: HashMap<Option<AddressKey>, Copy>,
}

struct Copy {
    /// The reading that it was last held against.
    number: u64,
    shown: Arc<Shown>,
}

impl Shelf {
    /// Reads the files for the first time, with the function that will read them each time.
    pub fn new(read: impl Fn() -> Reading + Send + Sync + 'static) -> Self {
        let current = Arc::new(read());
        let mut good = BTreeMap::new();
        keep_good(&mut good, &current);
        let state = Mutex::new(State { current, number: 0, good, copies: HashMap::new() });
        Self { read: Box::new(read), state, readings: watch::Sender::new(0) }
    }

    /// Reads the files anew.
    pub fn renew(&self) {
        let reading = Arc::new((self.read)());
        let mut state = self.state();
        keep_good(&mut state.good, &reading);
        state.current = reading;
        state.number += 1;
        self.readings.send_replace(state.number);
    }

    /// Changes with each reading, also where nothing that is shown has changed.
    pub(in crate::preview) fn readings(&self) -> watch::Receiver<u64> {
        self.readings.subscribe()
    }

    /// A copy as it is now; `None` for somebody who gets none of the broadcasts.
    pub(in crate::preview) fn shown(&self, who: Option<&Address>) -> Result<Option<Arc<Shown>>, PreviewError> {
        let mut state = self.state();
        let key = who.map(Address::key);
        let before = state.copies.remove(&key);
        if let Some(copy) = before.as_ref().filter(|copy| copy.number == state.number) {
            let shown = Arc::clone(&copy.shown);
            state.copies.extend(before.map(|copy| (key, copy)));
            return Ok(Some(shown));
        }
        let Some(parts) = state.parts(who) else { return Ok(None) };
        let same = || before.as_ref().map(|copy| Arc::clone(&copy.shown));
        let shown = Shown::new(parts, before.as_ref().map(|copy| &*copy.shown))?.map(Arc::new).or_else(same);
        if state.copies.len() >= COPIES {
            state.copies.retain(|key, _| key.is_none());
        }
        let number = state.number;
        state.copies.extend(shown.iter().map(|shown| (key.clone(), Copy { number, shown: Arc::clone(shown) })));
        Ok(shown)
    }

    /// Whether a file is the ledger's or lies beside it, such as `weekcast.db-wal`.
    pub(in crate::preview) fn is_ledger(&self, path: &Path) -> bool {
        let state = self.state();
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let ledger = state.current.ledger.as_deref();
        ledger.is_some_and(|ledger| match (name(ledger), name(path)) {
            (Some(own), Some(other)) => other.starts_with(&own),
            _ => false,
        })
    }

    /// A poisoned lock means that a page could not be made; the next one may.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Remembers for each day the newest reading in which it was sound; without errors, days that are gone are forgotten.
fn keep_good(good: &mut BTreeMap<NaiveDate, Arc<Reading>>, reading: &Arc<Reading>) {
    let WeekCopy { week, unsound, faults } = (reading.copy)(None);
    if reading.errors.is_empty() && faults.is_empty() {
        good.clear();
    }
    let sound = week.days.iter().filter(|day| !unsound.contains(&day.date));
    good.extend(sound.map(|day| (day.date, Arc::clone(reading))));
}

impl State {
    /// The days as they are now, and of those that are not sound their last good rendering, where there is one.
    fn parts(&self, who: Option<&Address>) -> Option<Parts> {
        let WeekCopy { mut week, faults, .. } = (self.current.copy)(who);
        let troubles = self.current.errors.iter().map(Trouble::of).chain(faults.into_iter().map(Trouble::fault));
        let mut last_good = Vec::new();
        for (date, reading) in self.good.iter().filter(|(_, reading)| !Arc::ptr_eq(reading, &self.current)) {
            let mut older = (reading.copy)(who).week;
            let day = older.days.iter().position(|day| day.date == *date).map(|index| older.days.remove(index));
            let Some(day) = day else { continue };
            week.days.retain(|day| day.date != *date);
            if week.days.is_empty() {
                // Nothing of the week can be read now: its title is older too.
                let PreviewWeek { findings, .. } = week;
                week = PreviewWeek { days: Vec::new(), findings, ..older };
            }
            week.days.push(day);
            last_good.push((*date, reading.at.clone()));
        }
        week.days.sort_by_key(|day| day.date);
        let place = |(date, at)| week.days.iter().position(|day| day.date == date).map(|index| (index, at));
        let last_good = last_good.into_iter().filter_map(place).collect();
        if who.is_some() && week.days.is_empty() {
            return None;
        }
        let (troubles, at) = (troubles.collect(), self.current.at.clone());
        Some(Parts { week, last_good, troubles, at, shown_as: who.map(Address::to_string) })
    }
}
