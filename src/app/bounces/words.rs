//! What is said of a report: in the rows, beside the delivery, and in the record of acts.

use chrono::{DateTime, Utc};

use crate::app::bounces::collect::Reading;
use crate::app::bounces::row;
use crate::bounce::{Action, Reported};
use crate::ledger::ReturnEffect;
use crate::model::{Act, Delivery, EditionRecord, State};

/// What stands in the record of acts: no addresses; the report is known by the beginning of its hash.
pub(crate) fn act(
    effect: ReturnEffect,
    one: &Reported,
    (delivery, edition): (&Delivery, &EditionRecord),
    (hash, now): (&str, DateTime<Utc>),
) -> Option<Act> {
    let action = one.action?;
    let status = one.status.map_or_else(String::new, |status| format!(" {status}"));
    let report = format!("report {}: {action}{status}", hash.get(..12).unwrap_or(hash));
    let (kind, detail) = match (effect, delivery.state) {
        (ReturnEffect::Nothing, _) => return None,
        (_, State::InDoubt) => ("resolved-by-report", format!("1 doubtful message settled as accepted by {report}")),
        _ => ("sent-back", format!("1 message was sent back, {report}")),
    };
    Some(Act { at: now, key: Some(edition.key.clone()), kind: kind.to_owned(), detail })
}

/// What it changed.
pub(crate) fn change_in_words(effect: ReturnEffect, was: State) -> Option<&'static str> {
    match (effect, was) {
        (ReturnEffect::SentBack, State::InDoubt) => Some("no longer in doubt: accepted, then sent back"),
        (ReturnEffect::SentBack, _) => Some("sent back"),
        (ReturnEffect::Arrived, _) => Some("no longer in doubt: accepted"),
        (ReturnEffect::Nothing, _) => None,
    }
}

/// Why a report that is ours changes nothing.
pub(crate) fn idle(action: Option<Action>, delivery: &Delivery) -> Option<&'static str> {
    match (action?, delivery.state) {
        (Action::Delayed, _) => Some("the mail system still tries"),
        (Action::Failed, State::Accepted) => Some("known as sent back already"),
        (Action::Failed, State::Refused) => Some("refused already, when it was sent"),
        (Action::Failed, _) => Some("not counted as accepted, so it cannot come back"),
        _ => None,
    }
}

/// What stands beside the delivery.
pub(crate) fn note(effect: ReturnEffect, one: &Reported) -> String {
    let action = one.action.map_or("unknown", |action| action.word());
    match effect {
        ReturnEffect::Arrived => format!("a report of the mail system settled the doubt: {action}"),
        _ => {
            let words = row::words(one).unwrap_or_else(|| "no reason was given".to_owned());
            let status = one.status.map_or_else(String::new, |status| format!("{status}, "));
            let said = one.diagnostic.as_ref().map_or_else(String::new, |said| format!(" ({said})"));
            format!("sent back: {status}{words}{said}")
        }
    }
}

/// When the report was written, as far as that is likely: not before the sending, and not in the future.
pub(crate) fn came_at(reading: &Reading, edition: &EditionRecord, now: DateTime<Utc>) -> DateTime<Utc> {
    reading.report.date.filter(|date| (edition.begun_at..=now).contains(date)).unwrap_or(now)
}
