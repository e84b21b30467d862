//! What a run without a person knows of each day: when it is due, how far it is, and what a person must say first.

use chrono::{DateTime, Utc};

use crate::app::audience;
use crate::app::context::App;
use crate::app::dispatch::strict_window;
use crate::app::over_days::over_days;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::waits::{held_at, late_after, words_wanted};
use crate::app::whom::Whom;
use crate::ledger::{EditionId, Ledger};
use crate::model::{Counts, Held, State};
use crate::schedule::{DayClock, Progress};

/// Every day of the week, for the decision of this instant.
///
/// # Errors
/// The ledger's.
pub(crate) fn clocks(
    app: &App,
    week: &WeekReady,
    now: DateTime<Utc>,
    over_days: bool,
) -> anyhow::Result<Vec<DayClock>> {
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let mut clocks = Vec::new();
    for day in &week.days {
        let progress = progress(ledger.as_deref(), week, day, now)?;
        let asks = match progress {
            Progress::NotBegun if now >= day.day.due() => asks(app, week, day, ledger.as_deref(), over_days)?,
            Progress::NotBegun => None,
            Progress::Open { .. } | Progress::Ended { .. } => held_at(ledger.as_deref(), week, day, now)?,
        };
        clocks.push(DayClock {
            due: day.day.due(),
            late_after: late_after(week, day),
            window_ends: strict_window(week, day),
            progress,
            asks,
        });
    }
    Ok(clocks)
}

fn progress(
    ledger: Option<&dyn Ledger>,
    week: &WeekReady,
    day: &DayReady,
    now: DateTime<Utc>,
) -> anyhow::Result<Progress> {
    let Some(ledger) = ledger else { return Ok(Progress::NotBegun) };
    let Some((id, record)) = audience::latest(ledger, week, day)? else { return Ok(Progress::NotBegun) };
    let begun = record.begun_at;
    Ok(match next_turn(ledger, id, &record.counts, now)? {
        Some(next) => Progress::Open { begun, next },
        None => Progress::Ended { begun },
    })
}

/// When somebody's turn comes: at once, or when the first deferral ends; `None` where everybody has an outcome.
///
/// # Errors
/// The ledger's.
pub(crate) fn next_turn(
    ledger: &dyn Ledger,
    id: EditionId,
    counts: &Counts,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    if counts.due > 0 {
        return Ok(Some(now));
    }
    if counts.deferred == 0 {
        return Ok(None);
    }
    let deliveries = ledger.deliveries(id)?;
    let deferred = deliveries.iter().filter(|delivery| delivery.state == State::Deferred);
    Ok(Some(deferred.filter_map(|delivery| delivery.next_at).min().unwrap_or(now)))
}

/// What a day that has not begun waits for, besides its time.
fn asks(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    ledger: Option<&dyn Ledger>,
    over_days_allowed: bool,
) -> anyhow::Result<Option<Held>> {
    if let Some(reason) = words_wanted(ledger, week, day)? {
        return Ok(Some(reason));
    }
    if !over_days_allowed && over_days(app, week, day, ledger, &Whom::Due)?.is_some() {
        return Ok(Some(Held::OverDays));
    }
    Ok(None)
}
