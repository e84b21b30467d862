//! `send DAY`: one day's broadcast, going on where an earlier run stopped.

use crate::app::{App, Confirm, HandOver, Purpose, WeekReady, Whom, hand_over, prepare};
use crate::exit::Exit;
use crate::model::DayName;

/// Send one day's broadcast
///
/// Run again after a break, it goes on where it stopped; nobody gets a second copy.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// Do everything but hand over
    #[arg(long)]
    dry_run: bool,
    /// Do not ask, and do not wait: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
    /// Ask, but begin at once, without the two minutes in which Ctrl-C still stops everything
    #[arg(long)]
    no_wait: bool,
    /// Send before its time
    #[arg(long)]
    early: bool,
    /// Send although its time is long over
    #[arg(long)]
    late: bool,
    /// Begin although the mail server's daily limit spreads it over several days
    #[arg(long)]
    over_days: bool,
    /// Go on although the lists changed much since the sign-off
    #[arg(long)]
    lists_changed: bool,
    /// Go on although the text changed since sending began
    #[arg(long)]
    changed: bool,
}

/// Sends.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let purpose = if args.dry_run { Purpose::Look } else { Purpose::Send };
    let week: WeekReady = prepare(app, &name, purpose).ready(app)?;
    let how = HandOver {
        day: &args.day,
        whom: Whom::Due,
        changed_allowed: args.changed,
        confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
        undo_window: !args.no_wait,
        early: args.early,
        late: args.late,
        over_days: args.over_days,
        lists_changed: args.lists_changed,
        dry_run: args.dry_run,
    };
    hand_over(app, &week, &how)
}
