//! `status [DAY]`: where each day and recipient stands.

use crate::app::{
    App, Format, LedgerView, Purpose, WeekReady, old_rows_in_words, prepare, standing, with_held_corrections,
};
use crate::exit::Exit;
use crate::model::{Counts, DayName, correct_command, count};
use crate::output::{plain, table};
use crate::report::{CorrectionStatus, DayStatus, WeekStatus};

/// Show where each day and recipient stands
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this day: monday, 2027-03-15, 1, today or next
    day: Option<DayName>,
    /// List every recipient
    #[arg(long)]
    recipients: bool,
}

/// Shows it.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Look).readable(&name)?;
    let status = week_status(app, &week, args.day.as_ref(), args.recipients)?;
    match app.format {
        Format::Json => app.streams.json(&status)?,
        Format::Text => {
            app.streams.out(&as_text(&status))?;
            if let Some(ledger) = app.existing_ledger(&week.settings.ledger)?
                && let Some(says) = old_rows_in_words(ledger.as_ref(), app.now())?
            {
                app.streams.err(&format!("Note: {says}. To erase them: weekcast recipients purge\n"));
            }
        }
    }
    Ok(Exit::Done)
}

/// The status of a week, or of one day of it.
pub(crate) fn week_status(
    app: &App,
    week: &WeekReady,
    day: Option<&DayName>,
    recipients: bool,
) -> anyhow::Result<WeekStatus> {
    let ledger = app.settled_ledger(&week.settings.ledger)?;
    let view = LedgerView { ledger: ledger.as_deref(), sender_at_work: LedgerView::is_held(app, week) };
    let now = app.now();
    let mut all = Vec::new();
    for ready in week.days.iter().chain(week.dropped.iter().map(|one| &one.ready)) {
        let status = standing(&view, week, ready, recipients, now)?;
        all.push((ready.day.clone(), with_held_corrections(app, (week, ready), &view, status)?));
    }
    all.sort_by_key(|(day, _)| day.at);
    if let Some(day) = day {
        let finished = |day: &crate::model::Day| {
            all.iter().any(|(own, status)| own.index == day.index && status.state == crate::report::DayState::Sent)
        };
        let wanted = match (week.day(day, now, &finished), week.dropped_day(day, now)) {
            (Err(_), Some(dropped)) => dropped.ready.day.index,
            (found, _) => found?.day.index,
        };
        all.retain(|(own, _)| own.index == wanted);
    }
    Ok(WeekStatus { week: week.week.name.clone(), broadcasts: all.into_iter().map(|(_, status)| status).collect() })
}

