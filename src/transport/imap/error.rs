//! Why a mailbox cannot be read.

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// No connection.
    #[error("the mailbox's server {0} cannot be reached: {1}")]
    Unreachable(String, String),
    /// No answer in time.
    #[error("the mailbox's server did not answer in time ({0})")]
    Timeout(&'static str),
    /// The sign-in was refused.
    #[error("the mailbox's server refused the sign-in: {0}")]
    Refused(String),
    /// No token.
    #[error("there is no token for the sign-in at the mailbox's server: {0}")]
    Token(String),
    /// The folder cannot be opened, or a command was refused.
    #[error("the mailbox's server said no ({step}): {words}")]
    Command {
        /// What was asked.
        step: &'static str,
        /// Its words.
        words: String,
    },
}
