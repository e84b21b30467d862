//! What became of proofs, for people and for scripts.

use serde::Serialize;

use crate::app::context::{App, Format};
use crate::app::dispatch::DayEnd;
use crate::app::outcome::{exit_of, why_stopped};
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::model::{Counts, Delivery, State};
use crate::output::plain;
use crate::transport::Destination;

/// `proof --format json`.
#[derive(Debug, Serialize)]
struct Proofs {
    week: String,
    day: String,
    date: String,
    subject: String,
    /// Digest of the day as it would go out now.
    digest: String,
    proofs: Vec<Proof>,
}

#[derive(Debug, Serialize)]
struct Proof {
    address: String,
    state: &'static str,
    message_id: Option<String>,
    /// The server's words, or why it is not known.
    reply: Option<String>,
    attempts: u32,
}

/// Says what became of each copy, and gives the exit status.
pub(crate) fn finish(
    app: &mut App,
    (week, day, copy): (&WeekReady, &DayReady, &DayReady),
    (end, deliveries): (&DayEnd, &[Delivery]),
) -> anyhow::Result<Exit> {
    let mut counts = Counts::default();
    deliveries.iter().for_each(|one| counts.add(one.state, 1));
    let subject = copy.subject().unwrap_or_default();
    let mut text = format!("Proof of {}'s broadcast, \"{}\":\n", day.day.weekday(), plain(&subject));
    for one in deliveries {
        text.push_str(&format!("  {}: {}\n", plain(&one.address), outcome(one, &week.settings.transport.destination)));
    }
    text.extend(why_stopped(end).into_iter().map(|sentence| sentence + "\n"));
    text.push_str("Nobody else got it, and nothing of the day has changed.\n");
    match app.format {
        Format::Text => app.streams.out(&text)?,
        Format::Json => {
            app.streams.err(&text);
            let digest = day.compiled.as_ref().map(|compiled| compiled.material().digest.hex.clone());
            app.streams.json(&Proofs {
                week: week.week.name.clone(),
                day: day.day.weekday().to_owned(),
                date: day.day.date.to_string(),
                subject,
                digest: digest.unwrap_or_default(),
                proofs: deliveries.iter().map(as_json).collect(),
            })?;
        }
    }
    Ok(exit_of(end, &counts))
}

fn as_json(one: &Delivery) -> Proof {
    Proof {
        address: one.address.clone(),
        state: one.state.word(),
        message_id: one.message_id.clone(),
        reply: one.reply.as_ref().map(ToString::to_string).or_else(|| one.note.clone()),
        attempts: one.attempts,
    }
}

/// What became of a copy, and no more than is known.
fn outcome(one: &Delivery, destination: &Destination) -> String {
    let reply = one.reply.as_ref().map(|reply| plain(&reply.to_string()));
    let says = reply.map_or_else(String::new, |reply| format!(" ({reply})"));
    match (one.state, destination) {
        (State::Accepted, Destination::Outbox { folder }) => {
            format!("written to the folder {folder}/; nothing was sent")
        }
        (State::Accepted, Destination::Smtp(_)) => format!("the mail server accepted it{says}"),
        (State::Refused, _) => format!("the mail server refused it{says}"),
        (State::Deferred, _) => format!("the mail server refused it for now{says}; give the same command again later"),
        (State::InDoubt | State::Sending, _) => {
            format!("in doubt: {}", plain(one.note.as_deref().unwrap_or("the mail server may have it or not")))
        }
        _ => format!("not sent{says}"),
    }
}
