//! What the sending commands share: the day, the gates of time and sign-off, the question, the run, the words at the end.

use std::sync::Arc;

use crate::app::asked::HandOver;
use crate::app::audience;
use crate::app::connect::connector;
use crate::app::context::{App, Format};
use crate::app::countdown::{Countdown, EnterKey, count_down};
use crate::app::dispatch::{DayEnd, Dispatch, dispatch};
use crate::app::dry_run::dry_run;
use crate::app::fault::Fault;
use crate::app::gates::{gates, out_of_its_time, reached_somebody};
use crate::app::outcome::{exit_of, say, summary};
use crate::app::progress::{Bar, Quiet};
use crate::app::question::{Confirm, confirm};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::shelf::beside_the_ledger;
use crate::app::signals::stop_signal;
use crate::app::standing::{LedgerView, standing};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Day, DayName};
use crate::send::{Listener, Sending};
use crate::transport::Connector;

/// Hands a day over to the transport.
///
/// # Errors
/// Faults of time, sign-off, question, ledger, settings.
pub fn hand_over(app: &mut App, week: &WeekReady, how: &HandOver<'_>) -> anyhow::Result<Exit> {
    if how.dry_run {
        let existing = app.existing_ledger(&week.settings.ledger)?;
        let day = pick(app, week, how.day, existing.as_deref())?;
        if let Some(ledger) = existing.as_deref() {
            reached_somebody(ledger, week, day, &how.whom)?;
        }
        return dry_run(app, week, day, existing.as_deref(), &how.whom);
    }
    // The lock first: nothing of another run's may change between the question and the sending.
    let (lock, ledger) = app.locked_ledger(&week.settings.ledger)?;
    let day = pick(app, week, how.day, Some(ledger.as_ref()))?;
    gates(app, week, day, ledger.as_ref(), how)?;
    if how.confirm == Confirm::Ask {
        confirm(app, week, day, ledger.as_ref(), &how.whom)?;
        if how.undo_window {
            undo_window(app)?;
        }
    }
    let connector = Arc::new(connector(app, week)?);
    let mut ledger = ledger;
    if let Some(act) = out_of_its_time(app, week, day, ledger.as_ref(), how)? {
        ledger.record(&act)?;
    }
    let (whom, changed_allowed, shelves) = (how.whom.clone(), how.changed_allowed, beside_the_ledger(app, week));
    let run = |sending| dispatch(ledger, Dispatch { week, day, whom, changed_allowed, sending, shelves });
    let mut end = block_on(with_signals(app, day.expansion.recipients.len(), connector, run))?;
    lock.guard(end.ledger.as_mut())?;
    drop(lock);
    finish(app, week, day, &end)
}

/// Two minutes for who sits at a terminal; nothing is in the ledger before they are over.
///
/// # Errors
/// [`Fault`] 76 when somebody stopped it.
pub(crate) fn undo_window(app: &mut App) -> anyhow::Result<()> {
    if !app.streams.interactive {
        return Ok(());
    }
    let counted = block_on(async {
        let (mut stop, _) = stop_signal();
        Ok(count_down(app, &mut EnterKey::of_terminal(), &mut stop).await)
    });
    match counted? {
        Countdown::Go => Ok(()),
        Countdown::Stopped => Err(Fault::new(Exit::Held, "stopped before the first message: nothing was sent").into()),
    }
}

/// The day that is meant; `next` is the first that has not gone out to everybody.
pub fn pick<'w>(
    app: &App,
    week: &'w WeekReady,
    name: &DayName,
    ledger: Option<&dyn Ledger>,
) -> anyhow::Result<&'w DayReady> {
    let mut sent = Vec::new();
    for ready in &week.days {
        let record = ledger.map(|ledger| audience::latest(ledger, week, ready)).transpose()?.flatten();
        if record.is_some_and(|(_, record)| record.counts.due + record.counts.deferred == 0) {
            sent.push(ready.day.number);
        }
    }
    let finished = |day: &Day| sent.contains(&day.number);
    Ok(week.day(name, app.now(), &finished)?)
}

/// Runs a mailing with a bar over its messages where somebody looks; the first signal ends it in order, the second at once.
pub(crate) async fn with_signals<F>(
    app: &mut App,
    messages: usize,
    connector: Arc<Connector>,
    run: impl FnOnce(Sending) -> F,
) -> anyhow::Result<DayEnd>
where
    F: Future<Output = anyhow::Result<DayEnd>>,
{
    let (stop, mut at_once) = stop_signal();
    let mut asked = stop.clone();
    let bar = Arc::new(Bar::new(messages));
    let listener: Arc<dyn Listener> = if app.streams.interactive && !app.streams.quiet {
        Arc::clone(&bar) as Arc<dyn Listener>
    } else {
        Arc::new(Quiet)
    };
    let sending = Sending { clock: Arc::clone(&app.clock), connector, listener, stop };
    let mut run = std::pin::pin!(run(sending));
    let asked = async { asked.wait_for(|stop| *stop).await.is_ok() };
    let early = tokio::select! {
        end = &mut run => Some(end),
        _ = asked => None,
    };
    if early.is_none() {
        app.streams.err("stopping: what is in flight is finished first; Ctrl-C again stops at once\n");
    }
    let end = tokio::select! {
        end = async { match early { Some(end) => end, None => run.await } } => end,
        _ = at_once.wait_for(|now| *now) => Err(Fault::new(
            Exit::TryAgain,
            "stopped at once; the messages in flight are in doubt and are named at the next start",
        )
        .into()),
    };
    bar.finish();
    end
}

/// Runs a future to its end; runs that were cut off do not hold the process.
///
/// # Errors
/// The future's, or the system's when it has no threads.
pub fn block_on<T>(future: impl std::future::Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    // One processor is left to the ledger's thread and, on a small machine, to a mail server beside us: with two threads
    // on two processors, a seventh of the rate went into waking each other.
    let threads = std::thread::available_parallelism().map_or(1, |all| (all.get() - 1).clamp(1, 2));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    let result = runtime.block_on(future);
    runtime.shutdown_background();
    result
}

/// Prints how the day stands and gives the exit status.
fn finish(app: &mut App, week: &WeekReady, day: &DayReady, end: &DayEnd) -> anyhow::Result<Exit> {
    let view = LedgerView { ledger: Some(end.ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, app.now())?;
    let exit = exit_of(end, &status.counts);
    let text = summary(&status, end, &week.settings.transport.destination);
    say(app, week, &text, status)?;
    Ok(exit)
}
