//! `recipients purge`: who got the weeks of long ago goes out of the ledger; how many they were stays.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use crate::app::context::App;
use crate::app::people::opt_out_changes::record;
use crate::ledger::{EditionId, Ledger};
use crate::model::{EditionRecord, Findings, count};
use crate::settings;

/// After so many days `status` and `doctor` speak of it. A proposal for the board's own rule, not a rule of law.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(90);

/// Broadcasts of one week name that lie further apart than this belong to different years of it.
const ONE_WEEK: TimeDelta = TimeDelta::days(60);

/// One week whose time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldWeek {
    /// The week.
    pub week: String,
    /// ISO date of its last broadcast.
    pub last: String,
    /// Rows with a recipient.
    pub recipients: usize,
    /// Those of them in doubt; a week with doubts is not purged.
    pub in_doubt: usize,
    /// Its editions.
    #[serde(skip)]
    ids: Vec<EditionId>,
}

impl OldWeek {
    /// Whether it may go: what is in doubt is settled by a person first.
    #[must_use]
    pub fn may_go(&self) -> bool {
        self.in_doubt == 0
    }
}

/// The weeks whose last broadcast is longer ago than this, and whose recipients stand in the ledger still.
///
/// # Errors
/// The ledger's.
pub fn old_weeks(ledger: &dyn Ledger, older_than: TimeDelta, now: DateTime<Utc>) -> anyhow::Result<Vec<OldWeek>> {
    let cutoff = (now - older_than).date_naive();
    let editions = ledger.editions(None)?;
    let last_of = |own: &EditionRecord| {
        let near = editions.iter().filter(|(_, other)| other.key.week == own.key.week).map(|(_, other)| day(other));
        near.filter(|other| *other - day(own) <= ONE_WEEK).max().unwrap_or_else(|| day(own))
    };
    let mut weeks: BTreeMap<(NaiveDate, &str), OldWeek> = BTreeMap::new();
    for (id, record) in &editions {
        let last = last_of(record);
        if last >= cutoff || record.purged_at.is_some() {
            continue;
        }
        let week = weeks.entry((last, &record.key.week)).or_insert_with(|| OldWeek {
            week: record.key.week.clone(),
            last: last.to_string(),
            recipients: 0,
            in_doubt: 0,
            ids: Vec::new(),
        });
        week.recipients += record.counts.total();
        week.in_doubt += record.counts.in_doubt;
        week.ids.push(*id);
    }
    Ok(weeks.into_values().filter(|week| week.recipients > 0).collect())
}

/// The day of an edition: that of the broadcast, or later, when it was begun again.
fn day(record: &EditionRecord) -> NaiveDate {
    let begun = record.begun_at.date_naive();
    record.key.date.parse().map_or(begun, |date: NaiveDate| date.max(begun))
}

/// The old weeks of the project's ledger.
///
/// # Errors
/// The ledger's.
pub fn purgeable(app: &App, older_than: TimeDelta) -> anyhow::Result<Vec<OldWeek>> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let Some(ledger) = app.existing_ledger(&settings)? else { return Ok(Vec::new()) };
    old_weeks(ledger.as_ref(), older_than, app.now())
}

/// Purges the old weeks without doubts. Returns how many rows went, and whether nothing of them is left in the files of the
/// ledger.
///
/// # Errors
/// The ledger's, such as that a sender is at work.
pub fn purge(app: &App, older_than: TimeDelta) -> anyhow::Result<(usize, bool)> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let (lock, mut ledger) = app.locked_ledger(&settings)?;
    let old = old_weeks(ledger.as_ref(), older_than, app.now())?;
    let ids: Vec<EditionId> = old.iter().filter(|week| week.may_go()).flat_map(|week| week.ids.clone()).collect();
    let rows = ledger.purge(&ids, app.now())?;
    let days = older_than.num_days();
    let what = format!("{} of weeks older than {}", count(rows, "recipient row"), count(usize::try_from(days)?, "day"));
    record(app, ledger.as_mut(), "purged", &what, "")?;
    lock.guard(ledger.as_mut())?;
    Ok((rows, ledger.sweep()?))
}

/// One line for `status` and `doctor` where rows are older than the time that they are kept for.
///
/// # Errors
/// The ledger's.
pub fn old_rows_in_words(ledger: &dyn Ledger, now: DateTime<Utc>) -> anyhow::Result<Option<String>> {
    let rows: usize = old_weeks(ledger, KEPT_FOR, now)?.iter().map(|week| week.recipients).sum();
    let days = count(usize::try_from(KEPT_FOR.num_days())?, "day");
    Ok((rows > 0)
        .then(|| format!("the ledger holds {} of weeks that ended more than {days} ago", count(rows, "recipient row"))))
}
