//! The corrections at one look of a run without a person: those that persons began, broken off or put off, are gone on with
//! or held.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::app::attendance::{Attendance, Told};
use crate::app::context::App;
use crate::app::correction::{Begun, begun, go_on, why_held};
use crate::app::course::{AT_ONCE, Course, Next, SHORT_REST};
use crate::app::day_clocks::next_turn;
use crate::app::held::hold_correction;
use crate::app::notify::{tell_of_correction, tell_of_held_correction};
use crate::app::outcome::exit_of;
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::LedgerError;
use crate::model::{HeldCorrection, Mailing};
use crate::schedule::{CorrectionClock, CorrectionStep, correction_step};

/// What became of them.
#[derive(Default)]
pub(crate) struct Looked {
    /// Whether somebody is still to get one, and run goes on with it.
    pub(crate) is_open: bool,
    /// When the next turn comes.
    pub(crate) wake: Option<DateTime<Utc>>,
    /// What follows from the last that was sent, if one was.
    pub(crate) next: Option<Next>,
}

/// What is to be done about one of them.
enum Due {
    /// Its number, and the officer's file.
    Hold(HeldCorrection, (u32, String)),
    Wait(DateTime<Utc>),
    GoOn,
}

/// Looks at each day's, and goes on with those whose turn has come.
///
/// # Errors
/// The ledger's; another sender (with `once`).
pub(crate) async fn corrections(
    app: &mut App,
    week: &WeekReady,
    how: &mut Attendance<'_>,
    (course, told): (&mut Course, &mut HashSet<(usize, String)>),
) -> anyhow::Result<Looked> {
    let mut looked = Looked::default();
    for (index, day) in week.days.iter().enumerate() {
        match due(app, week, day)? {
            None => {}
            Some(Due::Hold(reason, which)) => {
                course.held();
                if told.insert((index, format!("{reason:?} {}", which.0))) {
                    tell_held(app, (week, day), how, (reason, (which.0, &which.1))).await?;
                }
            }
            Some(Due::Wait(until)) => {
                looked.is_open = true;
                looked.wake = Some(looked.wake.map_or(until, |earlier| earlier.min(until)));
            }
            Some(Due::GoOn) => {
                let next = match send(app, (week, day), how, course).await {
                    Ok(next) => next,
                    Err(error) if !how.once && is_held(&error) => Next::Rest(SHORT_REST),
                    Err(error) => return Err(error),
                };
                // A server that asks for a rest, or does not take us, is not asked for the next one.
                let goes_on = next == AT_ONCE;
                looked.next = Some(next);
                if !goes_on || *how.stop.borrow() {
                    break;
                }
            }
        }
    }
    Ok(looked)
}

fn due(app: &App, week: &WeekReady, day: &DayReady) -> anyhow::Result<Option<Due>> {
    let Some(ledger) = app.existing_ledger(&week.settings.ledger)? else { return Ok(None) };
    let Some(begun) = begun(ledger.as_ref(), week, day)? else { return Ok(None) };
    let now = app.now();
    if let Some(reason) = why_held(app, (week, day), ledger.as_ref(), &begun, now)? {
        return Ok(Some(hold(reason, &begun)));
    }
    let Some(next) = next_turn(ledger.as_ref(), begun.id, &begun.record.counts, now)? else { return Ok(None) };
    let clock = CorrectionClock { next, window_ends: begun.window_ends() };
    Ok(Some(match correction_step(clock, now) {
        CorrectionStep::GoOn => Due::GoOn,
        CorrectionStep::Wait(until) => Due::Wait(until),
        CorrectionStep::Over => hold(HeldCorrection::WindowOver, &begun),
    }))
}

fn hold(reason: HeldCorrection, begun: &Begun) -> Due {
    Due::Hold(reason, (begun.number, begun.file().to_owned()))
}

async fn tell_held(
    app: &mut App,
    (week, day): (&WeekReady, &DayReady),
    how: &mut Attendance<'_>,
    (reason, (number, file)): (HeldCorrection, (u32, &str)),
) -> anyhow::Result<()> {
    if hold_correction(app, (week, day), number, reason)? || how.names_again {
        (how.tell)(app, week, &Told::CorrectionHeld(day, reason, (number, file)));
    }
    if how.notify {
        tell_of_held_correction(app, (week, day), reason, (number, file)).await;
    }
    Ok(())
}

async fn send(
    app: &mut App,
    (week, day): (&WeekReady, &DayReady),
    how: &mut Attendance<'_>,
    course: &mut Course,
) -> anyhow::Result<Next> {
    let sending = how.sending(app, week)?;
    let Some((status, end)) = go_on(app, (week, day), sending).await? else {
        return Ok(AT_ONCE);
    };
    let Some(own) = status.corrections.iter().find(|one| Mailing::Correction(one.number) == end.mailing) else {
        anyhow::bail!("the correction is not in the ledger")
    };
    (how.tell)(app, week, &Told::Corrected(day, own, &end));
    if how.notify {
        tell_of_correction(app, (week, day), own.number, &end.stopped).await;
    }
    Ok(course.sent(exit_of(&end, &own.counts), end.stopped.as_ref().map(|stopped| stopped.kind)))
}

/// Whether another sender has the ledger.
pub(crate) fn is_held(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<LedgerError>(), Some(LedgerError::Held))
}
