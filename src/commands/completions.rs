//! `completions`: a script that completes commands and options in a shell.

use clap_complete::Shell;

use crate::app::App;
use crate::exit::Exit;

/// Print the script with which a shell completes commands and options
///
/// It is the script whatever --format says: nothing but a shell can use it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints; `command` is the whole command line.
pub(crate) fn run(args: &Args, mut command: clap::Command, app: &mut App) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "weekcast", &mut script);
    app.streams.out(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
