//! `bounces PATH`: mail that came back, into the record.

use std::path::PathBuf;

use crate::app::{App, BounceOrder, Format, read_bounces};
use crate::bounce::{Kind, Outcome, RecipientRow, ReportRow};
use crate::exit::Exit;
use crate::model::count;
use crate::output::{plain, table};

/// Read the mail that came back, and record what it says
///
/// Reports of mail systems are matched with the record by the Message-ID of the message; what does not match changes
/// nothing. Requests to unsubscribe and complaints become opt-outs at once. The mails stay where they are; in a mailbox, those that
/// were unseen are read and marked as seen.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An .eml file, an mbox file, a Maildir, a folder of .eml and mbox files, or a mailbox as imaps://USER@HOST/FOLDER (else:
    /// the mailbox of the settings)
    #[arg(value_name = "PATH")]
    place: Option<PathBuf>,
    /// Only tell the mails apart, and say which are about messages of ours; nothing is changed
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Also believe a report that fits by its address alone, for the latest message to it
    #[arg(long, conflicts_with = "dry_run")]
    guess: bool,
    /// Leave out from now on the addresses that are proposed
    #[arg(long, conflicts_with = "dry_run")]
    suppress: bool,
}

/// Reads.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let order =
        BounceOrder { place: args.place.clone(), dry_run: args.dry_run, guess: args.guess, suppress: args.suppress };
    let outcome = read_bounces(app, &order)?;
    for unread in &outcome.unread {
        app.streams.err(&format!("not read: {}\n", plain(unread)));
    }
    match app.format {
        Format::Json => app.streams.json(&outcome)?,
        Format::Text => app.streams.out(&as_text(&outcome))?,
    }
    Ok(if outcome.unread.is_empty() { Exit::Done } else { Exit::Remains })
}

fn as_text(outcome: &Outcome) -> String {
    let mut out = format!("{} read.\n", count(outcome.read, "mail"));
    if outcome.read == 0 {
        return out;
    }
    let kinds = Kind::ALL.into_iter().filter_map(|kind| kind_row(kind, outcome)).collect::<Vec<_>>();
    out.push('\n');
    out.push_str(&table(&["what", "mails", "ours", "seen before"], &kinds, None));
    let people = outcome.reports.iter().flat_map(|report| rows(report, outcome.dry_run)).collect::<Vec<_>>();
    if !people.is_empty() {
        out.push('\n');
        out.push_str(&table(&["address", "what", "status", "in words", "record"], &people, None));
    }
    if outcome.dry_run {
        out.push_str("\nThis was a look only: nothing was changed (--dry-run).\n");
    }
    if !outcome.suppressed.is_empty() {
        let rows: Vec<Vec<String>> =
            outcome.suppressed.iter().map(|one| vec![one.address.clone(), one.reason.clone()]).collect();
        out.push_str(&format!("\nOpted out from now on:\n\n{}", table(&["address", "why"], &rows, None)));
    }
    if !outcome.proposals.is_empty() {
        out.push_str("\nThese should be left out from now on. Correct the address in the list, or type:\n\n");
        for one in &outcome.proposals {
            out.push_str(&format!("  {}\n", plain(&one.command)));
        }
        out.push_str("\nAll at once: the same command with --suppress.\n");
    }
    out
}

fn kind_row(kind: Kind, outcome: &Outcome) -> Option<Vec<String>> {
    let of_kind = || outcome.reports.iter().filter(|report| report.kind == kind.word());
    let ours = of_kind().filter(|report| report.matched).count();
    let seen = of_kind().filter(|report| report.seen_before).count();
    let all = of_kind().count();
    (all > 0).then(|| vec![kind.words().to_owned(), all.to_string(), ours.to_string(), seen.to_string()])
}

/// The people of a mail that matter: those of reports, and whoever asks for something.
fn rows(report: &ReportRow, dry_run: bool) -> Vec<Vec<String>> {
    if matches!(report.kind, "auto_reply" | "other") {
        return Vec::new();
    }
    let row = |one: &RecipientRow| {
        vec![
            whom(one),
            one.action.unwrap_or(report.kind).replace('_', " "),
            one.status.clone().unwrap_or_default(),
            one.words.clone().or_else(|| one.diagnostic.clone()).unwrap_or_default(),
            if dry_run { String::new() } else { record(report, one) },
        ]
    };
    report.recipients.iter().map(row).collect()
}

fn whom(one: &RecipientRow) -> String {
    let address = one.address.as_deref().unwrap_or("-");
    match &one.original {
        Some(original) => format!("{original} (passed on to {address})"),
        None => address.to_owned(),
    }
}

/// What the record says to it.
fn record(report: &ReportRow, one: &RecipientRow) -> String {
    let day = one.date.as_ref().map(|date| match one.correction {
        None => format!("message of {date}"),
        Some(number) => format!("correction {number} of {date}"),
    });
    let seen = report.seen_before.then_some("seen before");
    let unknown = (one.matched_by.is_none() && one.note.is_none() && one.changed.is_none() && !report.seen_before)
        .then_some("no message of ours");
    let parts: Vec<&str> = [day.as_deref(), seen, one.changed, one.note, unknown].into_iter().flatten().collect();
    parts.join("; ")
}
