//! `run`: stays, and sends each day at its time; `run --once` sends what is due and ends, for a task scheduler.

use std::sync::Arc;

use crate::app::{
    App, Attendance, Fault, Format, LedgerView, Purpose, Quiet, Told, WeekReady, attend, block_on, connector,
    correction_summary, held_in_words, prepare, same_mornings, standing, stop_signal, summary, tell_of_failure,
    tell_of_other_times, tell_what_is_left, with_held_corrections,
};
use crate::exit::Exit;
use crate::output::{findings_as_text, plain};
use crate::report::WeekStatus;
use crate::transport::Connector;

/// Stay, and send each day at its time
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Send what is due now, and end (for a task scheduler)
    #[arg(long)]
    once: bool,
    /// Begin a day although the mail server's daily limit spreads it over several
    #[arg(long)]
    over_days: bool,
    /// Begin each day at once, without the two minutes in which somebody at a terminal can stop it by Ctrl-C
    #[arg(long)]
    no_wait: bool,
}

/// Runs.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    if let Some(week) = &prepare(app, &name, Purpose::Send).week {
        let findings = same_mornings(app, week);
        app.streams.err(&findings_as_text(&findings));
        if let Some(Fault { message, help, .. }) = week.is_all_dropped() {
            let help = help.unwrap_or_default();
            app.streams.err(&format!("Nothing is to be sent: {}\nhelp: {}\n", plain(&message), plain(&help)));
        }
    }
    let exit = block_on(attended(app, &name, args))?;
    if app.format == Format::Json {
        let week = prepare(app, &name, Purpose::Send).ready(app)?;
        let ledger = app.existing_ledger(&week.settings.ledger)?;
        let view = LedgerView { ledger: ledger.as_deref(), sender_at_work: false };
        let now = app.now();
        let mut days = Vec::new();
        for day in &week.days {
            let status = standing(&view, &week, day, false, now)?;
            days.push(with_held_corrections(app, (&week, day), &view, status)?);
        }
        let status = WeekStatus { week: name, broadcasts: days };
        app.streams.json(&status)?;
    }
    Ok(exit)
}

async fn attended(app: &mut App, name: &str, args: &Args) -> anyhow::Result<Exit> {
    let load = |app: &mut App| -> anyhow::Result<WeekReady> { Ok(prepare(app, name, Purpose::Send).ready(app)?) };
    let connect =
        |app: &App, week: &WeekReady| -> anyhow::Result<Arc<Connector>> { Ok(Arc::new(connector(app, week)?)) };
    let mut tell = |app: &mut App, week: &WeekReady, told: &Told<'_>| {
        let text = match told {
            Told::Sent(_, status, end) => summary(status, end, &week.settings.transport.destination),
            Told::Held(day, reason) => held_in_words(week, day, *reason),
            Told::Corrected(day, status, end) => {
                correction_summary(status, &week.name_of(&day.day), end, &week.settings.transport.destination)
            }
            Told::CorrectionHeld(day, reason, (number, file)) => {
                reason.explained(&week.name_of(&day.day), *number, &plain(file))
            }
            Told::Waiting(until) => {
                let at = until.with_timezone(&week.week.timezone).format("%A %-d %B %Y at %H:%M");
                format!("waiting until {at}\n")
            }
        };
        app.streams.err(&text);
    };
    let begun = app.now();
    let (stop, mut at_once) = stop_signal();
    let how = Attendance {
        load: &load,
        connect: &connect,
        listener: Arc::new(Quiet),
        stop,
        once: args.once,
        over_days: args.over_days,
        undo_window: !args.no_wait,
        // Somebody who sits there, or asks for it, is told anew.
        names_again: !args.once || app.streams.interactive || app.streams.verbose,
        notify: true,
        tell: &mut tell,
    };
    let ended = tokio::select! {
        ended = attend(app, how) => ended,
        _ = at_once.wait_for(|now| *now) => return Ok(Exit::TryAgain),
    };
    match &ended {
        Err(error) => tell_of_failure(app, name, error).await,
        // The server was not asked, or answered.
        Ok(Exit::Unavailable | Exit::Config) => {}
        Ok(_) => tell_what_is_left(app, name, begun, &load).await,
    }
    if args.once && ended.is_ok() {
        tell_of_other_times(app, &load).await;
    }
    ended
}
