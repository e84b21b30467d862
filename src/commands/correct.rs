//! `correct DAY --file FILE`: what was wrong in a broadcast, and what is right, to those who got it.

use std::path::PathBuf;

use crate::app::{Again, App, Confirm, CorrectionAsked, Purpose, Source, Which, correct, prepare};
use crate::exit::Exit;
use crate::model::DayName;

/// Put right what was wrong in a broadcast, for those who got it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// The correction: a .toml, .md or .txt file
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Also to those of whom it is in doubt whether they got the original
    #[arg(long)]
    in_doubt: bool,
    /// Try those again to whom the server refused the correction
    #[arg(long)]
    refused: bool,
    /// One more correction, after an earlier one with another text
    #[arg(long, conflicts_with = "changed")]
    new: bool,
    /// Go on with an earlier correction although its text changed since
    #[arg(long)]
    changed: bool,
    /// Who has read it and stands for it; as often as the week asks for sign-offs
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    /// Do everything but hand over, and write the correction as pages, to look at it
    #[arg(long)]
    dry_run: bool,
    /// Do not ask, and do not wait: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
    /// Ask, but begin at once, without the two minutes in which Ctrl-C still stops everything
    #[arg(long)]
    no_wait: bool,
    /// Begin although the mail server's daily limit spreads it over several days
    #[arg(long)]
    over_days: bool,
}

/// Corrects.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let purpose = if args.dry_run { Purpose::Look } else { Purpose::Send };
    let week = prepare(app, &name, purpose).ready(app)?;
    let asked = CorrectionAsked {
        day: &args.day,
        which: Which::Made(Source { path: &args.file, is_new: args.new }),
        in_doubt: args.in_doubt,
        again: if args.refused { Again::NotAccepted } else { Again::Nobody },
        changed_allowed: args.changed,
        by: &args.by,
        confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
        undo_window: !args.no_wait,
        over_days: args.over_days,
        dry_run: args.dry_run,
    };
    correct(app, &week, &asked)
}
