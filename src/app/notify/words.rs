//! What whoever looks after a week is told by e-mail: the events, each with a name by which it is told once, and its words.
//! Counts only: no recipient is named.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::app::outcome::{besides, remedy};
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{BroadcastKey, Counts, Held, HeldCorrection, count, grouped, long_date};
use crate::output::plain;
use crate::report::without_addresses;
use crate::send::{StopKind, Stopped};
use crate::transport::Destination;

/// A notice that is to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The day that it is about.
    pub(crate) key: BroadcastKey,
    /// The name of the event, in words: it stands in the record, and what stands there is not told again.
    pub(crate) event: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// The day has an outcome for everybody.
pub(crate) fn done(week: &WeekReady, day: &DayReady, (edition, counts): (u32, &Counts)) -> Notice {
    let weekday = week.name_of(&day.day);
    let (accepted, everybody) = (grouped(counts.accepted), count(counts.total(), "recipient"));
    let mut lines = vec![match &week.settings.transport.destination {
        Destination::Smtp(_) => {
            format!("{} is done: the mail server accepted {accepted} of {everybody}.", title(week, day))
        }
        Destination::Outbox { folder } => format!(
            "{} is done: {accepted} of {everybody} written to the folder {folder}/. Nothing was sent: the settings name no \
             mail server.",
            title(week, day)
        ),
    }];
    lines.extend(besides(counts));
    if counts.in_doubt > 0 {
        lines.push(format!(
            "weekcast does not send to doubtful ones by itself. Ask one of them, then type: weekcast resolve {weekday} --as \
             accepted, or weekcast resend {weekday} --in-doubt"
        ));
    }
    if counts.refused + counts.expired > 0 {
        lines.push(format!("To try them again: weekcast resend {weekday}"));
    }
    lines.push(format!("To see who: weekcast status {weekday} --recipients"));
    notice(week, day, format!("done: edition {edition}"), "is done", lines)
}

/// The day is held.
pub(crate) fn held(week: &WeekReady, day: &DayReady, reason: Held) -> Notice {
    let words = reason.words();
    let choices = reason.in_lines(&week.name_of(&day.day));
    let lines = vec![
        format!("{} is held, because {words}.", title(week, day)),
        format!("It is for you to choose:\n{}", choices.trim_end()),
        "Nothing more of it is sent until then.".to_owned(),
    ];
    notice(week, day, format!("held: {words}"), "is held", lines)
}

/// A correction of the day, which a person began, has an outcome for everybody.
pub(crate) fn corrected(week: &WeekReady, day: &DayReady, (number, counts): (u32, &Counts)) -> Notice {
    let name = week.name_of(&day.day);
    let (accepted, everybody) = (grouped(counts.accepted), count(counts.total(), "recipient"));
    let of = title(week, day);
    let of = of.trim_end_matches(',');
    let mut lines = vec![match &week.settings.transport.destination {
        Destination::Smtp(_) => {
            format!("Correction {number} of {of} is done: the mail server accepted {accepted} of {everybody}.")
        }
        Destination::Outbox { folder } => format!(
            "Correction {number} of {of} is done: {accepted} of {everybody} written to the folder {folder}/. Nothing was \
             sent: the settings name no mail server."
        ),
    }];
    lines.extend(besides(counts));
    if counts.in_doubt > 0 {
        lines.push(format!(
            "weekcast does not send to doubtful ones by itself. Ask one of them, then type: weekcast resolve {name} \
             --correction {number} --as accepted, or --as resend"
        ));
    }
    lines.push(format!("To see who: weekcast status {name} --recipients"));
    let done = notice(week, day, format!("done: correction {number}"), "", lines);
    Notice { subject: correction_subject(day, number, "is done"), ..done }
}

/// A correction of the day, which a person began, is held.
pub(crate) fn held_correction(
    week: &WeekReady,
    day: &DayReady,
    reason: HeldCorrection,
    (number, file): (u32, &str),
) -> Notice {
    // Where somebody keeps their files does not travel: of one outside of the project the name is enough.
    let path = std::path::Path::new(file);
    let name = path.file_name().filter(|_| path.is_absolute());
    let file = name.map_or_else(|| file.into(), |name| name.to_string_lossy());
    let lines = vec![
        format!("This is about {}", title(week, day).trim_end_matches(',')) + ".",
        reason.explained(&week.name_of(&day.day), number, &plain(&file)).trim_end().to_owned(),
        "Nothing more of the correction is sent until then.".to_owned(),
    ];
    let held = notice(week, day, format!("held: correction {number}: {}", reason.words()), "", lines);
    Notice { subject: correction_subject(day, number, "is held"), ..held }
}

fn correction_subject(day: &DayReady, number: u32, state: &str) -> String {
    format!("weekcast: correction {number} of {} {state}", day.day.at.format("%A %-d %B"))
}

