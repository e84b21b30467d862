//! Days that a run without a person does not send: recorded once, with the reason and the next step in words.

use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{Act, Held, HeldCorrection};

/// Records that a day is held; each reason once.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold(app: &App, week: &WeekReady, day: &DayReady, reason: Held) -> anyhow::Result<()> {
    held(app, (week, day), ("held", reason.words().to_owned()))
}

/// Records that a correction of a day is held; each reason once.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold_correction(
    app: &App,
    of: (&WeekReady, &DayReady),
    number: u32,
    reason: HeldCorrection,
) -> anyhow::Result<()> {
    // Not the kind of a day: the day itself went out.
    held(app, of, ("correction-held", format!("correction {number}: {}", reason.words())))
}

fn held(app: &App, (week, day): (&WeekReady, &DayReady), (kind, detail): (&str, String)) -> anyhow::Result<()> {
    let mut ledger = app.ledger(&week.settings.ledger)?;
    let act = Act { at: app.now(), key: Some(key_of(week, day)), kind: kind.to_owned(), detail };
    let known = ledger.acts(&week.week.name)?;
    if !known.iter().any(|old| old.kind == act.kind && old.key == act.key && old.detail == act.detail) {
        ledger.record(&act)?;
    }
    Ok(())
}

/// That a day is held, why, and what a person can choose.
#[must_use]
pub fn held_in_words(week: &WeekReady, day: &DayReady, reason: Held) -> String {
    reason.explained(&week.name_of(&day.day))
}
