//! What is worth a notice: a day that is done, held or in trouble, a week that cannot be sent, and what earlier runs could not
//! tell.

use chrono::{DateTime, Utc};

use crate::app::audience;
use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::{scheduled, told_other_times};
use crate::app::notify::notifier::Notifier;
use crate::app::notify::tell::{not_told, note_for_later, tell};
use crate::app::notify::words::{self as notice, Notice};
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::model::{Findings, Held, HeldCorrection};
use crate::output::plain;
use crate::send::{StopKind, Stopped};
use crate::settings;

/// A day is held.
pub(crate) async fn tell_of_held(app: &mut App, week: &WeekReady, day: &DayReady, reason: Held) {
    tell(app, &Notifier::of(week), &notice::held(week, day, reason)).await;
}

/// A correction of a day is held.
pub(crate) async fn tell_of_held_correction(
    app: &mut App,
    (week, day): (&WeekReady, &DayReady),
    reason: HeldCorrection,
    (number, file): (u32, &str),
) {
    tell(app, &Notifier::of(week), &notice::held_correction(week, day, reason, (number, file))).await;
}

/// A day, or a part of it, was sent, and cut short for a reason, or not.
pub(crate) async fn tell_of_sent(app: &mut App, week: &WeekReady, day: &DayReady, stopped: &Option<Stopped>) {
    let done = done(app, week, day);
    tell_of_end(app, week, day, (stopped, done)).await;
}

/// A correction of a day, or a part of it, was sent, and cut short for a reason, or not.
pub(crate) async fn tell_of_correction(
    app: &mut App,
    (week, day): (&WeekReady, &DayReady),
    number: u32,
    stopped: &Option<Stopped>,
) {
    let done = corrected(app, week, day, number);
    tell_of_end(app, week, day, (stopped, done)).await;
}

async fn tell_of_end(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    (stopped, done): (&Option<Stopped>, Option<Notice>),
) {
    let Some(stopped) = stopped else {
        let now = app.now();
        tell_what_was_not_told(app, week, now, true).await;
        if let Some(done) = done {
            tell(app, &Notifier::of(week), &done).await;
        }
        return;
    };
    let Some(trouble) = notice::trouble(week, day, stopped, app.now()) else { return };
    match stopped.kind {
        // The notice would meet the same fate, and another refused sign-in could lock the account.
        StopKind::Unavailable | StopKind::Unreachable | StopKind::Settings => note_for_later(app, week, &trouble),
        _ => tell(app, &Notifier::of(week), &trouble).await,
    }
}

/// What runs that began before `begun` could not tell; the week is read only where there is something.
pub async fn tell_what_is_left(
    app: &mut App,
    name: &str,
    begun: DateTime<Utc>,
    load: &dyn Fn(&mut App) -> anyhow::Result<WeekReady>,
) {
    let settings = settings::load(&app.project, &mut Findings::new());
    if !not_told(app, &settings, name).iter().any(|act| act.at < begun) {
        return;
    }
    // What is wrong with the week has been said. A day that is held still was told just now, or not.
    if let Ok(week) = load(app) {
        tell_what_was_not_told(app, &week, begun, false).await;
    }
}

/// What could not be told before an instant; `held` also of days that were held, where the server answers again.
async fn tell_what_was_not_told(app: &mut App, week: &WeekReady, before: DateTime<Utc>, held: bool) {
    for act in not_told(app, &week.settings, &week.week.name).into_iter().filter(|act| act.at < before) {
        let day = week.days.iter().find(|day| act.key.as_ref().is_some_and(|key| key.date == day.day.date.to_string()));
        let Some(day) = day else { continue };
        let notice = match act.detail.split_once(':') {
            Some(("done", what)) => match what.trim().strip_prefix("correction ") {
                Some(number) => number.parse().ok().and_then(|number| corrected(app, week, day, number)),
                None => done(app, week, day),
            },
            Some((event, _)) if event.starts_with("trouble") => Some(notice::earlier_trouble(week, day, &act.detail)),
            Some(("held", why)) if held && !has_begun(app, week, day) => {
                Some(notice::still_held(week, day, why.trim()))
            }
            _ => None,
        };
        if let Some(notice) = notice.filter(|notice| notice.event == act.detail) {
            tell(app, &Notifier::of(week), &notice).await;
        }
    }
}

