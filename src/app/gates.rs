//! What a day must pass before its first message: sign-off, time, the daily limit. An edition that has begun has passed.

use crate::app::asked::HandOver;
use crate::app::audience;
use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::fault::Fault;
use crate::app::over_days::over_days;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::SignOffs;
use crate::app::waits::{begun_on_this_date, late_after, only_in_folder};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Act, Held};

/// Lets a day pass, or says what it waits for.
///
/// # Errors
/// [`Fault`] 76; the ledger's errors.
pub(crate) fn gates(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    ledger: &dyn Ledger,
    how: &HandOver<'_>,
) -> anyhow::Result<()> {
    written(week, day)?;
    reached_somebody(ledger, week, day, &how.whom)?;
    if audience::begun(ledger, week, day)?.is_none() {
        signed_off(app, week, day, ledger, how)?;
        in_time(app, week, day, ledger, how)?;
    }
    if !how.over_days
        && let Some(over) = over_days(app, week, day, Some(ledger), &how.whom)?
    {
        return Err(over.fault(day.day.weekday()).into());
    }
    Ok(())
}

/// That a person sends a day before its time, or long after it; what has begun goes on at any time.
///
/// # Errors
/// The ledger's.
pub(crate) fn out_of_its_time(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    ledger: &dyn Ledger,
    how: &HandOver<'_>,
) -> anyhow::Result<Option<Act>> {
    let now = app.now();
    let kind = match () {
        () if how.whom != Whom::Due || audience::begun(ledger, week, day)?.is_some() => return Ok(None),
        () if how.early && now < day.day.due() => "sent-early",
        () if how.late && now > late_after(week, day) => "sent-late",
        () => return Ok(None),
    };
    let detail = format!("it was due on {}", day.day.at.format("%-d %B %Y at %H:%M"));
    Ok(Some(Act { at: now, key: Some(key_of(week, day)), kind: kind.to_owned(), detail }))
}

/// Nobody is to get the words that `init` left to be replaced.
pub(crate) fn written(week: &WeekReady, day: &DayReady) -> Result<(), Fault> {
    if !week.is_still_to_write(day) {
        return Ok(());
    }
    let name = week.name_of(&day.day);
    let message = format!("{name}'s message is still to be written: {}", Held::StillToWrite.words());
    Err(Fault::new(Exit::Data, message).help("weekcast check shows the lines; put your own words in their place"))
}

/// What was only written to a folder must not pass for sent once there is a mail server.
///
/// # Errors
/// [`Fault`] 76; the ledger's errors.
pub(crate) fn reached_somebody(
    ledger: &dyn Ledger,
    week: &WeekReady,
    day: &DayReady,
    whom: &Whom,
) -> anyhow::Result<()> {
    // A new edition for everybody is the way out of it.
    if matches!(whom, Whom::All(None)) || !only_in_folder(ledger, week, day)? {
        return Ok(());
    }
    let name = week.name_of(&day.day);
    let message = format!("{name}'s broadcast is held: {}", Held::OnlyInFolder.words());
    Err(Fault::new(Exit::Held, message).help(Held::OnlyInFolder.in_one_line(&name)).into())
}

/// The people who must have signed, for this content, and for lists like these.
fn signed_off(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    ledger: &dyn Ledger,
    how: &HandOver<'_>,
) -> anyhow::Result<()> {
    let weekday = day.day.weekday();
    if week.week.sign_off == 0 {
        return Ok(());
    }
    let signed = SignOffs::of(Some(ledger), week, day)?;
    if !signed.is_enough() {
        return Err(signed.fault(weekday, week.week.timezone).into());
    }
    let Some(drift) = signed.drift(ledger, day)?.filter(|drift| !drift.is_none()) else { return Ok(()) };
    let percent = week.week.audience_change;
    if drift.is_large(percent) && !how.lists_changed {
        return Err(drift.fault(weekday, percent).into());
    }
    app.streams.err(&format!("{}\n", drift.words()));
    Ok(())
}

fn in_time(app: &App, week: &WeekReady, day: &DayReady, ledger: &dyn Ledger, how: &HandOver<'_>) -> anyhow::Result<()> {
    let name = week.name_of(&day.day);
    let at = day.day.at.format("%-d %B %Y at %H:%M");
    if app.now() < day.day.due() && !how.early {
        let fault = Fault::new(Exit::Held, format!("{name}'s broadcast is due on {at}, which is not yet"));
        return Err(fault.help(format!("to send it now all the same: weekcast send {name} --early")).into());
    }
    if app.now() > late_after(week, day) && !how.late {
        let fault =
            Fault::new(Exit::Held, format!("{name}'s broadcast was due on {at}; it is held, because that is over"));
        return Err(fault.help(Held::Late.in_one_line(&name)).into());
    }
    // Whoever says when, has thought of it.
    if !how.early
        && !how.late
        && let Some(other) = begun_on_this_date(Some(ledger), week, day, app.now())?
    {
        let at = other.begun_at.with_timezone(&week.week.timezone).format("%H:%M");
        let message = format!(
            "\"{}\" began to go out today at {at}, and two broadcasts in one morning are too many; {name}'s is held",
            other.theme
        );
        return Err(Fault::new(Exit::Held, message).help(Held::SecondOfTheDay.in_one_line(&name)).into());
    }
    Ok(())
}
