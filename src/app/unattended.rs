//! Sending without a person: `run`, `run --once`, and `rehearse` under a simulated clock. Decides with `schedule::step`,
//! sends with `dispatch`, and says each thing once.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::app::attendance::{Attendance, Told};
use crate::app::context::App;
use crate::app::corrections_due::{Looked, corrections, is_held};
use crate::app::countdown::{Countdown, EnterKey, count_down};
use crate::app::course::{AT_ONCE, Course, Next, SHORT_REST};
use crate::app::day_clocks::clocks;
use crate::app::dispatch::{Dispatch, dispatch};
use crate::app::held::hold;
use crate::app::notify::{tell_of_held, tell_of_sent};
use crate::app::outcome::exit_of;
use crate::app::ready::WeekReady;
use crate::app::shelf::beside_the_ledger;
use crate::app::sign_off::SIGNED_OFF;
use crate::app::standing::{LedgerView, standing};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::output::plain;
use crate::schedule::{Progress, step};
use crate::send::StopKind;

/// Sends what is due, and unless it is to end then, waits for the next day until the week is over.
///
/// # Errors
/// What keeps it from going on: files with errors, the ledger, another sender (with `once`).
pub async fn attend(app: &mut App, mut how: Attendance<'_>) -> anyhow::Result<Exit> {
    let mut course = Course::new(how.once);
    let mut told: HashSet<(usize, String)> = HashSet::new();
    let mut enter = (how.undo_window && app.streams.interactive).then(EnterKey::of_terminal);
    let (mut counted_down, mut waiting) = (None, None);
    loop {
        let week = (how.load)(app)?;
        // Before anything is looked at: what begins from here on is new.
        let mut seen = done_by_others(app, &week);
        // One instant for the whole decision: what is to be done now must not lie a moment after it.
        let now = app.now();
        let clocks = clocks(app, &week, now, how.over_days)?;
        let is_open = clocks.iter().any(|day| matches!(day.progress, Progress::Open { .. }));
        let step = step(&clocks, now, week.week.timezone);
        for (index, reason) in &step.held {
            course.held();
            if told.insert((*index, format!("{reason:?}"))) {
                if hold(app, &week, &week.days[*index], *reason)? || how.names_again {
                    (how.tell)(app, &week, &Told::Held(&week.days[*index], *reason));
                }
                if how.notify {
                    tell_of_held(app, &week, &week.days[*index], *reason).await;
                }
            }
        }
        if let (Some(key), Some(index)) = (&mut enter, step.send)
            && matches!(clocks[index].progress, Progress::NotBegun)
            && counted_down != Some(clocks[index].due)
        {
            let day = &week.days[index].day;
            app.streams.err(&format!("{}: \"{}\"\n", week.name_of(day), plain(week.theme(day))));
            if count_down(app, key, &mut how.stop).await == Countdown::Stopped {
                app.streams.err("stopped before the first message: nothing was sent\n");
                course.held();
                return Ok(course.exit(false));
            }
            // Two minutes are long: the files may have changed, and another may have sent it.
            counted_down = Some(clocks[index].due);
            continue;
        }
        let sent = match step.send {
            Some(index) => Some(match send_day(app, &week, &mut how, index).await {
                Ok((exit, stopped)) => course.sent(exit, stopped),
                Err(error) if !how.once && is_held(&error) => Next::Rest(SHORT_REST),
                Err(error) => return Err(error),
            }),
            None => None,
        };
        // A broadcast has its time, so it goes first. One look is one pass, and takes the corrections too.
        let looked = match &sent {
            Some(next) if !how.once || *next != AT_ONCE => Looked::default(),
            _ => corrections(app, &week, &mut how, (&mut course, &mut told)).await?,
        };
        let wake = match (looked.next.or(sent), step.wake.into_iter().chain(looked.wake).min()) {
            (Some(Next::Rest(rest)), _) if !how.once && !*how.stop.borrow() => {
                // Our own beginning must not cut the rest short.
                seen = done_by_others(app, &week);
                app.now() + rest
            }
            // What is deferred waits for the next call.
            (Some(_), _) => return Ok(course.exit(looked.is_open)),
            (None, Some(wake)) if !how.once => {
                if waiting.replace(wake) != Some(wake) {
                    (how.tell)(app, &week, &Told::Waiting(wake));
                }
                wake
            }
            _ => return Ok(course.exit(how.once && (is_open || looked.is_open))),
        };
        if wait(app, (&week, seen), wake, &mut how.stop).await {
            return Ok(course.exit(false));
        }
    }
}

/// Waits by wall time, or until another command did something that there may be more to do for; `true` when asked to stop.
async fn wait(
    app: &App,
    (week, seen): (&WeekReady, usize),
    until: DateTime<Utc>,
    stop: &mut watch::Receiver<bool>,
) -> bool {
    while app.now() < until && done_by_others(app, week) == seen {
        tokio::select! {
            () = app.clock.wait_until(until) => {}
            _ = stop.wait_for(|stop| *stop) => return true,
        }
    }
    *stop.borrow()
}

/// How often somebody signed a day off, gave it another date, dropped it or took it back, or began to send, which may break off or
/// put somebody off. A ledger that cannot be read now is looked at when it is needed.
fn done_by_others(app: &App, week: &WeekReady) -> usize {
    let ledger = app.existing_ledger(&week.settings.ledger).ok().flatten();
    let acts = ledger.and_then(|ledger| ledger.acts(&week.week.name).ok()).unwrap_or_default();
    let counts =
        |kind: &str| kind.ends_with("-begun") || [SIGNED_OFF, "moved", "dropped", "brought-back"].contains(&kind);
    acts.iter().filter(|act| counts(&act.kind)).count()
}

/// Sends a day, or what is left of it; the status, and why the run was cut short, if it was.
async fn send_day(
    app: &mut App,
    week: &WeekReady,
    how: &mut Attendance<'_>,
    index: usize,
) -> anyhow::Result<(Exit, Option<StopKind>)> {
    let day = &week.days[index];
    let (lock, ledger) = app.locked_ledger(&week.settings.ledger)?;
    let sending = how.sending(app, week)?;
    let what =
        Dispatch { week, day, whom: Whom::Due, changed_allowed: false, sending, shelves: beside_the_ledger(app, week) };
    let mut end = dispatch(ledger, what).await?;
    lock.guard(end.ledger.as_mut())?;
    let view = LedgerView { ledger: Some(end.ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, false, app.now())?;
    drop(lock);
    let exit = exit_of(&end, &status.counts);
    (how.tell)(app, week, &Told::Sent(day, &status, &end));
    if how.notify {
        tell_of_sent(app, week, day, &end.stopped).await;
    }
    Ok((exit, end.stopped.map(|stopped| stopped.kind)))
}
