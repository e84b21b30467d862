//! What a day waits for that has not begun: what `run` holds it for, and `send` refuses it for.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::audience;
use crate::app::copies::key_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::SignOffs;
use crate::ledger::Ledger;
use crate::model::{EditionRecord, Held, Reply, State};
use crate::transport::Destination;

/// After this instant a day that has not begun is held.
#[must_use]
pub(crate) fn late_after(week: &WeekReady, day: &DayReady) -> DateTime<Utc> {
    day.day.due() + TimeDelta::from_std(week.week.grace).unwrap_or(TimeDelta::MAX.min(TimeDelta::days(3650)))
}

/// Why a day is held at an instant, if it is; the mail server's daily limit apart, which `plan` speaks of.
///
/// # Errors
/// The ledger's.
pub(crate) fn held_at(
    ledger: Option<&dyn Ledger>,
    week: &WeekReady,
    day: &DayReady,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Held>> {
    if let Some(ledger) = ledger
        && audience::begun(ledger, week, day)?.is_some()
    {
        return Ok(only_in_folder(ledger, week, day)?.then_some(Held::OnlyInFolder));
    }
    if now < day.day.due() {
        return Ok(None);
    }
    if now > late_after(week, day) {
        return Ok(Some(Held::Late));
    }
    if let Some(reason) = words_wanted(ledger, week, day)? {
        return Ok(Some(reason));
    }
    Ok(begun_on_this_date(ledger, week, day, now)?.map(|_| Held::SecondOfTheDay))
}

/// Whether a day that has begun reached nobody: its latest edition lies in the folder that took the place of a mail server,
/// and the settings name one now. The first accepted copy tells, because no edition goes on after the settings changed so.
///
/// # Errors
/// The ledger's.
pub(crate) fn only_in_folder(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<bool> {
    const PAGE: usize = 100;
    if !matches!(week.settings.transport.destination, Destination::Smtp(_)) {
        return Ok(false);
    }
    let Some(id) = audience::begun(ledger, week, day)? else { return Ok(false) };
    let mut after = None;
    loop {
        let page = ledger.deliveries_after(id, after, PAGE)?;
        // What was forgotten keeps the code alone.
        let mut accepted = page.iter().filter(|one| one.state == State::Accepted && !one.key.is_pseudonym());
        if let Some(first) = accepted.next() {
            return Ok(first.reply.as_ref().is_some_and(Reply::is_of_folder));
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.id),
            _ => return Ok(false),
        }
    }
}

/// Whether somebody has to write the day first, or to look at it.
///
/// # Errors
/// The ledger's.
pub(crate) fn words_wanted(
    ledger: Option<&dyn Ledger>,
    week: &WeekReady,
    day: &DayReady,
) -> anyhow::Result<Option<Held>> {
    if week.is_still_to_write(day) { Ok(Some(Held::StillToWrite)) } else { sign_off_wanted(ledger, week, day) }
}

/// Whether somebody has to look at the day first.
///
/// # Errors
/// The ledger's.
fn sign_off_wanted(ledger: Option<&dyn Ledger>, week: &WeekReady, day: &DayReady) -> anyhow::Result<Option<Held>> {
    if week.week.sign_off == 0 {
        return Ok(None);
    }
    let signed = SignOffs::of(ledger, week, day)?;
    if !signed.is_enough() {
        return Ok(Some(Held::NotSignedOff));
    }
    let drift = ledger.map(|ledger| signed.drift(ledger, day)).transpose()?.flatten();
    Ok(drift.filter(|drift| drift.is_large(week.week.audience_change)).map(|_| Held::ListsChanged))
}

/// Another broadcast of the week that began to go out on the date of `now`: two in one morning are too many.
///
/// # Errors
/// The ledger's.
pub(crate) fn begun_on_this_date(
    ledger: Option<&dyn Ledger>,
    week: &WeekReady,
    day: &DayReady,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<EditionRecord>> {
    let Some(ledger) = ledger else { return Ok(None) };
    let own = key_of(week, day);
    let date = |at: DateTime<Utc>| at.with_timezone(&week.week.timezone).date_naive();
    let editions = ledger.editions(Some(&own.week))?;
    let broadcasts = editions.into_iter().map(|(_, record)| record).filter(EditionRecord::is_broadcast);
    let mut others = broadcasts.filter(|record| record.key != own);
    Ok(others.rfind(|record| date(record.begun_at) == date(now)))
}
