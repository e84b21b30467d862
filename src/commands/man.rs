//! `man`: the manual pages, made from the help texts.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::json;

use crate::app::{App, Format};
use crate::exit::Exit;
use crate::model::count;

/// Write the manual pages, one for each command
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to, made if it is not there
    dir: PathBuf,
}

/// Writes; `command` is the whole command line.
pub(crate) fn run(args: &Args, command: clap::Command, app: &mut App) -> anyhow::Result<Exit> {
    fs::create_dir_all(&args.dir).with_context(|| format!("{} cannot be made", args.dir.display()))?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let written = page(&command, &args.dir)?;
    match app.format {
        Format::Text => app.streams.out(&format!("{} written to {}\n", count(written, "page"), args.dir.display()))?,
        Format::Json => app.streams.json(&json!({ "folder": args.dir.display().to_string(), "pages": written }))?,
    }
    Ok(Exit::Done)
}

/// Writes a command's page and those of its subcommands, each by its whole name; returns how many.
fn page(command: &clap::Command, folder: &Path) -> anyhow::Result<usize> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    let mut written = 1;
    for own in command.get_subcommands().filter(|own| !own.is_hide_set()) {
        written += page(own, folder)?;
    }
    Ok(written)
}
