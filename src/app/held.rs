//! Days that a run without a person does not send: recorded once, with the reason and the next step in words.

use crate::app::context::App;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::key;
use crate::model::Act;
use crate::schedule::Held;

/// Records that a day is held; each reason once.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold(app: &App, week: &WeekReady, day: &DayReady, reason: Held) -> anyhow::Result<()> {
    let mut ledger = app.ledger(&week.settings.ledger)?;
    let act = Act {
        at: app.now(),
        key: Some(key(week, day)),
        kind: "held".to_owned(),
        detail: held_in_words(reason).to_owned(),
    };
    let known = ledger.acts(&week.week.name)?;
    if !known.iter().any(|old| old.kind == act.kind && old.key == act.key && old.detail == act.detail) {
        ledger.record(&act)?;
    }
    Ok(())
}

/// The reason for people.
#[must_use]
pub fn held_in_words(reason: Held) -> &'static str {
    match reason {
        Held::Late => "its time is over by more than the week's grace",
        Held::SecondOfTheDay => "another broadcast of the week goes out today, and two in one morning are too many",
        Held::NotSignedOff => "it is not signed off as it is now",
        Held::ListsChanged => "its lists changed much since it was signed off",
        Held::OverDays => "the mail server's daily limit does not let it through in one day",
        Held::WindowOver => "it was begun but not finished, and its time is over",
    }
}

/// What a person can do about it.
#[must_use]
pub fn held_remedy(reason: Held, weekday: &str) -> String {
    match reason {
        Held::Late | Held::SecondOfTheDay | Held::WindowOver => {
            format!("To send it all the same: weekcast send {weekday} --late")
        }
        Held::NotSignedOff => {
            format!("Look at it: weekcast preview {weekday}; then: weekcast sign-off {weekday} --by NAME")
        }
        Held::ListsChanged => {
            format!("Look whether the lists are the right ones; then: weekcast sign-off {weekday} --by NAME")
        }
        Held::OverDays => format!("To begin it all the same: weekcast send {weekday} --over-days"),
    }
}
