//! `uninstall`: takes away what `install` has set up, and nothing else.

use serde::Serialize;

use crate::app::{App, Format, Scheduler, shown, take_down};
use crate::commands::install::SchedulerName;
use crate::exit::Exit;
use crate::output::plain;

/// Take away what install has set up
///
/// Only the files and tasks of this project that weekcast install has written go; what was sent stays on record.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What was set up for the whole computer
    #[arg(long)]
    system: bool,
    /// Acts as on a computer with this scheduler, for tests
    #[arg(long, hide = true, value_name = "SCHEDULER", value_enum)]
    acting_on: Option<SchedulerName>,
}

/// `uninstall --format json`.
#[derive(Serialize)]
struct Outcome {
    name: String,
    scheduler: &'static str,
    system: bool,
    removed: Vec<String>,
    to_type: Vec<String>,
}

/// Uninstalls.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let own = Scheduler::of_this_computer(args.system);
    let scheduler = args.acting_on.map_or(own, |name| Scheduler { kind: name.kind(), ..own });
    let removed = take_down(app, scheduler)?;
    let to_type: Vec<String> = removed.to_type.iter().map(shown).collect();
    let exit = if to_type.is_empty() { Exit::Done } else { Exit::Remains };
    if app.format == Format::Json {
        let (scheduler, system) = (removed.scheduler.kind.word(), removed.scheduler.system);
        app.streams.json(&Outcome { name: removed.name, scheduler, system, removed: removed.gone, to_type })?;
        return Ok(exit);
    }
    let mut out = match removed.gone.as_slice() {
        [] if to_type.is_empty() => {
            format!("Nothing of this project is installed in {}.\n", removed.scheduler.title())
        }
        gone => {
            let lines: String = gone.iter().map(|one| format!("  {}\n", plain(one))).collect();
            format!("Removed from {}:\n{lines}", removed.scheduler.title())
        }
    };
    if removed.other {
        let (whose, command) = match removed.scheduler.system {
            true => ("your own", "weekcast uninstall"),
            false => ("the computer's", "sudo weekcast uninstall --system"),
        };
        out.push_str(&format!("One is left: {whose}. To take that away too: {command}\n"));
    }
    if !to_type.is_empty() {
        let lines: String = to_type.iter().map(|line| format!("  {}\n", plain(line))).collect();
        out.push_str(&format!("\nIt could not be asked to stop by itself. Type:\n{lines}"));
    }
    app.streams.out(&out)?;
    Ok(exit)
}
