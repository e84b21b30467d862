//! `sign-off DAY --by NAME`: somebody has looked, and says that the day may go out as it is.

use crate::app::{App, Confirm, Purpose, Signing, prepare, sign_off_day};
use crate::exit::Exit;
use crate::model::DayName;

/// Say that a day may go out as it is
///
/// The content and the people are recorded with it. If either changes, the sign-off counts no more; other days keep
/// theirs. `sign_off = 2` in the week asks for two people.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// Who signs, as it shall stand in the report
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Do not ask; without a terminal nothing is asked
    #[arg(long)]
    yes: bool,
}

/// Signs.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Send).ready(app)?;
    let confirm = if args.yes { Confirm::Given } else { Confirm::Ask };
    sign_off_day(app, &week, &Signing { day: &args.day, by: &args.by, confirm })
}