/// The day was held when it could not be told, and has not begun since.
pub(crate) fn still_held(week: &WeekReady, day: &DayReady, why: &str) -> Notice {
    let lines = vec![
        format!("{} is held, because {why}.", title(week, day)),
        format!("What can be done: weekcast status {}", week.name_of(&day.day)),
        "Nothing more of it is sent until somebody decides.".to_owned(),
    ];
    notice(week, day, format!("held: {why}"), "is held", lines)
}

/// The run stopped before the end; `None` where the next run goes on by itself.
pub(crate) fn trouble(week: &WeekReady, day: &DayReady, stopped: &Stopped, now: DateTime<Utc>) -> Option<Notice> {
    let what = match stopped.kind {
        StopKind::Unavailable => "the mail server refused the sign-in or the connection was not safe",
        StopKind::Unreachable => "the mail server could not be reached",
        StopKind::Settings => "the settings do not fit the mail server",
        StopKind::Message => "the message cannot be sent as it is",
        StopKind::Ledger => "the ledger or the disk failed",
        StopKind::Breaker => "the mail server refused one recipient after another",
        StopKind::Busy | StopKind::Asked | StopKind::Limit => return None,
    };
    let mut lines = vec![
        format!("{} stopped before the end: {}.", title(week, day), plain(&without_addresses(&stopped.reason))),
        format!("That was on {}.", moment(now, week.week.timezone)),
    ];
    lines.extend(remedy(stopped.kind).map(str::to_owned));
    lines.push(format!("How it stands now: weekcast status {}", week.name_of(&day.day)));
    // Once a day for each kind of trouble: the server's own words may differ each time.
    let date = now.with_timezone(&week.week.timezone).date_naive();
    Some(notice(week, day, format!("trouble on {}: {what}", long_date(date)), "is in trouble", lines))
}

/// The computer's scheduler does not know the times that the week has now.
pub(crate) fn other_times(week: &WeekReady, day: &DayReady, (command, now): (&str, DateTime<Utc>)) -> Notice {
    let name = plain(&week.week.name);
    let lines = vec![
        format!(
            "The dates or times of the week \"{name}\" have changed, and the computer that sends it was told the old ones."
        ),
        format!("{} is the next. It may be missed, or be late.", title(week, day)),
        format!("To tell the computer anew, type there: {}", plain(command)),
    ];
    let date = now.with_timezone(&week.week.timezone).date_naive();
    let event = format!("trouble on {}: the computer was told other times", long_date(date));
    Notice { subject: format!("weekcast: the week {name} has other times"), ..notice(week, day, event, "", lines) }
}

/// Trouble of before, of which nothing is left but its name.
pub(crate) fn earlier_trouble(week: &WeekReady, day: &DayReady, event: &str) -> Notice {
    let lines = vec![
        format!("{}: there was {event}.", title(week, day)),
        "This could not be told before. weekcast has gone on since.".to_owned(),
        format!("How it stands now: weekcast status {}", week.name_of(&day.day)),
    ];
    notice(week, day, event.to_owned(), "was in trouble", lines)
}

/// The week cannot be sent as its files are.
pub(crate) fn unsendable(week: &str, why: &str, help: Option<&str>, today: NaiveDate) -> Notice {
    let why = plain(&without_addresses(why));
    let mut lines = vec![format!("The week \"{}\" could not be sent: {why}.", plain(week))];
    lines.extend(help.map(|help| format!("What to do: {}.", plain(&without_addresses(help)))));
    lines.push("Nothing more is sent until then. weekcast check shows every mistake at its line.".to_owned());
    Notice {
        key: BroadcastKey { week: week.to_owned(), date: today.to_string() },
        event: format!("trouble on {}: the week could not be sent", long_date(today)),
        subject: format!("weekcast: the week {} cannot be sent", plain(week)),
        text: closed(lines),
    }
}

fn notice(week: &WeekReady, day: &DayReady, event: String, state: &str, lines: Vec<String>) -> Notice {
    Notice {
        key: BroadcastKey { week: week.week.name.clone(), date: day.day.date.to_string() },
        event,
        subject: format!("weekcast: {} {state}", day.day.at.format("%A %-d %B")),
        text: closed(lines),
    }
}

fn title(week: &WeekReady, day: &DayReady) -> String {
    format!("{}, \"{}\",", long_date(day.day.date), plain(week.theme(&day.day)))
}

fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%A %-d %B %Y at %H:%M").to_string()
}

/// The text with its end.
fn closed(lines: Vec<String>) -> String {
    let why = "weekcast wrote this by itself, to those whom [notify] in weekcast.toml names.";
    lines.join("\n\n") + "\n\n" + why + "\n"
}
