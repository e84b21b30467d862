//! Why the mails cannot be read.

/// What went wrong; a single mail that cannot be read is no error but is counted.
#[derive(Debug, thiserror::Error)]
pub enum MailsError {
    /// Nothing there.
    #[error("there is no file or folder \"{0}\"")]
    Missing(String),
    /// Neither a file nor a folder.
    #[error("\"{0}\" is neither a file nor a folder")]
    Odd(String),
    /// The system said no.
    #[error("\"{path}\" cannot be read")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
}
