//! `resolve DAY --as accepted|resend`: a person settles what is in doubt.

use crate::app::{App, Confirm, HandOver, Purpose, Whom, hand_over, prepare, settle_as_accepted};
use crate::commands::resend::keys;
use crate::exit::Exit;
use crate::model::DayName;

/// Settle what is in doubt
///
/// "accepted": somebody looked, and the message has arrived. "resend": it has not, send it again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// What the doubtful ones are
    #[arg(long = "as", value_enum)]
    decision: Decision,
    /// Only these addresses
    addresses: Vec<String>,
    /// Do not ask: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Decision {
    /// They have it
    Accepted,
    /// They do not: send it again
    Resend,
}

/// Resolves.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let only = keys(&args.addresses)?;
    let name = app.week_name()?;
    match args.decision {
        Decision::Accepted => {
            let week = prepare(app, &name, Purpose::Look).readable(&name)?;
            settle_as_accepted(app, &week, &args.day, only.as_deref())
        }
        Decision::Resend => {
            let week = prepare(app, &name, Purpose::Send).ready(app)?;
            let how = HandOver {
                day: &args.day,
                whom: Whom::InDoubt(only),
                changed_allowed: false,
                confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
                early: true,
                late: true,
                over_days: true,
                lists_changed: true,
                dry_run: false,
            };
            hand_over(app, &week, &how)
        }
    }
}
