//! A day that the mail server's daily limit does not let through within 24 hours: it is begun only when a person agrees.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use crate::app::audience;
use crate::app::context::App;
use crate::app::dispatch::strict_window;
use crate::app::fault::Fault;
use crate::app::planned::{PlannedDay, planned};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{count, grouped};

/// How far the limit reaches.
pub(crate) struct OverDays {
    /// Messages to send.
    people: usize,
    /// How many of them the limit lets through in the next 24 hours.
    now: usize,
    /// About when the last of them could go.
    ends: DateTime<Tz>,
    /// Whether that is later than the next broadcast of the week.
    behind_the_next: bool,
}

/// Whether an edition that would begin now cannot end within the limit. One that has begun goes on in any case.
///
/// # Errors
/// The ledger's.
pub(crate) fn over_days(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    ledger: Option<&dyn Ledger>,
    whom: &Whom,
) -> anyhow::Result<Option<OverDays>> {
    if week.settings.transport.pace.daily_limit.is_none() {
        return Ok(None);
    }
    let begun = ledger.map(|ledger| audience::begun(ledger, week, day)).transpose()?.flatten().is_some();
    let planned = planned(app, week, day, ledger)?;
    let people = match whom {
        Whom::Due if !begun => planned.plan(day).due.len(),
        Whom::All(Some(keys)) => keys.len(),
        Whom::All(None) => day.expansion.recipients.len(),
        _ => return Ok(None),
    };
    Ok(beyond(app, week, day, (people, &planned)))
}

/// Whether so many messages of a correction, beginning now, are too many for the limit.
///
/// # Errors
/// The ledger's.
pub(crate) fn over_days_of(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    (ledger, people): (&dyn Ledger, usize),
) -> anyhow::Result<Option<OverDays>> {
    if week.settings.transport.pace.daily_limit.is_none() {
        return Ok(None);
    }
    let planned = planned(app, week, day, Some(ledger))?;
    Ok(beyond(app, week, day, (people, &planned)))
}

fn beyond(app: &App, week: &WeekReady, day: &DayReady, (people, planned): (usize, &PlannedDay)) -> Option<OverDays> {
    let over = planned.pace().over(people)?;
    // A limit of one a day and a long list would lie beyond the calendar.
    let takes = TimeDelta::from_std(over.ends_after).unwrap_or(TimeDelta::MAX).min(TimeDelta::days(3_650));
    let ends = app.now() + takes;
    let behind_the_next = ends > strict_window(week, day);
    Some(OverDays { people, now: over.now, ends: ends.with_timezone(&week.week.timezone), behind_the_next })
}

impl OverDays {
    /// Why the day does not begin, and how it could.
    pub(crate) fn fault(&self, weekday: &str) -> Fault {
        self.fault_of(&format!("{weekday}'s broadcast"))
    }

    /// The same of another mailing, in words.
    pub(crate) fn fault_of(&self, what: &str) -> Fault {
        let next = if self.behind_the_next { ", after the next broadcast of the week" } else { "" };
        let message = format!(
            "{what} goes to {}, and the mail server's daily limit lets {} of them through in 24 hours: the \
             last would get it about {}{next}",
            count(self.people, "recipient"),
            grouped(self.now),
            self.ends.format("%A %-d %B %Y at %H:%M")
        );
        Fault::new(Exit::Held, message).help(
            "to begin all the same, and go on when the limit allows it, add --over-days; or ask IT for a mail server \
             without this limit",
        )
    }
}
