//! The actions of `recipients` and the way to each.

use crate::app::App;
use crate::commands::recipients::{acts, forget, import, list, purge, show, suppress};
use crate::exit::Exit;

/// The lists and the people on them: who is on which, who opted out, who got what, and erasure
///
/// What these commands print and write is personal data.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Name the lists with their people, findings and opt-outs
    List(list::Args),
    /// Show one person: lists, days, opt-outs, and what became of every message
    Show(show::Args),
    /// Record that people are not to be mailed, or take it back
    Suppress(suppress::Args),
    /// Read opt-outs from a CSV file, such as one that suppress --export wrote
    Import(import::Args),
    /// Erase people from the ledger, at their request
    Forget(forget::Args),
    /// Erase who got the weeks of long ago; totals and opt-outs stay
    Purge(purge::Args),
    /// Show what was done about people: opt-outs, imports, erasures, purges; without addresses
    Acts(acts::Args),
}

/// Does one of them.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    match &args.action {
        Action::List(args) => list::run(args, app),
        Action::Show(args) => show::run(args, app),
        Action::Suppress(args) => suppress::run(args, app),
        Action::Import(args) => import::run(args, app),
        Action::Forget(args) => forget::run(args, app),
        Action::Purge(args) => purge::run(args, app),
        Action::Acts(args) => acts::run(args, app),
    }
}
