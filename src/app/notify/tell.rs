//! One notice, told at most once: recorded before its dot, noted where it does not get out.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::app::connect::connection_of;
use crate::app::context::App;
use crate::app::held::since_held;
use crate::app::notify::notifier::Notifier;
use crate::app::notify::words::Notice;
use crate::app::ready::WeekReady;
use crate::ledger::Ledger;
use crate::model::Act;
use crate::output::plain;
use crate::report::without_addresses;
use crate::send::words;
use crate::settings::Settings;
use crate::transport::{Cause, Connector, Future, Gate};

/// It passed the gate: told, unless one of the others follows.
const TOLD: &str = "notified";
/// It did not get out; a later run tells it.
const NOT_TOLD: &str = "not-notified";
/// The server refused it for good.
const REFUSED: &str = "notify-refused";

/// Tells, unless it was told before.
pub(crate) async fn tell(app: &mut App, notifier: &Notifier<'_>, notice: &Notice) {
    if notifier.settings.notify.is_empty() {
        return;
    }
    match try_to_tell(app, notifier, notice).await {
        Ok(None) => {}
        Ok(Some(why)) => complain(app, &why),
        Err(error) => complain(app, &format!("{error:#}")),
    }
}

/// Sends it; what kept it from somebody, in words.
async fn try_to_tell(app: &App, notifier: &Notifier<'_>, notice: &Notice) -> anyhow::Result<Option<String>> {
    let ledger = app.ledger(&notifier.settings.ledger)?;
    if last(ledger.as_ref(), notice)?.is_some_and(|kind| kind != NOT_TOLD) {
        return Ok(None);
    }
    let now = app.now();
    let named = Notice { text: app.streams.naming_week(&notice.text).into_owned(), ..notice.clone() };
    let messages = notifier.messages(&named, ledger.secret(), now)?;
    let connector: Connector = connection_of(app, notifier.settings)?;
    let gate = RecordFirst { ledger: Mutex::new(ledger), act: act(notice, TOLD, now), passed: Mutex::new(false) };
    let mut transport = connector.open();
    let (mut taken, mut refused, mut why) = (0, 0, None);
    for message in &messages {
        match transport.deliver(message, None, &gate).await {
            Ok(_) => taken += 1,
            // Whether it is there is not known, and a second one is not wanted.
            Err(failure) if failure.in_doubt() => taken += 1,
            Err(failure) => {
                refused += usize::from(matches!(&failure.cause, Cause::Reply(reply) if reply.is_permanent()));
                why = Some(words(&failure));
            }
        }
    }
    transport.close().await;
    if taken == 0 {
        let kind = if refused == messages.len() { REFUSED } else { NOT_TOLD };
        let mut ledger = gate.ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
        if last(ledger.as_ref(), notice)?.as_deref() != Some(kind) {
            ledger.record(&act(notice, kind, app.now()))?;
        }
    }
    Ok(why)
}

/// Notes what cannot be told now.
pub(crate) fn note_for_later(app: &mut App, week: &WeekReady, notice: &Notice) {
    if week.settings.notify.is_empty() {
        return;
    }
    let note = |app: &App| -> anyhow::Result<()> {
        let mut ledger = app.ledger(&week.settings.ledger)?;
        if last(ledger.as_ref(), notice)?.is_none() {
            ledger.record(&act(notice, NOT_TOLD, app.now()))?;
        }
        Ok(())
    };
    if let Err(error) = note(app) {
        complain(app, &format!("{error:#}"));
    }
}

/// What was recorded last about an event.
fn last(ledger: &dyn Ledger, notice: &Notice) -> anyhow::Result<Option<String>> {
    let acts = ledger.acts(&notice.key.week)?;
    let acts = match notice.event.strip_prefix("held: ") {
        Some(detail) => since_held(&acts, &notice.key, detail),
        None => &acts,
    };
    let ours = |act: &&Act| {
        let kind = [TOLD, NOT_TOLD, REFUSED].contains(&act.kind.as_str());
        kind && act.key.as_ref() == Some(&notice.key) && act.detail == notice.event
    };
    Ok(acts.iter().rfind(ours).map(|act| act.kind.clone()))
}

fn act(notice: &Notice, kind: &str, at: DateTime<Utc>) -> Act {
    Act { at, key: Some(notice.key.clone()), kind: kind.to_owned(), detail: notice.event.clone() }
}

fn complain(app: &mut App, why: &str) {
    let why = plain(&without_addresses(why));
    app.streams.err(&format!("Not everybody in [notify] could be told of it by e-mail: {why}.\n"));
}

/// The gate before the dot: opens once the act is on disk, and counts what passes it.
struct RecordFirst {
    ledger: Mutex<Box<dyn Ledger>>,
    act: Act,
    passed: Mutex<bool>,
}

impl Gate for RecordFirst {
    fn pass(&self) -> Future<'_, bool> {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        if !*passed {
            *passed = ledger.record(&self.act).is_ok();
        }
        // The server counts each against its daily limit; none is held back by that.
        let noted = *passed && ledger.note_handed_over(1, self.act.at).is_ok();
        Box::pin(std::future::ready(noted))
    }
}

/// The acts that say that something could not be told, and were followed by nothing.
pub(crate) fn not_told(app: &App, settings: &Settings, week: &str) -> Vec<Act> {
    let acts = match app.existing_ledger(&settings.ledger) {
        Ok(Some(ledger)) if !settings.notify.is_empty() => ledger.acts(week).unwrap_or_default(),
        _ => return Vec::new(),
    };
    let follows = |act: &Act, other: &Act| {
        [TOLD, REFUSED].contains(&other.kind.as_str()) && other.key == act.key && other.detail == act.detail
    };
    let left = |(at, act): &(usize, &Act)| act.kind == NOT_TOLD && !acts[*at..].iter().any(|other| follows(act, other));
    acts.iter().enumerate().filter(left).map(|(_, act)| act.clone()).collect()
}
