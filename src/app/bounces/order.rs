//! How the mails of an order are read, and what follows: settings, the lock, the record.

use std::collections::HashSet;
use std::path::Path;

use crate::app::bounces::apply::Clerk;
use crate::app::bounces::asked::BounceOrder;
use crate::app::bounces::collect::{self, Reading};
#[cfg(feature = "imap")]
use crate::app::bounces::mailbox;
use crate::app::bounces::row;
use crate::app::context::App;
use crate::app::fault::Fault;
#[cfg(feature = "imap")]
use crate::app::hand_over::block_on;
use crate::app::prepare::exit_for;
use crate::bounce::{Copies, Mailto, Outcome, ReportRow, matches, verified};
use crate::exit::Exit;
use crate::ledger::{Ledger, LedgerError};
use crate::model::{Findings, Severity};
use crate::output::findings_as_text;
use crate::settings::{self, Settings};
use crate::transport::MailboxSettings;

/// Reads mail that came back.
///
/// # Errors
/// [`Fault`] where there is nothing to read or the settings are wrong; the ledger's; `Held` when another command holds it.
pub fn read_bounces(app: &mut App, order: &BounceOrder) -> anyhow::Result<Outcome> {
    let settings = loaded(app)?;
    let mailto = mailto(&settings);
    match mails(order, settings.bounces.as_ref())? {
        Mails::Path(path) => {
            let (readings, unread) = collect::from_path(path, mailto.as_ref())?;
            Ok(Outcome { unread, ..weigh(app, &settings, order, &readings)? })
        }
        Mails::Mailbox(wanted) => from_mailbox(app, &settings, order, (&wanted, mailto.as_ref())),
    }
}

/// Where the mails are.
enum Mails<'a> {
    Path(&'a Path),
    Mailbox(Box<MailboxSettings>),
}

fn mails<'a>(order: &'a BounceOrder, known: Option<&MailboxSettings>) -> Result<Mails<'a>, Fault> {
    let Some(place) = &order.place else {
        let known = known.cloned().map(|known| Mails::Mailbox(Box::new(known)));
        return known.ok_or_else(|| {
            Fault::new(Exit::Usage, "there is no [bounces] in weekcast.toml, so it must be said where the mails are")
                .help("name an .eml file, an mbox file, a Maildir, a folder of these, or a mailbox as imaps://…")
        });
    };
    match place.to_str().filter(|text| text.contains("://")) {
        None => Ok(Mails::Path(place)),
        Some(url) => {
            MailboxSettings::of_url(url, known).map(|wanted| Mails::Mailbox(Box::new(wanted))).ok_or_else(|| {
                Fault::new(Exit::Usage, format!("\"{url}\" is not the address of a mailbox"))
                    .help("write it as imaps://USER@HOST/FOLDER; imap:// is for this computer only")
            })
        }
    }
}

#[cfg(feature = "imap")]
fn from_mailbox(
    app: &mut App,
    settings: &Settings,
    order: &BounceOrder,
    (wanted, mailto): (&MailboxSettings, Option<&Mailto>),
) -> anyhow::Result<Outcome> {
    block_on(async {
        let (mut open, readings) = mailbox::read(app, wanted, mailto, order.dry_run).await?;
        let outcome = weigh(app, settings, order, &readings)?;
        if !order.dry_run {
            open.mark_seen().await?;
        }
        open.close().await;
        Ok(outcome)
    })
}

#[cfg(not(feature = "imap"))]
fn from_mailbox(
    _: &mut App,
    _: &Settings,
    _: &BounceOrder,
    _: (&MailboxSettings, Option<&Mailto>),
) -> anyhow::Result<Outcome> {
    let fault = Fault::new(Exit::Usage, "this build of weekcast reads no mailboxes");
    Err(fault.help("save the mails as files, and name their folder").into())
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

/// Matches and notes; with `dry_run` it only shows what was read, and whose it is where there is a ledger.
fn weigh(app: &App, settings: &Settings, order: &BounceOrder, readings: &[Reading]) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome { read: readings.len(), dry_run: order.dry_run, ..Outcome::default() };
    if order.dry_run {
        outcome.reports = match app.existing_ledger(&settings.ledger)? {
            None => readings.iter().map(row::unmatched).collect(),
            Some(ledger) => looked_up(ledger.as_ref(), readings)?,
        };
        return Ok(outcome);
    }
    let (_lock, mut ledger) = app.locked_ledger(&settings.ledger)?;
    // What a run that died left open is in doubt, and a report may settle it.
    ledger.recover(app.now())?;
    let copies = copies(ledger.as_ref(), readings)?;
    let own = settings.sender.as_ref().map(|sender| sender.address.key());
    let mut clerk = Clerk { ledger: ledger.as_mut(), copies, own, order, now: app.now(), outcome };
    for reading in readings {
        clerk.take(reading)?;
    }
    Ok(clerk.outcome)
}

/// The rows of mails that are only looked at.
fn looked_up(ledger: &dyn Ledger, readings: &[Reading]) -> Result<Vec<ReportRow>, LedgerError> {
    let copies = copies(ledger, readings)?;
    let row = |reading: &Reading| -> Result<ReportRow, LedgerError> {
        let found = matches(&reading.report, &copies, ledger)?;
        let recipients = found.iter().map(|(one, found)| row::recipient(one, found)).collect();
        Ok(row::report(reading, recipients, ledger.was_read(&reading.hash)?))
    };
    readings.iter().map(row).collect()
}

/// The copies of ours that the mails name.
fn copies(ledger: &dyn Ledger, readings: &[Reading]) -> Result<Copies, LedgerError> {
    let ids: HashSet<String> = readings.iter().flat_map(|reading| reading.report.message_ids.iter().cloned()).collect();
    Ok(verified(ledger.copies(&ids)?, ledger.secret()))
}
