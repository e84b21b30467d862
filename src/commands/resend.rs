//! `resend DAY`: another try for those who were not accepted, or what a person asks for beyond that.

use crate::app::{App, Confirm, Fault, HandOver, Purpose, Risk, Whom, hand_over, prepare};
use crate::exit::Exit;
use crate::model::{Address, AddressKey, DayName};

/// Send one day again, to those who were not accepted
///
/// Without options: those whom the server refused or put off. Nobody whom the server accepted gets a second copy, except
/// by --all.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// Only this address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    only: Vec<String>,
    /// Only those who joined the lists since
    #[arg(long, conflicts_with_all = ["only", "in_doubt", "all"])]
    new: bool,
    /// Those in doubt: some may get a second copy
    #[arg(long, conflicts_with = "all")]
    in_doubt: bool,
    /// With --in-doubt: who takes that risk, as it shall stand in the report
    #[arg(long, value_name = "NAME", requires = "in_doubt")]
    by: Option<String>,
    /// A new edition for all (with --only: for these), also for those who have it
    #[arg(long)]
    all: bool,
    /// Do everything but hand over
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
    /// Go on although the text changed since sending began
    #[arg(long)]
    changed: bool,
}

/// Resends.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let only = keys(&args.only)?;
    let whom = match (args.new, args.in_doubt, args.all, only) {
        (true, ..) => Whom::Joined,
        (_, true, _, only) => Whom::InDoubt(Risk::taken(only, args.by.as_deref())?),
        (_, _, true, only) => Whom::All(only),
        (_, _, _, Some(only)) => Whom::Only(only),
        (_, _, _, None) => Whom::NotAccepted,
    };
    let name = app.week_name()?;
    let purpose = if args.dry_run { Purpose::Look } else { Purpose::Send };
    let week = prepare(app, &name, purpose).ready(app)?;
    let how = HandOver {
        day: &args.day,
        whom,
        changed_allowed: args.changed,
        confirm: if args.yes { Confirm::Given } else { Confirm::Ask },
        undo_window: !args.no_wait,
        early: true,
        late: true,
        over_days: args.over_days,
        lists_changed: true,
        dry_run: args.dry_run,
    };
    hand_over(app, &week, &how)
}

/// The addresses as keys; `None` where none was given.
pub(crate) fn keys(addresses: &[String]) -> Result<Option<Vec<AddressKey>>, Fault> {
    let mut keys = Vec::new();
    for text in addresses {
        let address = Address::parse(text)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))?;
        keys.push(address.key());
    }
    Ok(Some(keys).filter(|keys| !keys.is_empty()))
}
