//! `login`: sign in at Microsoft 365 or Google, once; the tokens are kept and renewed.

use crate::app::{App, Fault, exit_for, login};
use crate::exit::Exit;
use crate::model::{Findings, Severity};
use crate::output::findings_as_text;
use crate::settings;

/// Sign in at Microsoft 365 or Google
///
/// The password goes to the provider's own page, never to weekcast. What is kept is a token in a file that only you can
/// read; it is renewed by itself.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sign in on another device, with a code
    #[arg(long)]
    device: bool,
    /// For the mailbox from which returned messages are read, in place of the sending account
    #[cfg(feature = "imap")]
    #[arg(long)]
    bounces: bool,
    /// Only print the page's address; do not open a browser
    #[arg(long)]
    no_open: bool,
}

/// Signs in.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let mut findings = Findings::new();
    let settings = settings::load(&app.project, &mut findings);
    let findings = findings.sorted();
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        app.streams.err(&findings_as_text(&findings));
        return Err(Fault::new(exit_for(&findings), "the settings have errors, so nobody is signed in").into());
    }
    let open = |page: &str| !args.no_open && webbrowser::open(page).is_ok();
    #[cfg(feature = "imap")]
    if args.bounces {
        return crate::app::login_to_mailbox(app, &settings, args.device, &open);
    }
    login(app, &settings, args.device, &open)
}
