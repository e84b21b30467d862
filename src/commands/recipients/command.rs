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

// What the help says of each stands with its arguments.
#[derive(Debug, clap::Subcommand)]
enum Action {
    List(list::Args),
    Show(show::Args),
    Suppress(suppress::Args),
    Import(import::Args),
    Forget(forget::Args),
    Purge(purge::Args),
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
