//! `recipients purge`: who got the weeks of long ago.

use std::io::BufRead as _;

use chrono::TimeDelta;

use crate::app::{App, Fault, Format, OldWeek, purge, purgeable};
use crate::exit::Exit;
use crate::model::count;
use crate::output::table;

/// Less than this would reach into weeks that somebody may still have to finish.
const LEAST: TimeDelta = TimeDelta::days(7);

/// Erase who got the weeks of long ago; totals and opt-outs stay
///
/// A week goes when its last broadcast is older than the time given, and nothing in it is in doubt. Its totals stay in
/// status and report; who got what does not, and it cannot be taken back.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How long ago the last broadcast of a week must be: 90d, 26weeks, 1y
    #[arg(long, value_name = "TIME", default_value = "90d", value_parser = humantime::parse_duration)]
    older_than: std::time::Duration,
    /// Say what would go, and erase nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
}

/// Purges.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let older_than = TimeDelta::from_std(args.older_than).unwrap_or(TimeDelta::MAX).min(TimeDelta::days(36_500));
    if older_than < LEAST {
        return Err(Fault::new(Exit::Usage, "a week is kept for 7 days at least, so that it can be finished")
            .help("give --older-than 7d or more")
            .into());
    }
    let weeks = purgeable(app, older_than)?;
    let goes: usize = weeks.iter().filter(|week| week.may_go()).map(|week| week.recipients).sum();
    let ask = !args.dry_run && !args.yes && goes > 0;
    let (mut rows, mut swept) = (0, true);
    if ask {
        confirm(app, &weeks)?;
    }
    if !args.dry_run && goes > 0 {
        (rows, swept) = purge(app, older_than)?;
    }
    match app.format {
        Format::Json => {
            let json = serde_json::json!({ "weeks": weeks, "purged": rows, "dry_run": args.dry_run, "swept": swept });
            app.streams.json(&json)?;
        }
        Format::Text => {
            let head = if ask { String::new() } else { shown(&weeks) };
            let end = match (goes, args.dry_run) {
                (0, _) => "Nothing to erase.\n".to_owned(),
                (_, true) => {
                    format!("Dry run: {} would be erased. Nothing was changed.\n", count(goes, "recipient row"))
                }
                _ => format!("{} erased; the totals stay.\n", count(rows, "recipient row")),
            };
            app.streams.out(&format!("{head}{end}"))?;
        }
    }
    if !swept {
        app.streams.err(
            "Another program has the ledger open, so a part of what was erased stays in weekcast.db-wal until it ends and \
             something is purged or forgotten again.\n",
        );
    }
    Ok(if swept { Exit::Done } else { Exit::TryAgain })
}

fn confirm(app: &mut App, weeks: &[OldWeek]) -> anyhow::Result<()> {
    if !app.streams.interactive {
        return Err(Fault::new(Exit::Usage, "nobody is there to be asked: this is no terminal")
            .help("add --yes to erase without a question, or --dry-run to look")
            .into());
    }
    app.streams.err(&format!("{}\nThis cannot be taken back. Type purge to erase: ", shown(weeks)));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case("purge") {
        return Ok(());
    }
    Err(Fault::new(Exit::Usage, "that is not \"purge\", so nothing was erased").into())
}

fn shown(weeks: &[OldWeek]) -> String {
    if weeks.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = weeks
        .iter()
        .map(|week| {
            let what = match week.in_doubt {
                0 => "goes".to_owned(),
                doubts => format!("stays: {} in doubt; settle them first: weekcast resolve", doubts),
            };
            vec![week.week.clone(), week.last.clone(), week.recipients.to_string(), what]
        })
        .collect();
    table(&["week", "last broadcast", "recipient rows", ""], &rows, None)
}
