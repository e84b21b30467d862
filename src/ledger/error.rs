//! Why a ledger cannot do what it was asked, as facts.

use crate::model::{Mailing, State};

/// What went wrong; nothing of the transaction that failed was written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or created, is damaged, or is no ledger.
    #[error("the ledger \"{path}\" cannot be opened")]
    Open {
        /// The file.
        path: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file was written by a newer program.
    #[error("the ledger \"{path}\" was written by a newer weekcast (format {found}, this one knows {known})")]
    Newer {
        /// The file.
        path: String,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The database or the disk failed.
    #[error("the ledger could not be {action}")]
    Storage {
        /// `read` or `written`.
        action: &'static str,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The edition exists already.
    #[error("edition {0} has already begun")]
    Begun(Mailing),
    /// Nobody can be enrolled in this state: only pending, suppressed or skipped.
    #[error("nobody can be enrolled as {0}")]
    Enrolment(State),
    /// A change of state that the table of transitions does not allow.
    #[error("delivery {delivery} is {from} and cannot become {to}")]
    Transition {
        /// The row.
        delivery: i64,
        /// Where it stands.
        from: State,
        /// Where it was to go.
        to: State,
    },
    /// The row was claimed by another run, or by none that this ledger began: two senders are at work.
    #[error("delivery {0} was taken by another run")]
    Taken(i64),
    /// There is no such row.
    #[error("the ledger has no delivery {0}")]
    Missing(i64),
    /// The ledger is behind the generation that was last seen beside it.
    #[error(
        "the ledger \"{path}\" is older than the one that was last used here: what was sent since then does not stand in it"
    )]
    Older {
        /// The file.
        path: String,
    },
    /// There is no ledger, although one was used here.
    #[error("the ledger \"{path}\" is gone: what was sent stands in it, and without it everything would be sent again")]
    Lost {
        /// Where it was.
        path: String,
    },
    /// Another sender holds the lock.
    #[error("another weekcast is sending from this ledger")]
    Held,
}
