//! `drop DAY`: a day is taken out of the week, and can be brought back.

use crate::app::{App, Change, DayChange, Fault, change_day};
use crate::exit::Exit;
use crate::model::DayName;

/// The longest reason, in characters.
const LONGEST: usize = 300;

/// Take a day out of the week, or bring it back
///
/// Its text stays in the week's file with the line `dropped`; nothing sends it, numbers it or announces it. A day that has
/// begun to go out cannot be dropped.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// Why, as it shall stand in the week's file and in the report
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Bring a dropped day back
    #[arg(long, conflicts_with = "reason")]
    undo: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Drops.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let reason = args.reason.as_deref().map(reason).transpose()?;
    let change = if args.undo { Change::BringBack } else { Change::Drop { reason } };
    change_day(app, &DayChange { day: &args.day, change, dry_run: args.dry_run })
}

/// One line of visible words: the reader of the file has the last word on what may stand there.
fn reason(text: &str) -> Result<String, Fault> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().count() > LONGEST {
        let fault = Fault::new(Exit::Usage, format!("the reason must have 1 to {LONGEST} characters"));
        return Err(fault.help("say in a few words why, or leave --reason out"));
    }
    Ok(words)
}
