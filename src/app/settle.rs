//! `resolve --as accepted`: a person says that doubtful messages have arrived.

use crate::app::audience;
use crate::app::context::{App, Format};
use crate::app::fault::Fault;
use crate::app::hand_over::pick;
use crate::app::ready::WeekReady;
use crate::app::standing::{LedgerView, key, standing};
use crate::exit::Exit;
use crate::model::{Act, AddressKey, DayName, count};
use crate::report::WeekStatus;

/// Settles the doubts of a day: all, or those named.
///
/// # Errors
/// [`Fault`] when the day has not begun; the ledger's errors.
pub fn settle_as_accepted(
    app: &mut App,
    week: &WeekReady,
    day: &DayName,
    keys: Option<&[AddressKey]>,
) -> anyhow::Result<Exit> {
    if app.existing_ledger(&week.settings.ledger)?.is_none() {
        return Err(Fault::new(Exit::Usage, "nothing has been sent yet, so nothing is in doubt").into());
    }
    let (_lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
    let now = app.now();
    ledger.recover(now)?;
    let day = pick(app, week, day, Some(ledger.as_ref()))?;
    let Some((id, _)) = audience::latest(ledger.as_ref(), week, day)? else {
        let message = format!("{}'s broadcast has not been sent yet, so nothing is in doubt", day.day.weekday());
        return Err(Fault::new(Exit::Usage, message).into());
    };
    let settled = ledger.settle_as_accepted(id, keys, now)?;
    let detail = format!("{} settled as accepted", count(settled, "doubtful message"));
    ledger.record(&Act {
        at: now,
        key: Some(key(week, day)),
        kind: "resolved-accepted".to_owned(),
        detail: detail.clone(),
    })?;
    let view = LedgerView { ledger: Some(ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, now)?;
    let left = status.counts.in_doubt;
    match app.format {
        Format::Text => app.streams.out(&format!("{}: {detail}; {left} left in doubt.\n", day.day.weekday()))?,
        Format::Json => {
            let status = WeekStatus { week: week.week.name.clone(), broadcasts: vec![status] };
            app.streams.json(&status)?;
        }
    }
    Ok(if left > 0 { Exit::Remains } else { Exit::Done })
}