/// Where this computer's scheduler was told other times than the week has now, that is said, and told: a day that was moved
/// out of the times at which weekcast is started would be missed by everybody.
pub async fn tell_of_other_times(app: &mut App, load: &dyn Fn(&mut App) -> anyhow::Result<WeekReady>) {
    if scheduled(app).is_none() {
        return;
    }
    let Ok(week) = load(app) else { return };
    let now = app.now();
    let Some(scheduler) = told_other_times(app, &week) else { return };
    let command = scheduler.install_command(&week.week.name);
    app.streams.err(&format!(
        "This computer was told other times than the week has now. To tell it anew: {}\n",
        plain(&command)
    ));
    if let Some(day) = week.days.iter().find(|day| day.day.due() > now).or(week.days.last()) {
        let notice = notice::other_times(&week, day, (&command, now));
        tell(app, &Notifier::of(&week), &notice).await;
    }
}

/// The run ended with an error, so that the week is not known: what is told needs the settings alone.
pub async fn tell_of_failure(app: &mut App, week: &str, error: &anyhow::Error) {
    let worth = matches!(Fault::exit_of(error), Exit::Data | Exit::NoInput | Exit::Held);
    // Somebody who sits there sees it.
    if !worth || app.streams.interactive {
        return;
    }
    let mut findings = Findings::new();
    let settings = settings::load(&app.project, &mut findings);
    let Some(sender) = settings.sender.clone().filter(|_| !settings.notify.is_empty()) else { return };
    #[cfg(feature = "dkim")]
    let signer = crate::app::signing::signer(app, &settings, &sender, &mut findings);
    let zone = chrono_tz::Europe::London;
    let help = Fault::help_of(error);
    let today = app.now().with_timezone(&zone).date_naive();
    let notice = notice::unsendable(week, &error.to_string(), help.as_deref(), today);
    let notifier = Notifier {
        settings: &settings,
        sender: &sender,
        zone,
        #[cfg(feature = "dkim")]
        signer: signer.as_deref(),
    };
    tell(app, &notifier, &notice).await;
}

fn has_begun(app: &App, week: &WeekReady, day: &DayReady) -> bool {
    let ledger = app.existing_ledger(&week.settings.ledger).ok().flatten();
    ledger.is_some_and(|ledger| audience::begun(ledger.as_ref(), week, day).is_ok_and(|begun| begun.is_some()))
}

/// A correction of a day, if everybody has an outcome.
fn corrected(app: &App, week: &WeekReady, day: &DayReady, number: u32) -> Option<Notice> {
    let ledger = app.existing_ledger(&week.settings.ledger).ok().flatten()?;
    let corrections = audience::corrections(ledger.as_ref(), week, day).ok()?;
    let (.., record) = corrections.into_iter().find(|(own, ..)| *own == number)?;
    let is_open = record.counts.due + record.counts.deferred > 0;
    (!is_open).then(|| notice::corrected(week, day, (number, &record.counts)))
}

/// The day, if everybody has an outcome.
fn done(app: &App, week: &WeekReady, day: &DayReady) -> Option<Notice> {
    let ledger = app.existing_ledger(&week.settings.ledger).ok().flatten()?;
    let (_, record) = audience::latest(ledger.as_ref(), week, day).ok().flatten()?;
    let is_open = record.counts.due + record.counts.deferred > 0;
    (!is_open).then(|| notice::done(week, day, (record.edition, &record.counts)))
}
