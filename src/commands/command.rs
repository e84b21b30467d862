//! The list of subcommands and the way to each.

use clap::Subcommand;

use crate::app::App;
use crate::commands::{
    bounces, check, completions, correct, demo, doctor, drop_day, explain, history, init, install, login, man,
    move_day, plan, preview, proof, recipients, rehearse, report, resend, resolve, run, send, sign_off, status,
    templates, uninstall, verify,
};
use crate::exit::Exit;

/// What weekcast can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask a few questions and write a first week, with lists and settings, to fill in
    ///
    /// Each question has an option, so that it also works where nobody can be asked; --week names the new file. What is
    /// there is never overwritten.
    Init(init::Args),
    /// Find every mistake in the week, the lists, the templates and the files at once
    Check(check::Args),
    /// Write the week as pages and .eml files, exactly as it will arrive
    Preview(preview::Args),
    /// Show who gets what, when, and how long it takes
    Plan(plan::Args),
    /// Play the whole week on a simulated clock into a mail catcher inside the program
    Rehearse(rehearse::Args),
    /// Send one marked copy of a day to a reader, and to nobody else
    ///
    /// The copy is as the day would go out now to one of its recipients, with `[Proof]` before the subject and a line at
    /// the top. It may be sent before or after the sign-off, and nothing of the day changes by it.
    Proof(proof::Args),
    /// Say that a day may go out as it is
    SignOff(sign_off::Args),
    /// Send one day's broadcast
    Send(send::Args),
    /// Send one day again, to those who were not accepted
    Resend(resend::Args),
    /// Put right what was wrong in a broadcast, for those who got it
    ///
    /// The correction answers the original, so that mail programs show them together, and says at the top what was wrong
    /// and what is right. FILE is TOML with `wrong` and `right`, and if wanted `summary`, `body` or `body_file`, `links`,
    /// `attachments`, and `repeat = true` to add the broadcast as it now stands; or it is Markdown, and then it is the
    /// correction as it stands. Given again after a break, the same command goes on where it stopped, and so does `run`;
    /// nobody gets a second copy.
    Correct(correct::Args),
    /// Stay, and send each day at its time
    ///
    /// A day that is late by more than the week's grace is held, not sent; two days never go out in one morning. A
    /// correction that somebody began and that was broken off, or put off for some, is gone on with, if its text is the
    /// same.
    Run(run::Args),
    /// Send a day on another date
    ///
    /// The date is written into the week's file; every other day stays where it is. What the days say of each other, such as
    /// "look out for tomorrow's broadcast", is made anew. A day that has begun to go out cannot be moved.
    Move(move_day::Args),
    /// Take a day out of the week, or bring it back
    ///
    /// Its text stays in the week's file with the line `dropped`; nothing sends it, numbers it or announces it. A day that
    /// has begun to go out cannot be dropped.
    Drop(drop_day::Args),
    /// Let this computer's scheduler send each day at its time
    ///
    /// systemd, Task Scheduler or launchd then starts weekcast run --once when a day is due, and every quarter of an hour
    /// while somebody is still to be tried again. The week is checked first. When its dates or times change, give it again.
    Install(install::Args),
    /// Take away what install has set up
    ///
    /// Only the files and tasks of this project that weekcast install has written go; what was sent stays on record.
    Uninstall(uninstall::Args),
    /// Show where each day and recipient stands
    Status(status::Args),
    /// The lists and the people on them: who is on which, who opted out, who got what, and erasure
    ///
    /// What these commands print and write is personal data.
    Recipients(recipients::Args),
    /// Settle what is in doubt
    Resolve(resolve::Args),
    /// Read the mail that came back, and record what it says
    Bounces(bounces::Args),
    /// Sign in at Microsoft 365 or Google
    Login(login::Args),
    /// Look at files, ledger, clock and mail server, without sending anything
    Doctor(doctor::Args),
    /// Say in plain words what a mail server's reply means
    ///
    /// It also says whose fault it is and what to do. Give a code, such as 5.7.133 or 421, or the whole reply as a report
    /// or a bounce shows it.
    Explain(explain::Args),
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
    /// Print the script with which a shell completes commands and options
    ///
    /// It is the script whatever --format says: nothing but a shell can use it.
    Completions(completions::Args),
    /// Write the manual pages
    Man(man::Args),
}

