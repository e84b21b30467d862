//! The end of a sending command: honest words and the exit status.

use crate::app::context::{App, Format};
use crate::app::dispatch::DayEnd;
use crate::app::missing::{missing, numbered};
use crate::app::ready::WeekReady;
use crate::exit::Exit;
use crate::model::{Counts, capitalised, count, grouped, list_of};
use crate::output::plain;
use crate::report::{DayStatus, WeekStatus, without_addresses};
use crate::send::StopKind;
use crate::transport::Destination;

/// The exit status of a run with these counts.
#[must_use]
pub fn exit_of(end: &DayEnd, counts: &Counts) -> Exit {
    match end.stopped.as_ref().map(|stopped| stopped.kind) {
        Some(StopKind::Unavailable | StopKind::Unreachable) => Exit::Unavailable,
        Some(StopKind::Settings) => Exit::Config,
        Some(StopKind::Message) => Exit::Data,
        Some(StopKind::Ledger) => Exit::Io,
        Some(StopKind::Breaker) => Exit::Held,
        Some(StopKind::Busy | StopKind::Asked | StopKind::Limit) => Exit::TryAgain,
        None if counts.due + counts.deferred > 0 => Exit::TryAgain,
        None if counts.refused + counts.in_doubt + counts.expired > 0 => Exit::Remains,
        None => Exit::Done,
    }
}

/// Says it: the words for people, or how the day stands for scripts, with the words beside it.
///
/// # Errors
/// When standard output takes no more.
pub(crate) fn say(app: &mut App, week: &WeekReady, words: &str, status: DayStatus) -> anyhow::Result<()> {
    match app.format {
        Format::Text => app.streams.out(words)?,
        Format::Json => {
            app.streams.err(words);
            app.streams.json(&WeekStatus { week: week.week.name.clone(), broadcasts: vec![status] })?;
        }
    }
    Ok(())
}

/// What happened, in sentences; nothing is called delivered or read, because nobody knows.
#[must_use]
pub fn summary(status: &DayStatus, end: &DayEnd, destination: &Destination) -> String {
    let mut out = String::new();
    let mut say = |sentence: String| {
        out.push_str(&sentence);
        out.push('\n');
    };
    let day = &status.day;
    if end.recovered.in_doubt > 0 {
        let doubt = count(end.recovered.in_doubt, "message");
        say(format!("An earlier run ended in the middle of {doubt}: whether the server has them is in doubt."));
    }
    if end.only.as_ref().is_some_and(Vec::is_empty) {
        say("There was nobody to send to, so nothing was sent.".to_owned());
    }
    let counts = &status.counts;
    let edition = if status.edition > 1 { format!(" (edition {})", status.edition) } else { String::new() };
    let (accepted, everybody) = (grouped(counts.accepted), count(counts.total(), "recipient"));
    let theme = plain(&status.theme);
    say(match destination {
        Destination::Smtp(_) => {
            format!("{}, \"{theme}\"{edition}: the mail server accepted {accepted} of {everybody}.", capitalised(day))
        }
        Destination::Outbox { folder } => format!(
            "{}, \"{theme}\"{edition}: {accepted} of {everybody} written to the folder {folder}/. Nothing was sent: the \
             settings name no mail server.",
            capitalised(day)
        ),
    });
    if let Some(others) = besides(counts) {
        say(others);
    }
    if end.joined > 0 {
        let joined = count(end.joined, "person");
        say(format!(
            "{joined} joined the lists since sending began and got nothing; to send to them: weekcast resend {day} --new"
        ));
    }
    why_stopped(end).into_iter().for_each(&mut say);
    if counts.in_doubt > 0 {
        say(format!(
            "weekcast does not send to doubtful ones by itself. See them: weekcast status {day} --recipients; decide: \
             weekcast resolve {day} --as accepted, or weekcast resend {day} --in-doubt"
        ));
    }
    if counts.due + counts.deferred > 0 {
        say(format!("To go on: weekcast send {day}"));
    } else if counts.refused + counts.expired > 0 {
        say(format!("See who: weekcast status {day} --recipients; to try them again: weekcast resend {day}"));
    }
    out
}

/// What became of those who were not accepted.
pub(crate) fn besides(counts: &Counts) -> Option<String> {
    let opted_out = counts.suppressed.saturating_sub(counts.forgotten);
    let left_out = [
        (opted_out, "left out, because they opted out or mail to them came back"),
        (counts.forgotten, "left out, because they were forgotten"),
        (counts.skipped, "left out, because they are no longer on the lists"),
    ];
    let others: Vec<String> = missing(counts).into_iter().chain(left_out).filter_map(numbered).collect();
    (!others.is_empty()).then(|| format!("Besides: {}.", list_of(&others)))
}

/// Why a run was cut short, and what to do.
pub(crate) fn why_stopped(end: &DayEnd) -> Vec<String> {
    let Some(stopped) = &end.stopped else { return Vec::new() };
    // This goes into logs too, and a server's answer often repeats whom it was about.
    let why = format!("Stopped before the end: {}.", plain(&without_addresses(&stopped.reason)));
    std::iter::once(why).chain(remedy(stopped.kind).map(str::to_owned)).collect()
}

/// The next step after a stop, for somebody who is not from IT.
pub(crate) fn remedy(kind: StopKind) -> Option<&'static str> {
    match kind {
        StopKind::Unavailable | StopKind::Unreachable => Some(
            "This is about the mail server or the sign-in, not about the recipients: ask IT to look at [transport] in \
             weekcast.toml, then go on.",
        ),
        StopKind::Settings => {
            Some("The settings do not fit the mail server: ask IT to look at weekcast.toml, then go on.")
        }
        StopKind::Message => {
            Some("Make the message smaller, or mend what it says, and look at it with weekcast preview.")
        }
        StopKind::Ledger => Some("Look whether the disk is full. What was in flight is named at the next start."),
        StopKind::Breaker => Some(
            "Nobody was written off: those who were refused are still to be sent. Show IT the answer of the server before \
             you go on.",
        ),
        StopKind::Busy => Some("The mail server asks for a rest. Go on in a while."),
        StopKind::Limit => Some("Go on tomorrow, or when the limit allows it."),
        StopKind::Asked => None,
    }
}
