//! From the order to the changed file, in the one order that is safe: look, refuse, write, record.

use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::fault::Fault;
use crate::app::install::scheduled;
use crate::app::prepare::{Purpose, prepare};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::week_change::effects::effects;
use crate::app::week_change::limits::{not_begun, sound, target_is_free};
use crate::app::week_change::order::{Change, DayChange};
use crate::app::week_change::rewritten::{Rewritten, rewrite};
use crate::app::week_change::words::{Told, told};
use crate::document::{ReplaceFault, decode, encode_like};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Act, Findings};
use crate::output::plain;

/// The longest week file, in bytes.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Changes a day in the week's file.
///
/// # Errors
/// [`Fault`] where the change would do harm or would not be a week any more; then nothing is written. The ledger's errors.
pub fn change_day(app: &mut App, asked: &DayChange<'_>) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let mut prepared = prepare(app, &name, Purpose::Look);
    let week = prepared.readable(&name)?;
    let path = week.week.source.path.clone();
    let bytes = app.project.read(&path, LIMIT).map_err(|fault| Fault::new(Exit::NoInput, fault.to_string()))?;
    let text = decode(&path, &bytes, &mut Findings::new());
    if text.is_none_or(|text| text.text != week.week.source.text) {
        return Err(changed_meanwhile(&path).into());
    }
    let day = meant(app, &week, asked)?;
    if let Some(ledger) = app.existing_ledger(&week.settings.ledger)? {
        not_begun(ledger.as_ref(), &week, day)?;
    }
    target_is_free(app, &week, day, &asked.change)?;
    let rewritten = rewrite(app, &week, day.day.index, &asked.change)?;
    let moved = matches!(asked.change, Change::Move { .. }).then_some(day.day.index);
    let news = sound(app, &prepared.findings, &rewritten, moved)?;
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let effects = effects(ledger.as_deref(), &week, &rewritten, day.day.index)?;
    effects.refuse_open()?;
    drop(ledger);
    if !asked.dry_run {
        let (_lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
        // Nothing of another run's may have come between the look and the writing.
        not_begun(ledger.as_ref(), &week, day)?;
        let new = encode_like(&bytes, &rewritten.text);
        app.project.replace(&path, &bytes, &new).map_err(|fault| refused(&fault))?;
        record(app, ledger.as_mut(), (&week, day), &rewritten, &asked.change)?;
    }
    told(app, &Told { week: &week, day, asked, rewritten: &rewritten, effects: &effects, news: &news })?;
    if let Some(scheduler) = scheduled(app).filter(|_| !asked.dry_run) {
        let command = scheduler.install_command(&week.week.name);
        app.streams
            .err(&format!("This computer was told the old dates. To tell it the new ones: {}\n", plain(&command)));
    }
    Ok(Exit::Done)
}

/// The day; for bringing one back, among those that were dropped.
fn meant<'w>(app: &App, week: &'w WeekReady, asked: &DayChange<'_>) -> anyhow::Result<&'w DayReady> {
    if asked.change != Change::BringBack {
        // The first that is still to come is meant by `next`; what has begun is refused in any case.
        let ledger = app.existing_ledger(&week.settings.ledger)?;
        return crate::app::hand_over::pick(app, week, asked.day, ledger.as_deref());
    }
    if let Some(dropped) = week.dropped_day(asked.day, app.now()) {
        return Ok(&dropped.ready);
    }
    let day = &week.day(asked.day, app.now(), &|_| false)?.day;
    let fault =
        Fault::new(Exit::Usage, format!("{}'s broadcast is not dropped, so there is nothing to undo", day.weekday()));
    let dropped: Vec<String> = week.dropped.iter().map(|one| one.ready.day.date.to_string()).collect();
    let help = match dropped.as_slice() {
        [] => "no day of the week is dropped".to_owned(),
        dropped => format!("dropped: {}", crate::model::list_of(dropped)),
    };
    Err(fault.help(help).into())
}

fn changed_meanwhile(path: &str) -> Fault {
    Fault::new(
        Exit::TryAgain,
        format!("\"{path}\" was changed by another program at this moment, so nothing is written"),
    )
    .help("save it in your editor, then give the command again")
}

fn refused(fault: &ReplaceFault) -> Fault {
    match fault {
        ReplaceFault::Changed(path) => changed_meanwhile(path),
        ReplaceFault::Read(_) | ReplaceFault::Write { .. } => {
            Fault::new(Exit::Io, format!("{fault}; it is as it was")).help("look whether you may write in this folder")
        }
    }
}

/// The act, under the date that the day has now.
fn record(
    app: &App,
    ledger: &mut dyn Ledger,
    (week, day): (&WeekReady, &DayReady),
    rewritten: &Rewritten,
    change: &Change,
) -> anyhow::Result<()> {
    let act = |kind: &str, detail: &str| Act {
        at: app.now(),
        key: Some(key_of(week, day)),
        kind: kind.to_owned(),
        detail: detail.to_owned(),
    };
    let act = match change {
        Change::Move { .. } => {
            let to = rewritten.day(day.day.index)?;
            let words = |day: &crate::model::Day| format!("{}, {}", day.date, day.at.format("%H:%M"));
            Act::moved(app.now(), key_of(week, to), (&words(&day.day), &words(&to.day)))
        }
        Change::Drop { reason } => act("dropped", reason.as_deref().unwrap_or("no reason was given")),
        Change::BringBack => act("brought-back", "it goes out again at its time"),
    };
    ledger.record(&act).map_err(|error| {
        let message = format!("\"{}\" is changed, but the record of acts could not be written", week.week.source.path);
        anyhow::Error::from(error).context(message)
    })
}