fn as_text(week: &WeekStatus) -> String {
    // The column is shown where something was sent back.
    let corrections = || week.broadcasts.iter().flat_map(|day| &day.corrections);
    let bounced = week.broadcasts.iter().any(|day| day.counts.bounced > 0)
        || corrections().any(|correction| correction.counts.bounced > 0);
    let of_day = |day: &DayStatus| {
        let corrections = day.corrections.iter().map(|one| row_of(correction(one), &one.counts, bounced));
        std::iter::once(row_of(broadcast(day), &day.counts, bounced)).chain(corrections).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = week.broadcasts.iter().flat_map(of_day).collect();
    let mut head = vec!["day", "date", "theme", "state", "accepted", "open", "refused", "in doubt", "left out"];
    if bounced {
        head.insert(5, "of them sent back");
    }
    let mut out = table(&head, &rows, None);
    for day in &week.broadcasts {
        let twice = week.broadcasts.iter().filter(|other| other.dropped.is_none() && other.day == day.day).count() > 1;
        out.push_str(&explained(day, if twice { &day.date } else { &day.day }));
        let own = (format!("{} {}", day.day, day.date), day.deliveries.as_ref());
        let corrections = day
            .corrections
            .iter()
            .map(|one| (format!("{} {}, correction {}", day.day, day.date, one.number), one.deliveries.as_ref()));
        for (name, deliveries) in std::iter::once(own).chain(corrections) {
            let Some(deliveries) = deliveries.filter(|all| !all.is_empty()) else { continue };
            let rows: Vec<Vec<String>> = deliveries
                .iter()
                .map(|one| {
                    let back = if one.bounced_at.is_some() { ", sent back" } else { "" };
                    let state = format!("{}{back}", one.state.replace('_', " "));
                    vec![one.address.clone(), state, one.attempts.to_string(), one.reply.clone().unwrap_or_default()]
                })
                .collect();
            out.push_str(&format!("\n{name}\n"));
            out.push_str(&table(&["address", "state", "attempts", "last answer"], &rows, None));
        }
    }
    out
}

/// The first cells of a day: its name, date, theme and state.
fn broadcast(day: &DayStatus) -> [String; 4] {
    [day.day.clone(), day.date.clone(), plain(&day.theme), day.state.words().to_owned()]
}

/// Those of a correction, which stands below the day.
fn correction(one: &CorrectionStatus) -> [String; 4] {
    let name = format!("correction {}", one.number);
    [name, one.begun_at.chars().take(10).collect(), plain(&one.subject), one.state.words().to_owned()]
}

fn row_of(first: [String; 4], counts: &Counts, bounced: bool) -> Vec<String> {
    let mut row = Vec::from(first);
    row.extend([
        format!("{} of {}", counts.accepted, counts.total()),
        (counts.due + counts.deferred).to_string(),
        (counts.refused + counts.expired).to_string(),
        counts.in_doubt.to_string(),
        (counts.suppressed + counts.skipped).to_string(),
    ]);
    if bounced {
        row.insert(5, counts.bounced.to_string());
    }
    row
}

/// What a person has to know or to decide about a day, which is named like this on the command line.
fn explained(day: &DayStatus, name: &str) -> String {
    let mut out = String::new();
    if day.counts.in_doubt > 0 {
        let doubt = count(day.counts.in_doubt, "message");
        let them = if day.counts.in_doubt == 1 { "it" } else { "them" };
        out.push_str(&format!(
            "\n{name}: {doubt} in doubt: sending broke off at a moment when the mail server may or may not have taken {them}. \
             weekcast sends {them} to nobody by itself.\n  Ask one of the recipients, or IT to look into the server's log \
             for the Message-IDs (weekcast status {name} --recipients --format json).\n  They have it:     weekcast resolve {name} --as \
             accepted\n  They do not:      weekcast resolve {name} --as resend\n",
        ));
    }
    for one in &day.corrections {
        let number = one.number;
        if one.counts.in_doubt > 0 {
            let doubt = count(one.counts.in_doubt, "message");
            out.push_str(&format!(
                "\n{name}, correction {number}: {doubt} in doubt.\n  They have it:     weekcast resolve {name} --correction \
                 {number} --as accepted\n  They do not:      weekcast resolve {name} --correction {number} --as resend\n"
            ));
        }
        let file = plain(one.file.as_deref().unwrap_or("FILE"));
        if let Some(held) = one.held {
            out.push_str(&format!("\n{}", held.explained(name, number, &file)));
        } else if one.is_open() {
            let command = correct_command(name, &file);
            let is_last = day.corrections.last().is_some_and(|last| last.number == number);
            let how = if is_last && one.edition == day.edition {
                format!("weekcast run goes on with it; by hand: {command}")
            } else {
                format!("a later message went to the same people, so that run leaves it alone; by hand: {command}")
            };
            out.push_str(&format!("\n{name}, correction {number}: not finished: {how}\n"));
        }
    }
    if day.state == crate::report::DayState::Incomplete && day.counts.due + day.counts.deferred > 0 {
        out.push_str(&format!("\n{name}: not finished. To go on where it stopped: weekcast send {name}\n"));
    }
    if let Some(held) = day.held {
        out.push_str(&format!("\n{}", held.explained(name)));
    }
    if let Some(reason) = &day.dropped {
        let begun =
            if day.state == crate::report::DayState::Dropped { "" } else { ", though sending had begun before" };
        out.push_str(&format!(
            "\n{}, {}: dropped from the week{begun}: {}. To bring it back: weekcast drop {} --undo\n",
            day.day,
            day.date,
            plain(reason),
            day.date
        ));
    }
    out
}
