//! `init`: a few questions, and a commented week that passes `check` stands there; `--from` makes next year's week.

use std::path::PathBuf;

use crate::app::App;
use crate::commands::init_given::Given;
use crate::commands::{init_next, init_week};
use crate::document::ProjectFolder;
use crate::exit::Exit;

/// Ask a few questions and write a first week, with lists and settings, to fill in
///
/// Each question has an option, so that it also works where nobody can be asked; --week names
/// the new file. What is there is never overwritten.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to, made if it is not there (else: this one)
    #[arg(conflicts_with = "from")]
    dir: Option<PathBuf>,
    /// Begin with this week of the project: its texts, on other dates, in a file of its own
    #[arg(long, value_name = "WEEK")]
    from: Option<String>,
    #[command(flatten)]
    answers: Given,
}

impl Args {
    /// Whether there must be a project already.
    pub(crate) fn needs_project(&self) -> bool {
        self.from.is_some()
    }
}

/// Writes.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    if let Some(from) = &args.from {
        return init_next::run(from, &args.answers, app);
    }
    if let Some(folder) = &args.dir {
        app.project = ProjectFolder::at(folder);
    }
    init_week::run(&args.answers, app)
}
