//! Days that a run without a person does not send: recorded once, with the reason and the next step in words.

use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{Act, BroadcastKey, Held, HeldCorrection};

/// The kind of the act: a day is held.
const DAY: &str = "held";

/// The kind of the act: a correction is held, of a day that itself went out.
const CORRECTION: &str = "correction-held";

/// Acts that change nothing about a day.
const BESIDE: [&str; 4] = ["notified", "not-notified", "notify-refused", "proof-sent"];

/// Records that a day is held; `true` where that is news. It is none where it stands in the record already, and nobody has
/// done anything about the day since.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold(app: &App, week: &WeekReady, day: &DayReady, reason: Held) -> anyhow::Result<bool> {
    held(app, (week, day), (DAY, reason.words().to_owned()))
}

/// The same of a correction of a day.
///
/// # Errors
/// The ledger's.
pub(crate) fn hold_correction(
    app: &App,
    of: (&WeekReady, &DayReady),
    number: u32,
    reason: HeldCorrection,
) -> anyhow::Result<bool> {
    held(app, of, (CORRECTION, format!("correction {number}: {}", reason.words())))
}

fn held(app: &App, (week, day): (&WeekReady, &DayReady), (kind, detail): (&str, String)) -> anyhow::Result<bool> {
    let mut ledger = app.ledger(&week.settings.ledger)?;
    let act = Act { at: app.now(), key: Some(key_of(week, day)), kind: kind.to_owned(), detail };
    let is_news = is_news(&ledger.acts(&week.week.name)?, &act);
    if is_news {
        ledger.record(&act)?;
    }
    Ok(is_news)
}

/// Whether the last that happened to the day is anything else. A day and its correction may be held at once.
fn is_news(acts: &[Act], act: &Act) -> bool {
    let other = if act.kind == DAY { CORRECTION } else { DAY };
    let counts = |old: &&Act| old.key == act.key && old.kind != other && !BESIDE.contains(&old.kind.as_str());
    acts.iter().rfind(counts).is_none_or(|last| last.kind != act.kind || last.detail != act.detail)
}

/// The acts since something was held, from its own on: what was told of an earlier time does not count for this one. `detail`
/// is that of the act.
pub(crate) fn since_held<'a>(acts: &'a [Act], key: &BroadcastKey, detail: &str) -> &'a [Act] {
    let held = |act: &Act| [DAY, CORRECTION].contains(&act.kind.as_str());
    let own = acts.iter().rposition(|act| held(act) && act.key.as_ref() == Some(key) && act.detail == detail);
    &acts[own.unwrap_or_default()..]
}

/// That a day is held, why, and what a person can choose.
#[must_use]
pub fn held_in_words(week: &WeekReady, day: &DayReady, reason: Held) -> String {
    reason.explained(&week.name_of(&day.day))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{is_news, since_held};
    use crate::model::{Act, BroadcastKey};

    fn act(kind: &str, detail: &str) -> Act {
        let key = BroadcastKey { week: "march".into(), date: "2027-03-15".into() };
        Act { at: DateTime::UNIX_EPOCH, key: Some(key), kind: kind.into(), detail: detail.into() }
    }

    #[test]
    fn what_stands_last_is_no_news_and_what_a_person_did_makes_it_news() {
        let held = act("held", "not signed");
        for (before, news) in [
            (vec![], true),
            (vec![held.clone()], false),
            (vec![held.clone(), act("notified", "held: not signed"), act("correction-held", "correction 1: x")], false),
            (vec![held.clone(), act("signed-off", "by Rowan")], true),
            (vec![held.clone(), act("held", "late")], true),
            (vec![Act { key: None, ..held.clone() }], true),
        ] {
            assert_eq!(is_news(&before, &held), news, "{before:?}");
        }
    }

    #[test]
    fn what_was_told_of_an_earlier_time_does_not_count() {
        let acts = [act("held", "late"), act("notified", "held: late"), act("moved", ""), act("held", "late")];
        assert_eq!(since_held(&acts, acts[0].key.as_ref().unwrap(), "late").len(), 1);
        assert_eq!(since_held(&acts, acts[0].key.as_ref().unwrap(), "other").len(), 4);
    }
}
