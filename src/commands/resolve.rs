//! `resolve DAY --as accepted|resend`: a person settles what is in doubt.

use crate::app::{
    Again, App, Confirm, CorrectionAsked, HandOver, Purpose, Risk, Which, Whom, correct, hand_over, prepare,
    settle_as_accepted,
};
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
    /// What is in doubt of this correction of the day, by its number, instead of the broadcast
    #[arg(long, value_name = "NUMBER")]
    correction: Option<u32>,
    /// Who decides it, as it shall stand in the report
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Do not ask: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
    /// With --as resend: go on although the text changed since sending began
    #[arg(long)]
    changed: bool,
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
    let risk = Risk::taken(keys(&args.addresses)?, args.by.as_deref())?;
    let name = app.week_name()?;
    match args.decision {
        Decision::Accepted => {
            let week = prepare(app, &name, Purpose::Look).readable(&name)?;
            settle_as_accepted(app, &week, (&args.day, args.correction), &risk)
        }
        Decision::Resend if args.correction.is_some() => {
            let week = prepare(app, &name, Purpose::Send).ready(app)?;
            let asked = CorrectionAsked {
                day: &args.day,
                which: Which::Begun(args.correction.unwrap_or_default()),
                in_doubt: false,
                again: Again::InDoubt(risk),
                changed_allowed: false,
                by: &[],
                confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
                undo_window: false,
                over_days: true,
                dry_run: false,
            };
            correct(app, &week, &asked)
        }
        Decision::Resend => {
            let week = prepare(app, &name, Purpose::Send).ready(app)?;
            let how = HandOver {
                day: &args.day,
                whom: Whom::InDoubt(risk),
                changed_allowed: args.changed,
                confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
                undo_window: false,
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
