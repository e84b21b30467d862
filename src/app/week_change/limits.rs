//! What is refused, with the facts and the next step, before anything is written.

use crate::app::audience;
use crate::app::context::App;
use crate::app::copies::key_of;
use crate::app::fault::Fault;
use crate::app::prepare::exit_for;
use crate::app::prepared_dates::is_about_dates;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::waits::only_in_folder;
use crate::app::week_change::order::Change;
use crate::app::week_change::rewritten::Rewritten;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{BroadcastKey, Finding, Severity, count, long_date};
use crate::output::findings_as_text;
use crate::transport::Destination;

/// What has gone out cannot be moved or dropped: the record would say of one date what happened on another.
pub(crate) fn not_begun(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<()> {
    let Some((_, record)) = audience::latest(ledger, week, day)? else { return Ok(()) };
    let name = week.name_of(&day.day);
    let counts = &record.counts;
    let open = counts.due + counts.deferred;
    let begun = record.begun_at.with_timezone(&week.week.timezone).format("%-d %B %Y at %H:%M");
    let accepted = count(counts.accepted, "message");
    let into_folder = match &week.settings.transport.destination {
        Destination::Outbox { .. } => true,
        Destination::Smtp(_) => only_in_folder(ledger, week, day)?,
    };
    let message = if into_folder {
        format!("{name}'s broadcast was written to the outbox on {begun}, {accepted} of it, and counts as begun")
    } else {
        format!("{name}'s broadcast began to go out on {begun}, and the mail server has accepted {accepted} of it")
    };
    let help = if open > 0 {
        format!("a day that has begun cannot be moved or dropped; to go on where it stopped: weekcast send {name}")
    } else {
        format!("what was sent cannot be moved or dropped; to see who has it: weekcast status {name} --recipients")
    };
    Err(Fault::new(Exit::Held, message).help(help).into())
}

/// The date must be another day's neither in the file nor in the record.
pub(crate) fn target_is_free(app: &App, week: &WeekReady, day: &DayReady, change: &Change) -> anyhow::Result<()> {
    let (date, at) = match change {
        Change::Move { date, at } => (*date, *at),
        Change::BringBack => (day.day.date, None),
        Change::Drop { .. } => return Ok(()),
    };
    let taken = week.days.iter().find(|other| other.day.date == date && other.day.index != day.day.index);
    if let Some(other) = taken {
        let theme = week.theme(&other.day);
        let message = format!("\"{theme}\" goes out on {}, and two in one morning are too many", long_date(date));
        let fault = Fault::new(Exit::Usage, message);
        return Err(fault.help(format!("choose another date, or first: weekcast move {date} DATE")).into());
    }
    let moves = matches!(change, Change::Move { .. });
    if moves && date == day.day.date && at.is_none_or(|at| at == day.day.at.time()) {
        let when = day.day.at.format("%-d %B %Y at %H:%M");
        return Err(
            Fault::new(Exit::Usage, format!("it goes out on {when} already, so there is nothing to move")).into()
        );
    }
    let key = BroadcastKey { date: date.to_string(), ..key_of(week, day) };
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let begun = ledger.map(|ledger| ledger.latest_edition(&key)).transpose()?.flatten();
    if begun.is_some() {
        let message = format!("a broadcast of this week was sent as that of {} before", long_date(date));
        let fault = Fault::new(Exit::Held, message);
        return Err(fault.help("the record keeps one broadcast for a date: choose another").into());
    }
    Ok(())
}

/// The changed week must be one that can be sent; the warnings that it has and the old one had not.
///
/// An error that is about the date of another day, and was there before, is no reason against mending this one.
pub(crate) fn sound(
    app: &mut App,
    before: &[Finding],
    rewritten: &Rewritten,
    moved: Option<usize>,
) -> anyhow::Result<Vec<Finding>> {
    let known = |finding: &Finding| before.iter().any(|old| old.rule == finding.rule && old.message == finding.message);
    let findings = &rewritten.prepared.findings;
    let tolerated = |finding: &Finding| known(finding) && is_about_dates(finding);
    let errors: Vec<Finding> =
        findings.iter().filter(|finding| finding.severity == Severity::Error && !tolerated(finding)).cloned().collect();
    if !errors.is_empty() {
        app.streams.err(&findings_as_text(&errors));
        let own = errors.iter().any(|finding| !known(finding));
        let message = if own {
            format!("the week would have {}, so nothing is written", count(errors.len(), "error"))
        } else {
            format!("the week has {}, so nothing is written", count(errors.len(), "error"))
        };
        let help = if own { "choose another date or time" } else { "mend what is said above first" };
        return Err(Fault::new(exit_for(&errors), message).help(help).into());
    }
    if let Some(index) = moved
        && let day = &rewritten.day(index)?.day
        && day.due() <= app.now()
    {
        let when = day.at.format("%-d %B %Y at %H:%M");
        let fault = Fault::new(Exit::Usage, format!("{when} is over, so the broadcast could not go out then"));
        return Err(fault.help("choose a later date, or a later time with --at").into());
    }
    Ok(findings.iter().filter(|finding| !known(finding)).cloned().collect())
}
