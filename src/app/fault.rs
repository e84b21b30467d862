//! A command's failure with its exit status and the next step; other errors are wrapped around it by anyhow.

use crate::exit::Exit;
use crate::ledger::LedgerError;
use crate::preview::PreviewError;
use crate::preview::serve::ServeError;
use crate::report::ReportError;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// The exit status.
    pub exit: Exit,
    /// The fact.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
}

impl Fault {
    /// A fault without a next step.
    #[must_use]
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: None }
    }

    /// Adds the next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The next step of any error that a command returns, if there is one.
    #[must_use]
    pub fn help_of(error: &anyhow::Error) -> Option<String> {
        error.chain().find_map(|cause| {
            let own = cause.downcast_ref::<Self>().and_then(|fault| fault.help.clone());
            let preview = || cause.downcast_ref::<PreviewError>().and_then(PreviewError::help);
            let serve = || cause.downcast_ref::<ServeError>().map(|error| error.help().to_owned());
            let report = || cause.downcast_ref::<ReportError>().and_then(ReportError::help);
            let ledger = || cause.downcast_ref::<LedgerError>().and_then(ledger_help).map(str::to_owned);
            own.or_else(preview).or_else(serve).or_else(report).or_else(ledger)
        })
    }

    /// The exit status of any error that a command returns.
    #[must_use]
    pub fn exit_of(error: &anyhow::Error) -> Exit {
        for cause in error.chain() {
            if let Some(fault) = cause.downcast_ref::<Self>() {
                return fault.exit;
            }
            if let Some(error) = cause.downcast_ref::<LedgerError>() {
                return match error {
                    LedgerError::Held => Exit::TryAgain,
                    _ => Exit::Io,
                };
            }
            let folder = cause.is::<PreviewError>() || cause.is::<ServeError>() || cause.is::<ReportError>();
            if folder || cause.downcast_ref::<std::io::Error>().is_some() {
                return Exit::Io;
            }
        }
        Exit::Software
    }
}

/// The next step where the ledger fails.
fn ledger_help(error: &LedgerError) -> Option<&'static str> {
    match error {
        LedgerError::Held => Some("wait until it has ended, then give the same command again"),
        LedgerError::Storage { .. } => Some(
            "look whether the disk is full, then give the same command again: it goes on where it stopped, and names what is in doubt",
        ),
        LedgerError::Older { .. } | LedgerError::Lost { .. } => Some(
            "put the newest ledger back, with the files beside it; only if it is lost for good, find out from the mail \
             server what went out, then remove the file with .lock at its end to go on without it",
        ),
        LedgerError::Open { .. } => Some(
            "look whether you may write in the project's folder; a ledger that is damaged is put back from its newest copy",
        ),
        LedgerError::Newer { .. } => Some("use the newer weekcast that made it"),
        _ => None,
    }
}
