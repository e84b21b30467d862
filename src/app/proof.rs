//! `proof`: one marked copy of a day to each of a few readers, over the same road as a broadcast, on a ledger that is thrown
//! away: nothing of the day changes, whatever becomes of the copies.

use std::sync::Arc;

use chrono::TimeDelta;
use serde::Serialize;

use crate::app::audience::{Opened, refuse_opted_out};
use crate::app::connect::connector;
use crate::app::context::{App, Format};
use crate::app::copies::{DayCopies, key_of};
use crate::app::dispatch::{DayEnd, Road, go, left_today};
use crate::app::fault::Fault;
use crate::app::hand_over::{block_on, pick, with_signals};
use crate::app::opt_outs::opt_outs;
use crate::app::outcome::{exit_of, why_stopped};
use crate::app::prepare::exit_for;
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::ledger::{self, Enrolment, Ledger, NewEdition, Recovered};
use crate::model::{
    Act, Address, AddressKey, Counts, Day, DayName, Delivery, Expansion, Fields, Findings, Kind, ListName, Mailing,
    Place, Recipient, Severity, State, count, list_of,
};
use crate::output::{findings_as_text, plain};
use crate::plan::OptOuts;
use crate::render::{self, Input, Mark};
use crate::transport::Destination;

/// The most readers: more would be a mailing.
const MOST: usize = 10;

/// What `proof` was asked.
pub struct ProofAsked<'a> {
    /// The day.
    pub day: &'a DayName,
    /// Who reads it.
    pub to: &'a [String],
    /// Whose fields are shown.
    pub shown_as: Option<&'a str>,
}

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

/// Sends proofs.
///
/// # Errors
/// [`Fault`] for readers who are none, and where the day cannot be rendered; the settings' and the ledger's.
pub fn proof(app: &mut App, week: &WeekReady, asked: &ProofAsked<'_>) -> anyhow::Result<Exit> {
    let readers = readers(asked.to)?;
    let existing = app.existing_ledger(&week.settings.ledger)?;
    let day = pick(app, week, asked.day, existing.as_deref())?;
    let opted_out = opt_outs(existing.as_deref(), week, day)?;
    refuse_opted_out(&keys_out_of_everything(&readers, &opted_out), &opted_out)?;
    let shown_as = shown_as(day, asked.shown_as, &opted_out)?;
    let copy = proof_day(app, week, day, &readers)?;
    let at_most = match existing.as_deref() {
        Some(ledger) => left_today(ledger, &week.settings.transport, app.now())?,
        None => week.settings.transport.pace.daily_limit,
    };
    drop(existing);
    let (scratch, id) = scratch(app, week, &copy, &readers)?;
    let copies = DayCopies::of_proof(week, &copy, scratch.secret(), shown_as)?;
    let road = Road {
        week,
        day: &copy,
        copies,
        window_ends: app.now() + TimeDelta::hours(6),
        at_most,
        acts: "proof",
        what: String::new(),
    };
    let opened = Opened { id, mailing: Mailing::Edition(1), only: None, joined: 0 };
    let connector = Arc::new(connector(app, week)?);
    let run = |sending| go(scratch, (opened, Recovered::default()), road, sending);
    let end = block_on(with_signals(app, readers.len(), connector, run))?;
    let deliveries = end.ledger.deliveries(id)?;
    let exit = finish(app, (week, day, &copy), (&end, &deliveries))?;
    record(app, (week, day), &deliveries)?;
    Ok(exit)
}

fn readers(to: &[String]) -> Result<Vec<Address>, Fault> {
    let mut readers: Vec<Address> = Vec::new();
    for text in to {
        let address = Address::parse(text)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))?;
        if !readers.iter().any(|known| known.key() == address.key()) {
            readers.push(address);
        }
    }
    if readers.len() > MOST {
        return Err(Fault::new(
            Exit::Usage,
            format!("a proof goes to at most {MOST} readers, not to {}", readers.len()),
        )
        .help("name those who really read it; for everybody there is weekcast send"));
    }
    Ok(readers)
}

/// Of the readers, those who want nothing at all from here; to be off one list does not keep somebody from reading.
fn keys_out_of_everything(readers: &[Address], opted_out: &OptOuts) -> Vec<AddressKey> {
    let keys = readers.iter().map(Address::key);
    keys.filter(|key| opted_out.of(key).is_some_and(|one| one.list.is_none())).collect()
}

