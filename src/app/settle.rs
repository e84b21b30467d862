//! `resolve --as accepted`: a person says that doubtful messages have arrived.

use crate::app::audience;
use crate::app::context::{App, Format};
use crate::app::copies::key_of;
use crate::app::correction::no_such;
use crate::app::fault::Fault;
use crate::app::hand_over::pick;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::app::whom::{Risk, decided};
use crate::exit::Exit;
use crate::ledger::{EditionId, Ledger};
use crate::model::{Act, DayName, count};
use crate::report::WeekStatus;

/// Settles the doubts of a day, or of its correction with this number: all, or those named.
///
/// # Errors
/// [`Fault`] when the day has not begun; the ledger's errors.
pub fn settle_as_accepted(
    app: &mut App,
    week: &WeekReady,
    (day, correction): (&DayName, Option<u32>),
    decision: &Risk,
) -> anyhow::Result<Exit> {
    if app.existing_ledger(&week.settings.ledger)?.is_none() {
        return Err(Fault::new(Exit::Usage, "nothing has been sent yet, so nothing is in doubt").into());
    }
    let (_lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
    let now = app.now();
    ledger.recover(now)?;
    let day = pick(app, week, day, Some(ledger.as_ref()))?;
    let id = meant(ledger.as_ref(), week, day, correction)?;
    let settled = ledger.settle_as_accepted(id, decision.only.as_deref(), now)?;
    let of = correction.map_or_else(String::new, |number| format!(" of correction {number}"));
    let detail = format!("{}{of} settled as accepted", count(settled, "doubtful message"));
    ledger.record(&Act {
        at: now,
        key: Some(key_of(week, day)),
        kind: "resolved-accepted".to_owned(),
        detail: decided(detail.clone(), decision.by.as_deref()),
    })?;
    let view = LedgerView { ledger: Some(ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, now)?;
    let own = status.corrections.iter().find(|one| Some(one.number) == correction);
    let left = own.map_or(status.counts.in_doubt, |one| one.counts.in_doubt);
    match app.format {
        Format::Text => app.streams.out(&format!("{}: {detail}; {left} left in doubt.\n", day.day.weekday()))?,
        Format::Json => {
            let status = WeekStatus { week: week.week.name.clone(), broadcasts: vec![status] };
            app.streams.json(&status)?;
        }
    }
    Ok(if left > 0 { Exit::Remains } else { Exit::Done })
}

/// The mailing whose doubts are meant.
fn meant(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady, correction: Option<u32>) -> anyhow::Result<EditionId> {
    let weekday = day.day.weekday();
    if let Some(number) = correction {
        let found = audience::corrections(ledger, week, day)?.into_iter().find(|(own, ..)| *own == number);
        return Ok(found.map(|(_, id, _)| id).ok_or_else(|| no_such(weekday, number))?);
    }
    let Some(id) = audience::begun(ledger, week, day)? else {
        let message = format!("{weekday}'s broadcast has not been sent yet, so nothing is in doubt");
        return Err(Fault::new(Exit::Usage, message).into());
    };
    Ok(id)
}
