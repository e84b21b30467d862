//! The road of a correction: the lock, the draft, the gates, the question, the run, the words at the end.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::connect::connector;
use crate::app::context::{App, Format};
use crate::app::copies::{DayCopies, key_of};
use crate::app::correction::asked::{CorrectionAsked, Which};
use crate::app::correction::draft::{Draft, draft};
use crate::app::correction::dry_run::dry_run;
use crate::app::correction::gates::gates;
use crate::app::correction::open::open;
use crate::app::correction::original::not_sent;
use crate::app::correction::words::{notes, shown, summary};
use crate::app::dispatch::{DayEnd, Road, go, left_today};
use crate::app::hand_over::{block_on, pick, undo_window, with_signals};
use crate::app::outcome::{exit_of, say};
use crate::app::question::{Confirm, ask_for_day, somebody_is_there};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::exit::Exit;
use crate::ledger::{Ledger, Recovered};
use crate::model::{Act, Mailing, count, list_of};
use crate::send::Sending;

/// Sends a correction, or goes on with one.
///
/// # Errors
/// [`Fault`](crate::app::Fault) where the day has not been sent, the file has errors, or somebody's word is missing; the ledger's.
pub fn correct(app: &mut App, week: &WeekReady, asked: &CorrectionAsked<'_>) -> anyhow::Result<Exit> {
    let Some(existing) = app.existing_ledger(&week.settings.ledger)? else {
        let day = pick(app, week, asked.day, None)?;
        return Err(not_sent(day.day.weekday()).into());
    };
    if asked.dry_run {
        let day = pick(app, week, asked.day, Some(existing.as_ref()))?;
        let draft = draft(app, (week, day), existing.as_ref(), asked)?;
        return dry_run(app, (week, day, &draft), existing.as_ref(), asked.in_doubt);
    }
    drop(existing);
    // The lock first: nothing of another run's may change between the question and the sending.
    let (lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
    let recovered = ledger.recover(app.now())?;
    let day = pick(app, week, asked.day, Some(ledger.as_ref()))?;
    let draft = draft(app, (week, day), ledger.as_ref(), asked)?;
    let names = gates(app, (week, &draft), ledger.as_ref(), asked)?;
    let notes = notes(&draft, asked.in_doubt);
    if asked.confirm == Confirm::Ask {
        confirm(app, draft.day.day.weekday(), &shown(week, &draft, (&asked.again, &names)), &notes)?;
        if asked.undo_window {
            undo_window(app)?;
        }
    } else if matches!(asked.which, Which::Made(_)) {
        app.streams.note(&lines(&notes));
    }
    let connector = Arc::new(connector(app, week)?);
    // Before it begins: whatever happens then, it is on record who stood for it.
    sign(ledger.as_mut(), (week, &draft), &names, app.now())?;
    let opened = open(ledger.as_mut(), (week, &draft), &asked.again, app.now())?;
    let run = |sending| run(ledger, (week, &draft), (opened, recovered), sending);
    let mut end = block_on(with_signals(app, draft.day.expansion.recipients.len(), connector, run))?;
    lock.guard(end.ledger.as_mut())?;
    drop(lock);
    finish(app, (week, day), &end)
}

fn lines(notes: &[String]) -> String {
    notes.iter().map(|note| format!("{note}\n")).collect()
}

fn confirm(app: &mut App, weekday: &str, shown: &str, notes: &[String]) -> anyhow::Result<()> {
    somebody_is_there(app)?;
    let notes = if notes.is_empty() { String::new() } else { format!("\n{}", lines(notes)) };
    app.streams.err(&format!("{shown}{notes}\nA message that was sent cannot be called back. "));
    ask_for_day(app, weekday, "send the correction", "nothing was sent")
}

/// Keeps who stood for the text.
fn sign(
    ledger: &mut dyn Ledger,
    (week, draft): (&WeekReady, &Draft),
    names: &[String],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let digest = draft.day.compiled.as_ref().map(|compiled| compiled.material().digest.short().to_owned());
    let people = count(draft.day.expansion.recipients.len(), "recipient");
    let (number, digest) = (draft.number, digest.unwrap_or_default());
    let act = Act {
        at: now,
        key: Some(key_of(week, &draft.day)),
        kind: "correction-signed-off".to_owned(),
        detail: format!("correction {number}, by {}, for {people}, digest {digest}", list_of(names)),
    };
    Ok(ledger.record(&act)?)
}

/// Sends it to those whose turn it is.
pub(crate) async fn run(
    ledger: Box<dyn Ledger>,
    (week, draft): (&WeekReady, &Draft),
    (opened, recovered): (crate::app::audience::Opened, Recovered),
    sending: Sending,
) -> anyhow::Result<DayEnd> {
    let now = sending.clock.now();
    let copies = DayCopies::new(week, &draft.day, opened.mailing, ledger.secret())?.without(draft.opted_out.clone());
    let begun_at = draft.begun.as_ref().map_or(now, |(_, record, _)| record.begun_at);
    let road = Road {
        week,
        day: &draft.day,
        copies,
        window_ends: window_ends(begun_at, now),
        connections: week.settings.transport.pace.connections,
        at_most: left_today(ledger.as_ref(), &week.settings.transport, now)?,
        acts: "correction",
        what: format!("{} of edition {}, from {}", opened.mailing, draft.original.record.edition, draft.file.path),
    };
    go(ledger, (opened, recovered), road, sending).await
}

/// How long after its beginning a correction is wanted, whatever the next broadcast says.
pub(crate) const WINDOW: TimeDelta = TimeDelta::days(4);

/// In a later run that is six hours at least.
fn window_ends(begun_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (begun_at + WINDOW).max(now + TimeDelta::hours(6))
}

/// Prints how the correction stands and gives the exit status.
fn finish(app: &mut App, (week, day): (&WeekReady, &DayReady), end: &DayEnd) -> anyhow::Result<Exit> {
    let view = LedgerView { ledger: Some(end.ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, app.now())?;
    let Some(own) = status.corrections.iter().find(|one| Mailing::Correction(one.number) == end.mailing) else {
        anyhow::bail!("the correction is not in the ledger")
    };
    let exit = exit_of(end, &own.counts);
    let text = summary(own, &status.day, end, &week.settings.transport.destination);
    say(app, week, &text, status)?;
    Ok(exit)
}