/// Whose fields are filled in.
fn shown_as(day: &DayReady, wanted: Option<&str>, opted_out: &OptOuts) -> Result<Recipient, Fault> {
    let all = &day.expansion.recipients;
    let weekday = day.day.weekday();
    if let Some(wanted) = wanted {
        let address = Address::parse(wanted)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{wanted}\" is no address: {fault}")))?;
        let found = all.iter().find(|one| one.address.key() == address.key());
        return found.map(|one| Recipient::clone(one)).ok_or_else(|| {
            Fault::new(Exit::Usage, format!("\"{wanted}\" is on none of {weekday}'s lists"))
                .help(format!("weekcast plan {weekday} shows who is"))
        });
    }
    let due = || all.iter().filter(|one| opted_out.of(&one.address.key()).is_none());
    let first = due().find(|one| one.kind == Kind::Individual).or_else(|| due().next()).or_else(|| all.first());
    first.map(|one| Recipient::clone(one)).ok_or_else(|| Fault::new(Exit::Data, format!("{weekday}'s lists are empty")))
}

/// The day with the mark, for the readers.
fn proof_day(app: &mut App, week: &WeekReady, day: &DayReady, readers: &[Address]) -> anyhow::Result<DayReady> {
    let days: Vec<Day> = week.days.iter().map(|ready| ready.day.clone()).collect();
    let lists: Vec<ListName> = day.lists.iter().map(|(name, _)| name.clone()).collect();
    let input = Input {
        project: &app.project,
        week: &week.week,
        days: &days,
        day: days.iter().position(|own| own.number == day.day.number).unwrap_or_default(),
        organisation: &week.settings.organisation,
        sender: &week.sender,
        lists: &lists,
        mark: Mark::Proof,
    };
    let mut findings = Findings::new();
    let compiled = render::compile(&input, &mut findings);
    let mut errors = findings.sorted();
    errors.retain(|finding| finding.severity == Severity::Error);
    let Some(compiled) = compiled.filter(|_| errors.is_empty()) else {
        app.streams.err(&findings_as_text(&errors));
        let message = format!("{}, so no proof is sent", count(errors.len(), "error"));
        return Err(Fault::new(exit_for(&errors), message).into());
    };
    let reader = |address: &Address| {
        Arc::new(Recipient {
            address: address.clone(),
            lists: [].into(),
            fields: Fields::default(),
            kind: Kind::Individual,
            place: Place::file("the command line"),
        })
    };
    let recipients = readers.iter().map(reader).collect();
    Ok(DayReady {
        day: day.day.clone(),
        lists: day.lists.clone(),
        expansion: Arc::new(Expansion { recipients, ..Expansion::default() }),
        compiled: Some(Arc::new(compiled)),
    })
}

/// A ledger in memory that knows the readers and nobody else.
fn scratch(
    app: &App,
    week: &WeekReady,
    copy: &DayReady,
    readers: &[Address],
) -> anyhow::Result<(Box<dyn Ledger>, ledger::EditionId)> {
    let mut scratch = ledger::in_memory()?;
    let Some(compiled) = &copy.compiled else { anyhow::bail!("the proof cannot be rendered") };
    let enrolment = |address: &Address| Enrolment {
        key: address.key(),
        address: address.to_string(),
        state: State::Pending,
        note: None,
        in_reply_to: None,
    };
    let audience: Vec<Enrolment> = readers.iter().map(enrolment).collect();
    let new = NewEdition {
        key: key_of(week, copy),
        edition: 1,
        correction: None,
        source_file: None,
        theme: week.theme(&copy.day).to_owned(),
        subject: String::new(),
        digest: compiled.material().digest.hex.clone(),
        parts: Vec::new(),
        due_at: app.now(),
    };
    let id = scratch.begin(&new, &audience, app.now())?;
    Ok((scratch, id))
}

/// Leaves an act behind: how many readers, at which domains, of which content.
fn record(app: &App, (week, day): (&WeekReady, &DayReady), deliveries: &[Delivery]) -> anyhow::Result<()> {
    let mut domains: Vec<String> = Vec::new();
    for delivery in deliveries {
        let domain = delivery.address.rsplit('@').next().unwrap_or_default().to_lowercase();
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    let accepted = deliveries.iter().filter(|one| one.state == State::Accepted).count();
    let digest = day.compiled.as_ref().map(|compiled| compiled.material().digest.short().to_owned());
    let detail = format!(
        "to {} at {}: {accepted} accepted; digest {}",
        count(deliveries.len(), "reader"),
        list_of(&domains),
        digest.unwrap_or_default()
    );
    let act = Act { at: app.now(), key: Some(key_of(week, day)), kind: "proof-sent".to_owned(), detail };
    Ok(app.ledger(&week.settings.ledger)?.record(&act)?)
}

fn finish(
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
