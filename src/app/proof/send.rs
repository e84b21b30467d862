//! The road of a proof: the same as a broadcast's, on a ledger that is thrown away.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::app::audience::{Opened, refuse_opted_out};
use crate::app::connect::connector;
use crate::app::context::App;
use crate::app::copies::{DayCopies, key_of};
use crate::app::dispatch::{Road, go, left_today};
use crate::app::fault::Fault;
use crate::app::hand_over::{block_on, pick, with_signals};
use crate::app::opt_outs::opt_outs;
use crate::app::prepare::exit_for;
use crate::app::proof::readers::{keys_out_of_everything, readers, shown_as};
use crate::app::proof::words::finish;
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::ledger::{self, Enrolment, Ledger, NewEdition, Recovered};
use crate::model::{
    Act, Address, Day, DayName, Delivery, Expansion, Fields, Findings, Kind, ListName, Mailing, Place, Recipient,
    Severity, State, count, list_of,
};
use crate::output::findings_as_text;
use crate::render::{self, Input, Mark};

/// What `proof` was asked.
pub struct ProofAsked<'a> {
    /// The day.
    pub day: &'a DayName,
    /// Who reads it.
    pub to: &'a [String],
    /// Whose fields are shown.
    pub shown_as: Option<&'a str>,
}

/// Sends proofs.
///
/// # Errors
/// [`Fault`] for readers who are none, at the daily limit, and where the day cannot be rendered; the settings' and the ledger's.
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
    refuse_over_limit(&readers, at_most)?;
    let begun = app.now();
    let (scratch, id) = scratch(app, week, &copy, &readers)?;
    let copies = DayCopies::of_proof(week, &copy, scratch.secret(), shown_as)?;
    let road = Road {
        week,
        day: &copy,
        copies,
        window_ends: app.now() + TimeDelta::hours(6),
        // A broadcast may be on its way meanwhile, over as many as the server allows.
        connections: 1,
        at_most,
        acts: "proof",
        what: String::new(),
    };
    let opened = Opened { id, mailing: Mailing::Edition(1), only: None, joined: 0 };
    let connector = Arc::new(connector(app, week)?);
    let run = |sending| go(scratch, (opened, Recovered::default()), road, sending);
    let end = match block_on(with_signals(app, readers.len(), connector, run)) {
        Ok(end) => end,
        Err(error) => {
            // Of a run that was cut off, all of them may have gone.
            app.ledger(&week.settings.ledger)?.note_handed_over(readers.len(), app.now())?;
            return Err(error);
        }
    };
    let deliveries = end.ledger.deliveries(id)?;
    let exit = finish(app, (week, day, &copy), (&end, &deliveries))?;
    let handed_over = end.ledger.handed_over_since(begun)?;
    record(app, (week, day), &deliveries, handed_over)?;
    Ok(exit)
}

/// A proof that the server would not take any more is not begun.
fn refuse_over_limit(readers: &[Address], left: Option<usize>) -> Result<(), Fault> {
    let Some(left) = left.filter(|left| *left < readers.len()) else { return Ok(()) };
    let message = format!(
        "the mail server's daily limit lets {left} more of our messages through now, and the proof goes to {}; nothing was \
         sent",
        count(readers.len(), "reader")
    );
    let fewer = if left > 0 { ", or name fewer readers now" } else { "" };
    Err(Fault::new(Exit::TryAgain, message).help(format!("give the same command again tomorrow{fewer}")))
}

/// The day with the mark, for the readers.
fn proof_day(app: &mut App, week: &WeekReady, day: &DayReady, readers: &[Address]) -> anyhow::Result<DayReady> {
    let days: Vec<Day> = week.days.iter().map(|ready| ready.day.clone()).collect();
    let Some(index) = days.iter().position(|own| own.number == day.day.number) else {
        anyhow::bail!("the day is none of the week's")
    };
    let lists: Vec<ListName> = day.lists.iter().map(|(name, _)| name.clone()).collect();
    let input = Input {
        project: &app.project,
        week: &week.week,
        days: &days,
        day: index,
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
    let reader = |address: &Address| Recipient {
        address: address.clone(),
        lists: [].into(),
        fields: Fields::default(),
        kind: Kind::Individual,
        place: Place::file("the command line"),
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

/// Leaves an act behind: how many readers, at which domains, of which content; and how many the server counts.
fn record(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    deliveries: &[Delivery],
    handed_over: usize,
) -> anyhow::Result<()> {
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
    let mut ledger = app.ledger(&week.settings.ledger)?;
    ledger.note_handed_over(handed_over, act.at)?;
    Ok(ledger.record(&act)?)
}
