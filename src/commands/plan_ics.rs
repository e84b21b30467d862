//! `plan --ics FILE`: the week for the officer's own calendar.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};

use crate::app::{App, DayReady, DroppedDay, Fault, WeekReady, days_off};
use crate::calendar::working_days;
use crate::exit::Exit;
use crate::icalendar::{Event, calendar};
use crate::model::{Findings, count, list_of};
use crate::output::plain;

/// How deep the folders of a week are looked into for the newest file.
const DEPTH: usize = 4;

/// What the plan knows of a day.
pub(crate) struct Sending<'a> {
    pub(crate) day: &'a DayReady,
    pub(crate) takes: Duration,
}

/// Writes the file, over an older calendar too, but over nothing else.
pub(crate) fn write(app: &mut App, week: &WeekReady, days: &[Sending<'_>], file: &Path) -> anyhow::Result<()> {
    if !file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics")) {
        let fault = Fault::new(Exit::Usage, format!("\"{}\" does not end in .ics", file.display()));
        return Err(fault.help("write --ics week.ics").into());
    }
    let changed = newest(app, week);
    let mut events: Vec<Event> = days.iter().map(|sending| event(week, sending, days.len())).collect();
    events.extend(week.dropped.iter().map(|dropped| cancelled(week, dropped)));
    events.extend(deadline(app, week, days));
    let text = calendar(week.week.title.value(), &events, changed);
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    let events = count(events.len(), "event");
    let file = plain(&file.display().to_string());
    app.streams.note(&format!("{file} written, with {events}: open it in Outlook. Made again, it moves them.\n"));
    Ok(())
}

/// A broadcast is known by its place in the file: moved to another date or given another theme, it stays the same event.
fn uid(week: &WeekReady, what: &str) -> String {
    format!("{}-{what}.weekcast@{}", week.week.name, week.sender.message_id_domain)
}

fn event(week: &WeekReady, sending: &Sending<'_>, of: usize) -> Event {
    let day = &sending.day.day;
    let lists: Vec<&str> = sending.day.lists.iter().map(|(name, _)| name.0.as_str()).collect();
    let digest = sending.day.compiled.as_ref().map(|compiled| compiled.material().digest.hex.clone());
    let digest = digest.as_deref().and_then(|hex| hex.get(..12)).map(|hex| format!("\nDigest: {hex}"));
    // Calendars show a quarter of an hour; a long sending is shown as long as it is.
    let quarters = sending.takes.as_secs().div_ceil(900).clamp(1, 48);
    Event {
        uid: uid(week, &(day.index + 1).to_string()),
        begins: day.due(),
        lasts: TimeDelta::minutes(15 * i64::try_from(quarters).unwrap_or(1)),
        summary: format!("{}: {}", week.week.title.value(), week.theme(day)),
        description: format!(
            "Day {} of {of}, to {}: {}{}\nBefore: weekcast check, weekcast preview {weekday}\nThen: weekcast send {weekday}, \
             or weekcast run\nAfterwards: weekcast status {weekday}",
            day.number,
            count(sending.day.expansion.recipients.len(), "recipient"),
            list_of(&lists),
            digest.unwrap_or_default(),
            weekday = day.date
        ),
        alarms: vec![TimeDelta::days(1), TimeDelta::minutes(30)],
        cancelled: false,
    }
}

/// A day that was dropped: the event that is in the calendar from before is struck out.
fn cancelled(week: &WeekReady, dropped: &DroppedDay) -> Event {
    let day = &dropped.ready.day;
    Event {
        uid: uid(week, &(day.index + 1).to_string()),
        begins: day.due(),
        lasts: TimeDelta::minutes(15),
        summary: format!("Dropped: {}: {}", week.week.title.value(), week.theme(day)),
        description: format!("Dropped: {}\nTo bring it back: weekcast drop {} --undo", dropped.why(), day.date),
        alarms: Vec::new(),
        cancelled: true,
    }
}

/// Where days are signed off, the last working day before the first of them, at its time.
fn deadline(app: &App, week: &WeekReady, days: &[Sending<'_>]) -> Option<Event> {
    let people = usize::from(week.week.sign_off);
    let first = days.first().filter(|_| people > 0)?;
    let off = days_off(&app.project, &week.settings.organisation, &mut Findings::new());
    let before = |date: &NaiveDate| working_days(*date, 1, &off.holidays).dates.first() == Some(date);
    let date = first.day.day.date.pred_opt()?.iter_days().rev().take(30).find(before)?;
    let at = week.week.timezone.from_local_datetime(&date.and_time(first.day.day.at.time())).earliest()?;
    let who = if people == 1 { "One person signs".to_owned() } else { format!("{people} people sign") };
    Some(Event {
        uid: uid(week, "sign-off"),
        begins: at.with_timezone(&Utc),
        lasts: TimeDelta::minutes(15),
        summary: format!("{}: sign-off", week.week.title.value()),
        description: format!(
            "{who} each day off before it goes out: weekcast preview, then weekcast sign-off DAY --by NAME"
        ),
        alarms: vec![TimeDelta::days(1)],
        cancelled: false,
    })
}

/// When the newest of the files was changed from which the week is made.
fn newest(app: &App, week: &WeekReady) -> DateTime<Utc> {
    let own =
        ["weekcast.toml", "recipients.toml", "recipients.example.toml", "recipients", "templates", &week.week.folder];
    let mut waiting: Vec<(PathBuf, usize)> = own.iter().map(|path| (app.project.join(path), 0)).collect();
    waiting.push((app.project.join(&week.week.source.path), 0));
    let mut newest = SystemTime::UNIX_EPOCH;
    while let Some((path, depth)) = waiting.pop() {
        let Ok(facts) = fs::symlink_metadata(&path) else { continue };
        if facts.is_dir() && depth < DEPTH {
            let inside = fs::read_dir(&path).into_iter().flatten().flatten();
            waiting.extend(inside.map(|entry| (entry.path(), depth + 1)));
        } else if facts.is_file() {
            newest = facts.modified().map_or(newest, |at| at.max(newest));
        }
    }
    newest.into()
}
