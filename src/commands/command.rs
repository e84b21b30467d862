//! The list of subcommands and the way to each.

use clap::Subcommand;

use crate::app::App;
use crate::commands::{
    check, demo, doctor, history, login, plan, preview, rehearse, report, resend, resolve, run, send, sign_off, status,
    templates, verify,
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
    /// Say that a day may go out as it is
    SignOff(sign_off::Args),
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
    /// Sign in at Microsoft 365 or Google
    Login(login::Args),
    /// Look at files, ledger, clock and mail server, without sending anything
    Doctor(doctor::Args),
    /// Write the board pack
    Report(report::Args),
    /// Show what people and runs did, in order
    History(history::Args),
    /// Compare a board pack and the record with what was written
    Verify(verify::Args),
    /// Show the built-in templates, and copy them to change them
    Templates(templates::Args),
    /// Rehearse the shipped week and preview it, with nothing set up
    Demo(demo::Args),
}

impl Command {
    /// Whether it works on a project folder.
    #[must_use]
    pub fn needs_project(&self) -> bool {
        !matches!(self, Self::Demo(_))
    }

    /// Whether it does without one: the board has the pack, and not the project.
    #[must_use]
    pub fn may_lack_project(&self) -> bool {
        matches!(self, Self::Verify(args) if args.names_folder())
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
            Self::SignOff(args) => sign_off::run(&args, app),
            Self::Send(args) => send::run(&args, app),
            Self::Resend(args) => resend::run(&args, app),
            Self::Run(args) => run::run(&args, app),
            Self::Status(args) => status::run(&args, app),
            Self::Resolve(args) => resolve::run(&args, app),
            Self::Login(args) => login::run(&args, app),
            Self::Doctor(args) => doctor::run(&args, app),
            Self::Report(args) => report::run(&args, app),
            Self::History(args) => history::run(&args, app),
            Self::Verify(args) => verify::run(&args, app),
            Self::Templates(args) => templates::run(&args, app),
            Self::Demo(args) => demo::run(&args, app),
        }
    }
}
