//! Sending without a person: `run`, `run --once`, and `rehearse` under a simulated clock. Decides with `schedule::step`,
//! sends with `dispatch`, and says each thing once.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::audience;
use crate::app::context::App;
use crate::app::dispatch::{DayEnd, Dispatch, dispatch, strict_window};
use crate::app::fault::Fault;
use crate::app::outcome::exit_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, key, late_after, standing};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::ledger::{Ledger, LedgerError};
use crate::model::{Act, State};
use crate::report::DayStatus;
use crate::schedule::{DayClock, Held, Progress, step};
use crate::send::{Listener, Sending, StopKind};
use crate::transport::Connector;

/// How long to wait when another sender holds the ledger, and at first when the server asks for a rest.
const BESIDE_ANOTHER: TimeDelta = TimeDelta::seconds(30);

/// The rest doubles while the server stays busy or the daily limit is reached, up to half an hour.
const LONGEST_REST: TimeDelta = TimeDelta::minutes(30);

/// What happened, told to whoever started it.
pub enum Told<'a> {
    /// A day, or another part of it, was sent.
    Sent(&'a DayReady, &'a DayStatus, &'a DayEnd),
    /// A day is held.
    Held(&'a DayReady, Held),
    /// Nothing to do until then.
    Waiting(DateTime<Utc>),
}

/// What it needs from outside.
pub struct Attendance<'a> {
    /// Reads the week anew, so that each day goes out as the files are then.
    pub load: &'a dyn Fn(&mut App) -> anyhow::Result<WeekReady>,
    /// Opens the way to the server.
    pub connect: &'a dyn Fn(&App, &WeekReady) -> anyhow::Result<Arc<Connector>>,
    /// Hears of deliveries.
    pub listener: Arc<dyn Listener>,
    /// True when it shall end.
    pub stop: watch::Receiver<bool>,
    /// Whether to end when nothing is due now.
    pub once: bool,
    /// Hears of days.
    pub tell: &'a mut dyn FnMut(&mut App, &WeekReady, &Told<'_>),
}

/// Sends what is due, and unless it is to end then, waits for the next day until the week is over.
///
/// # Errors
/// What keeps it from going on: files with errors, the ledger, another sender (with `once`).
pub async fn attend(app: &mut App, mut how: Attendance<'_>) -> anyhow::Result<Exit> {
    let mut worst = Exit::Done;
    let mut told: HashSet<(usize, String)> = HashSet::new();
    let mut rest = BESIDE_ANOTHER;
    // The status of a try that the next one may mend: it counts when there is no next one.
    let mut unmended = Exit::Done;
    loop {
        let week = (how.load)(app)?;
        let now = app.now();
        // One instant for the whole decision: what is to be done now must not lie a moment after it.
        let clocks = clocks(app, &week, now)?;
        let step = step(&clocks, now, week.week.timezone);
        for (index, reason) in &step.held {
            worst = worse(worst, Exit::Held);
            if told.insert((*index, format!("{reason:?}"))) {
                hold(app, &week, &mut how, *index, *reason)?;
            }
        }
        let wake = match step.send {
            Some(index) => match send_day(app, &week, &mut how, index).await {
                Ok((exit, stopped)) => {
                    // What the next try may mend does not count, if there is one.
                    let cut_short = matches!(stopped, Some(StopKind::Busy | StopKind::Limit | StopKind::Unreachable));
                    let retries = cut_short && !how.once;
                    unmended = if retries { exit } else { Exit::Done };
                    worst = if retries { worst } else { worse(worst, exit) };
                    let goes_on = retries || matches!(exit, Exit::Done | Exit::Remains | Exit::TryAgain);
                    if !goes_on || *how.stop.borrow() {
                        return Ok(worse(worst, exit));
                    }
                    // Deferred ones are looked at again by the next step; a server that is busy gets a rest.
                    let until = app.now() + if cut_short { rest } else { TimeDelta::zero() };
                    rest = if cut_short { (rest * 2).min(LONGEST_REST) } else { BESIDE_ANOTHER };
                    until
                }
                Err(error) if !how.once && is_held(&error) => now + BESIDE_ANOTHER,
                Err(error) => return Err(error),
            },
            None => match step.wake {
                Some(wake) if !how.once => {
                    (how.tell)(app, &week, &Told::Waiting(wake));
                    wake
                }
                _ => return Ok(finish(&clocks, worst, how.once)),
            },
        };
        if how.once && step.send.is_some() {
            // One look is one pass: what is deferred waits for the next call.
            return Ok(worst);
        }
        if wait(app, wake, &mut how.stop).await {
            return Ok(worse(worst, unmended));
        }
    }
}

