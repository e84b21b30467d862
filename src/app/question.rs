//! The question before anything leaves: subject, lists, head-count, and the day's name to be typed, not y or n.

use std::io::BufRead as _;

use chrono::TimeDelta;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::planned::planned;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{count, list_of};
use crate::output::{plain, span_in_words};

/// Whether the question is still to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// On a terminal; elsewhere the command ends.
    Ask,
    /// `--yes`.
    Given,
}

/// Shows what would go to whom, and asks for the day's name.
pub(crate) fn confirm(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    ledger: &dyn Ledger,
    whom: &Whom,
) -> anyhow::Result<()> {
    let weekday = day.day.weekday();
    somebody_is_there(app)?;
    let begun = crate::app::audience::latest(ledger, week, day)?;
    let lists: Vec<String> = day.lists.iter().map(|(name, _)| name.to_string()).collect();
    let subject = day.subject().unwrap_or_default();
    let planned = planned(app, week, day, Some(ledger))?;
    let plan = planned.plan(day);
    let people = match (whom, &begun) {
        (Whom::Due, Some((_, record))) => {
            format!("{} of {} (the others have it)", record.counts.due, count(record.counts.total(), "recipient"))
        }
        (Whom::Due, None) => count(plan.due.len(), "recipient"),
        (Whom::NotAccepted, _) => "those who were refused or put off".to_owned(),
        (Whom::Only(keys), _) => count(keys.len(), "recipient"),
        (Whom::Joined, _) => "those who joined the lists since".to_owned(),
        (Whom::InDoubt(_), _) => "those in doubt; some of them may get a second copy".to_owned(),
        (Whom::All(Some(keys)), _) => format!("{}, who get it a second time", count(keys.len(), "recipient")),
        (Whom::All(None), _) => {
            format!("all {}, who get it a second time", count(day.expansion.recipients.len(), "recipient"))
        }
    };
    let takes = plan.takes;
    let done = app.now() + TimeDelta::from_std(takes).unwrap_or(TimeDelta::MAX).min(TimeDelta::days(3_650));
    let done = done.with_timezone(&week.week.timezone).format("%H:%M");
    let time = match (whom, takes.as_secs() > 60) {
        (Whom::Due, true) => format!("\n  time:     about {}, until about {done}", span_in_words(takes)),
        _ => String::new(),
    };
    app.streams.err(&format!(
        "  day:      {weekday}, {}\n  subject:  {}\n  lists:    {}\n  to:       {people}\n  through:  {}{time}\n\nA message \
         that was sent cannot be called back. ",
        day.day.at.format("%-d %B %Y, %H:%M"),
        plain(&subject),
        list_of(&lists),
        crate::app::connect::describe(week),
    ));
    ask_for_day(app, weekday, "send", "nothing was sent")
}

/// Whether a question can be asked, before anything is shown for it.
///
/// # Errors
/// [`Fault`] 64 where it cannot.
pub(crate) fn somebody_is_there(app: &App) -> Result<(), Fault> {
    if app.streams.interactive {
        return Ok(());
    }
    let fault = Fault::new(Exit::Usage, "nobody is there to be asked: this is no terminal");
    Err(fault.help("add --yes to go on without a question"))
}

/// Asks for the day's name, which nobody types by mistake.
///
/// # Errors
/// [`Fault`] where nobody is there, or the answer is another.
pub(crate) fn ask_for_day(app: &mut App, weekday: &str, what: &str, otherwise: &str) -> anyhow::Result<()> {
    somebody_is_there(app)?;
    app.streams.err(&format!("Type the day's name to {what} ({weekday}): "));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case(weekday) {
        return Ok(());
    }
    Err(Fault::new(Exit::Usage, format!("that is not the day's name, so {otherwise}")).into())
}
