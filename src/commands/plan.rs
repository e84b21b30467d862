//! `plan [DAY]`: who would get what, when, how long it takes, and who is skipped and why.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use serde::Serialize;

use crate::app::{App, DayReady, DroppedRow, Format, Purpose, WeekReady, dropped_rows, planned, prepare};
use crate::commands::plan_ics::{self, Sending};
use crate::commands::plan_skipped::{KeptRow, SkippedRow, how_to_lift, kept, left_out};
use crate::commands::plan_strip;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Day, DayName, count, list_of};
use crate::output::{plain, span_in_words, table};

/// Show who gets what, when, and how long it takes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this day: monday, 2027-03-15, 1, today or next
    day: Option<DayName>,
    /// Also write the week as a calendar, which Outlook opens; made again, it moves the events that are there
    #[arg(long, value_name = "FILE", conflicts_with = "day")]
    ics: Option<PathBuf>,
}

#[derive(Serialize)]
struct WeekPlan {
    week: String,
    broadcasts: Vec<DayPlan>,
    /// Days that were taken out of the week.
    dropped: Vec<DroppedRow>,
}

#[derive(Serialize)]
struct DayPlan {
    day: String,
    date: String,
    at: String,
    theme: String,
    subject: String,
    digest: Option<String>,
    lists: Vec<String>,
    recipients: usize,
    skipped: Vec<SkippedRow>,
    /// Who opted out of a list of the day and gets the message through another.
    kept: Vec<KeptRow>,
    takes_seconds: u64,
    /// About when the last message has gone.
    done_at: String,
    /// How many the mail server's daily limit lets through, where it does not let all.
    daily_limit_at: Option<usize>,
}

/// Plans.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Look).ready(app)?;
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let mut broadcasts = Vec::new();
    let days: Vec<&DayReady> = match &args.day {
        None => week.days.iter().collect(),
        Some(day) => {
            let finished = |day: &Day| is_finished(app, &week, day, ledger.as_deref());
            vec![week.day(day, app.now(), &finished)?]
        }
    };
    for day in &days {
        broadcasts.push(day_plan(app, &week, day, ledger.as_deref())?);
    }
    if let Some(file) = &args.ics {
        let sendings: Vec<Sending<'_>> = days
            .iter()
            .zip(&broadcasts)
            .map(|(day, plan)| Sending { day, takes: Duration::from_secs(plan.takes_seconds) })
            .collect();
        plan_ics::write(app, &week, &sendings, file)?;
    }
    let dropped = if args.day.is_none() { dropped_rows(&week) } else { Vec::new() };
    let plan = WeekPlan { week: name, broadcasts, dropped };
    match app.format {
        Format::Json => app.streams.json(&plan)?,
        Format::Text => {
            let due: Vec<usize> = plan.broadcasts.iter().map(|day| day.recipients).collect();
            let strip = plan_strip::strip(app, &week, &days, &due, args.day.is_none());
            app.streams.out(&as_text(&week, &plan, &strip))?;
        }
    }
    Ok(Exit::Done)
}

fn is_finished(app: &App, week: &WeekReady, day: &Day, ledger: Option<&dyn Ledger>) -> bool {
    let ready = week.days.iter().find(|ready| ready.day.number == day.number);
    let planned = ready.and_then(|ready| planned(app, week, ready, ledger).ok().map(|planned| (ready, planned)));
    planned.is_some_and(|(ready, planned)| planned.plan(ready).due.is_empty())
}

fn day_plan(app: &App, week: &WeekReady, day: &DayReady, ledger: Option<&dyn Ledger>) -> anyhow::Result<DayPlan> {
    let planned = planned(app, week, day, ledger)?;
    let plan = planned.plan(day);
    let compiled = day.compiled.as_ref();
    let spread = planned.pace().over(plan.due.len());
    // A day that is over would begin now.
    let begins = day.day.at.max(app.now().with_timezone(&week.week.timezone));
    let lasts = spread.map_or(plan.takes, |over| over.ends_after);
    let done = begins + TimeDelta::from_std(lasts).unwrap_or(TimeDelta::MAX).min(TimeDelta::days(3_650));
    Ok(DayPlan {
        day: day.day.weekday().to_owned(),
        date: day.day.date.to_string(),
        at: day.day.at.to_rfc3339_opts(SecondsFormat::Secs, false),
        theme: week.theme(&day.day).to_owned(),
        subject: day.subject().unwrap_or_default(),
        digest: compiled.map(|compiled| compiled.material().digest.hex.clone()),
        lists: day.lists.iter().map(|(name, _)| name.to_string()).collect(),
        recipients: plan.due.len(),
        skipped: plan.skipped.iter().map(SkippedRow::of).collect(),
        kept: plan.kept.iter().map(KeptRow::of).collect(),
        takes_seconds: plan.takes.as_secs(),
        done_at: done.to_rfc3339_opts(SecondsFormat::Secs, false),
        daily_limit_at: plan.exceeds_daily_limit_at,
    })
}

fn as_text(week: &WeekReady, plan: &WeekPlan, strip: &str) -> String {
    let rows: Vec<Vec<String>> = plan
        .broadcasts
        .iter()
        .map(|day| {
            vec![
                day.day.clone(),
                day.date.clone(),
                day.at.get(11..16).unwrap_or_default().to_owned(),
                plain(&day.theme),
                list_of(&day.lists),
                day.recipients.to_string(),
                day.skipped.len().to_string(),
                span_in_words(Duration::from_secs(day.takes_seconds)),
                day.digest.as_deref().map_or("-", |digest| &digest[..12]).to_owned(),
            ]
        })
        .collect();
    let head = ["day", "date", "at", "theme", "lists", "recipients", "skipped", "takes about", "digest"];
    let shown = match week.is_all_dropped() {
        Some(_) => "Every day of the week was dropped, so nothing is to be sent.\n".to_owned(),
        None => table(&head, &rows, None),
    };
    let mut out = format!(
        "{} ({}), through {}\n\n{strip}\n{shown}",
        plain(week.week.title.value()),
        week.week.timezone,
        crate::app::describe(week)
    );
    for day in &plan.broadcasts {
        if let Some(most) = day.daily_limit_at {
            out.push_str(&format!(
                "\n{}: the daily limit lets {} through in 24 hours. With --over-days the rest goes later, until about \
                 {}.\n",
                day.day,
                count(most, "message"),
                day.done_at.get(..16).unwrap_or_default().replace('T', " at ")
            ));
        }
    }
    plan.dropped.iter().for_each(|row| out.push_str(&format!("\n{}\n", row.words())));
    out.push_str(&doubts(week));
    out.push_str(&left_out(plan.broadcasts.iter().map(|day| (day.day.as_str(), day.skipped.as_slice()))));
    out.push_str(how_to_lift(plan.broadcasts.iter().flat_map(|day| &day.skipped)));
    out.push_str(&kept(plan.broadcasts.iter().flat_map(|day| &day.kept)));
    out
}

/// What a doubt window that somebody chose may cost; the usual one is not worth a word.
fn doubts(week: &WeekReady) -> String {
    let window = week.settings.ledger.doubt_window();
    if window == 1 {
        return String::new();
    }
    let connections = week.settings.transport.pace.connections;
    format!(
        "\ndoubt_window = {window}: should the computer fail in the middle, up to {} can be in doubt ({window} for each \
         of {}), to be settled with weekcast resolve.\n",
        count(window * connections, "message"),
        count(connections, "connection")
    )
}
