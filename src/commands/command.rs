//! The list of subcommands and the way to each.

use clap::Subcommand;

use crate::app::App;
use crate::commands::{
    bounces, check, demo, doctor, login, plan, preview, rehearse, report, resend, resolve, run, send, status, templates,
};
use crate::exit::Exit;

/// What weekcast can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find every mistake in the week, the lists, the templates and the files at once
    Check(check::Args),
    /// Write the week as pages and .eml files, exactly as it will arrive
    Preview(preview::Args),
    /// Show who gets what, when, and how long it takes
    Plan(plan::Args),
    /// Play the whole week on a simulated clock into a mail catcher inside the program
    Rehearse(rehearse::Args),
    /// Send one day's broadcast
    Send(send::Args),
    /// Send one day again, to those who were not accepted
    Resend(resend::Args),
    /// Stay, and send each day at its time
    Run(run::Args),
    /// Show where each day and recipient stands
    Status(status::Args),
    /// Settle what is in doubt
    Resolve(resolve::Args),
    /// Read the mail that came back, and record what it says
    Bounces(bounces::Args),
    /// Sign in at Microsoft 365 or Google
    Login(login::Args),
    /// Look at files, ledger, clock and mail server, without sending anything
    Doctor(doctor::Args),
    /// Write the board pack
    Report(report::Args),
    /// Show the built-in templates, and copy them to change them
    Templates(templates::Args),
    /// Rehearse the shipped week and preview it, with nothing set up
    Demo(demo::Args),
}

impl Command {
    /// Whether it works on a project folder.
    #[must_use]
    pub fn needs_project(&self) -> bool {
        match self {
            Self::Demo(_) => false,
            Self::Bounces(args) => !args.dry_run,
            _ => true,
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// Whatever stopped the command, with its exit status in a [`crate::app::Fault`] where it is not a bug.
    pub fn run(self, app: &mut App) -> anyhow::Result<Exit> {
        match self {
            Self::Check(args) => check::run(&args, app),
            Self::Preview(args) => preview::run(&args, app),
            Self::Plan(args) => plan::run(&args, app),
            Self::Rehearse(args) => rehearse::run(&args, app),
            Self::Send(args) => send::run(&args, app),
            Self::Resend(args) => resend::run(&args, app),
            Self::Run(args) => run::run(&args, app),
            Self::Status(args) => status::run(&args, app),
            Self::Resolve(args) => resolve::run(&args, app),
            Self::Bounces(args) => bounces::run(&args, app),
            Self::Login(args) => login::run(&args, app),
            Self::Doctor(args) => doctor::run(&args, app),
            Self::Report(args) => report::run(&args, app),
            Self::Templates(args) => templates::run(&args, app),
            Self::Demo(args) => demo::run(&args, app),
        }
    }
}
