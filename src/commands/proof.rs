//! `proof DAY --to ADDRESS`: one marked copy to a reader.

use crate::app::{App, ProofAsked, Purpose, prepare, proof};
use crate::exit::Exit;
use crate::model::DayName;

/// Send one marked copy of a day to a reader, and to nobody else
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// Who reads it; may be given several times, at most ten
    #[arg(long, value_name = "ADDRESS", required = true)]
    to: Vec<String>,
    /// With the fields of this recipient (else: the first of the day)
    #[arg(long = "as", value_name = "ADDRESS")]
    shown_as: Option<String>,
}

/// Sends it.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Send).ready(app)?;
    proof(app, &week, &ProofAsked { day: &args.day, to: &args.to, shown_as: args.shown_as.as_deref() })
}