/// Waits by wall time; `true` when asked to stop.
async fn wait(app: &App, until: DateTime<Utc>, stop: &mut watch::Receiver<bool>) -> bool {
    while app.now() < until {
        tokio::select! {
            () = app.clock.wait_until(until) => {}
            _ = stop.wait_for(|stop| *stop) => return true,
        }
    }
    *stop.borrow()
}

fn is_held(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<LedgerError>(), Some(LedgerError::Held))
}

fn finish(clocks: &[DayClock], worst: Exit, once: bool) -> Exit {
    let open = clocks.iter().any(|day| matches!(day.progress, Progress::Open { .. }));
    if once && open { worse(worst, Exit::TryAgain) } else { worst }
}

/// The status that says more: what a person must do wins over what another run does.
fn worse(a: Exit, b: Exit) -> Exit {
    let rank = |exit: Exit| match exit {
        Exit::Done => 0,
        Exit::Remains => 1,
        Exit::TryAgain => 2,
        Exit::Held => 3,
        _ => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}

fn clocks(app: &App, week: &WeekReady, now: DateTime<Utc>) -> anyhow::Result<Vec<DayClock>> {
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let mut clocks = Vec::new();
    for day in &week.days {
        clocks.push(DayClock {
            due: day.day.due(),
            late_after: late_after(week, day),
            window_ends: strict_window(week, day),
            progress: progress(ledger.as_deref(), week, day, now)?,
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
    if record.counts.due > 0 {
        return Ok(Progress::Open { begun, next: now });
    }
    if record.counts.deferred == 0 {
        return Ok(Progress::Ended { begun });
    }
    let deliveries = ledger.deliveries(id)?;
    let deferred = deliveries.iter().filter(|delivery| delivery.state == State::Deferred);
    Ok(Progress::Open { begun, next: deferred.filter_map(|delivery| delivery.next_at).min().unwrap_or(now) })
}

fn hold(app: &mut App, week: &WeekReady, how: &mut Attendance<'_>, index: usize, reason: Held) -> anyhow::Result<()> {
    let day = &week.days[index];
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
    (how.tell)(app, week, &Told::Held(day, reason));
    Ok(())
}

/// The reason for people.
#[must_use]
pub fn held_in_words(reason: Held) -> &'static str {
    match reason {
        Held::Late => "its time is over by more than the week's grace",
        Held::SecondOfTheDay => "another broadcast of the week goes out today, and two in one morning are too many",
        Held::WindowOver => "it was begun but not finished, and its time is over",
    }
}

/// Sends a day, or what is left of it; the status, and why the run was cut short, if it was.
async fn send_day(
    app: &mut App,
    week: &WeekReady,
    how: &mut Attendance<'_>,
    index: usize,
) -> anyhow::Result<(Exit, Option<StopKind>)> {
    let day = &week.days[index];
    let lock = app.lock(&week.settings.ledger)?;
    let ledger = app.ledger(&week.settings.ledger)?;
    if week.week.sign_off > 0 && audience::latest(ledger.as_ref(), week, day)?.is_none() {
        let message = format!("{}'s broadcast is not signed off", day.day.weekday());
        return Err(Fault::new(Exit::Held, message).into());
    }
    let sending = Sending {
        clock: Arc::clone(&app.clock),
        connector: (how.connect)(app, week)?,
        listener: Arc::clone(&how.listener),
        stop: how.stop.clone(),
    };
    let what = Dispatch { week, day, whom: Whom::Due, changed_allowed: false, sending };
    let end = dispatch(ledger, what).await?;
    let view = LedgerView { ledger: Some(end.ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, false, app.now())?;
    drop(lock);
    let exit = exit_of(&end, &status.counts);
    (how.tell)(app, week, &Told::Sent(day, &status, &end));
    Ok((exit, end.stopped.map(|stopped| stopped.kind)))
}
