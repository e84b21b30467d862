//! The order of reading: settings, mails, the lock, the record, and what comes of it.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::app::bounces::apply::Clerk;
use crate::app::bounces::collect::{self, Reading};
use crate::app::bounces::row;
use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::prepare::exit_for;
use crate::bounce::{Mailto, Outcome, verified};
use crate::model::{Findings, Severity};
use crate::output::findings_as_text;
use crate::settings::{self, Settings};

/// What is asked for.
pub struct BounceOrder {
    /// Where the mails are.
    pub path: PathBuf,
    /// Classify only: no ledger is opened.
    pub dry_run: bool,
    /// Believe reports that name an address of ours but no Message-ID.
    pub guess: bool,
    /// Record the opt-outs that are proposed.
    pub suppress: bool,
}

/// Reads mail that came back.
///
/// # Errors
/// [`Fault`] where there is nothing to read or the settings are wrong; the ledger's; `Held` when another command holds it.
pub fn read_bounces(app: &mut App, order: &BounceOrder) -> anyhow::Result<Outcome> {
    let settings = loaded(app)?;
    let mailto = mailto(&settings);
    let (readings, unread) = collect::from_path(&order.path, mailto.as_ref())?;
    let mut outcome = weigh(app, &settings, order, &readings)?;
    outcome.unread = unread;
    Ok(outcome)
}

/// The settings without faults.
fn loaded(app: &mut App) -> Result<Settings, Fault> {
    let mut findings = Findings::new();
    let settings = settings::load(&app.project, &mut findings);
    let findings = findings.sorted();
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        app.streams.err(&findings_as_text(&findings));
        return Err(Fault::new(exit_for(&findings), "the settings have errors, so nothing is read"));
    }
    Ok(settings)
}

fn mailto(settings: &Settings) -> Option<Mailto> {
    let unsubscribe = settings.sender.as_ref()?.unsubscribe.as_ref()?;
    Mailto::parse(unsubscribe.mailto.as_deref()?)
}

/// Matches and notes; with `dry_run` it only shows what was read.
fn weigh(app: &App, settings: &Settings, order: &BounceOrder, readings: &[Reading]) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome { read: readings.len(), dry_run: order.dry_run, ..Outcome::default() };
    if order.dry_run {
        outcome.reports = readings.iter().map(row::unmatched).collect();
        return Ok(outcome);
    }
    let (_lock, mut ledger) = app.locked_ledger(&settings.ledger)?;
    // What a run that died left open is in doubt, and a report may settle it.
    ledger.recover(app.now())?;
    let ids: HashSet<String> = readings.iter().flat_map(|reading| reading.report.message_ids.iter().cloned()).collect();
    let copies = verified(ledger.copies(&ids)?, ledger.secret());
    let own = settings.sender.as_ref().map(|sender| sender.address.key());
    let mut clerk = Clerk { ledger: ledger.as_mut(), copies, own, order, now: app.now(), outcome };
    for reading in readings {
        clerk.take(reading)?;
    }
    Ok(clerk.outcome)
}
