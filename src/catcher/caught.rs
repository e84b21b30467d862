//! What the catcher knows of one message that it took.

use std::path::PathBuf;

/// One message for one recipient; a transaction with several recipients gives as many of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    /// RCPT TO, without angle brackets.
    pub recipient: String,
    /// MAIL FROM, without angle brackets; empty for the null reverse-path.
    pub reverse_path: String,
    /// Where it was written, if the catcher has a folder.
    pub file: Option<PathBuf>,
    /// Octets of header and body, with CRLF and without dot-stuffing.
    pub size: usize,
}
