//! Days that a run without a person does not send: recorded once, with the reason and the next step in words.

use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{Act, Held};

/// Records that a day is held; each reason once.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold(app: &App, week: &WeekReady, day: &DayReady, reason: Held) -> anyhow::Result<()> {
    let mut ledger = app.ledger(&week.settings.ledger)?;
    let act =
        Act { at: app.now(), key: Some(key_of(week, day)), kind: "held".to_owned(), detail: reason.words().to_owned() };
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