impl Command {
    /// Whether it works on a project folder.
    #[must_use]
    pub fn needs_project(&self) -> bool {
        match self {
            Self::Demo(_) | Self::Explain(_) | Self::Completions(_) | Self::Man(_) => false,
            Self::Init(args) => args.needs_project(),
            Self::Bounces(args) => !args.dry_run,
            _ => true,
        }
    }

    /// Whether it does without one: the board has the pack, and not the project.
    #[must_use]
    pub fn may_lack_project(&self) -> bool {
        matches!(self, Self::Verify(args) if args.names_folder())
    }

    /// Its name, as it is typed.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Init(_) => "init",
            Self::Check(_) => "check",
            Self::Preview(_) => "preview",
            Self::Plan(_) => "plan",
            Self::Rehearse(_) => "rehearse",
            Self::Proof(_) => "proof",
            Self::SignOff(_) => "sign-off",
            Self::Send(_) => "send",
            Self::Resend(_) => "resend",
            Self::Correct(_) => "correct",
            Self::Run(_) => "run",
            Self::Move(_) => "move",
            Self::Drop(_) => "drop",
            Self::Install(_) => "install",
            Self::Uninstall(_) => "uninstall",
            Self::Status(_) => "status",
            Self::Recipients(_) => "recipients",
            Self::Resolve(_) => "resolve",
            Self::Bounces(_) => "bounces",
            Self::Login(_) => "login",
            Self::Doctor(_) => "doctor",
            Self::Explain(_) => "explain",
            Self::Report(_) => "report",
            Self::History(_) => "history",
            Self::Verify(_) => "verify",
            Self::Templates(_) => "templates",
            Self::Demo(_) => "demo",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }

    /// Does it; `whole` is the command line as a whole, for what is made from the help texts.
    ///
    /// # Errors
    /// Whatever stopped the command, with its exit status in a [`crate::app::Fault`] where it is not a bug.
    pub fn run(self, whole: clap::Command, app: &mut App) -> anyhow::Result<Exit> {
        match self {
            Self::Init(args) => init::run(&args, app),
            Self::Check(args) => check::run(&args, app),
            Self::Preview(args) => preview::run(&args, app),
            Self::Plan(args) => plan::run(&args, app),
            Self::Rehearse(args) => rehearse::run(&args, app),
            Self::Proof(args) => proof::run(&args, app),
            Self::SignOff(args) => sign_off::run(&args, app),
            Self::Send(args) => send::run(&args, app),
            Self::Resend(args) => resend::run(&args, app),
            Self::Correct(args) => correct::run(&args, app),
            Self::Run(args) => run::run(&args, app),
            Self::Move(args) => move_day::run(&args, app),
            Self::Drop(args) => drop_day::run(&args, app),
            Self::Install(args) => install::run(&args, app),
            Self::Uninstall(args) => uninstall::run(&args, app),
            Self::Status(args) => status::run(&args, app),
            Self::Recipients(args) => recipients::run(&args, app),
            Self::Resolve(args) => resolve::run(&args, app),
            Self::Bounces(args) => bounces::run(&args, app),
            Self::Login(args) => login::run(&args, app),
            Self::Doctor(args) => doctor::run(&args, app),
            Self::Report(args) => report::run(&args, app),
            Self::History(args) => history::run(&args, app),
            Self::Verify(args) => verify::run(&args, app),
            Self::Templates(args) => templates::run(&args, app),
            Self::Demo(args) => demo::run(&args, app),
            Self::Explain(args) => explain::run(&args, app),
            Self::Completions(args) => completions::run(&args, whole, app),
            Self::Man(args) => man::run(&args, whole, app),
        }
    }
}
