//! What `bounces` is asked to do.

use std::path::PathBuf;

/// What is asked for.
pub struct BounceOrder {
    /// Where the mails are: a path, or a mailbox as `imaps://user@host/INBOX`; the mailbox of `[bounces]` if `None`.
    pub place: Option<PathBuf>,
    /// Classify only: no ledger is opened.
    pub dry_run: bool,
    /// Believe reports that name an address of ours but no Message-ID.
    pub guess: bool,
    /// Record the opt-outs that are proposed.
    pub suppress: bool,
}
