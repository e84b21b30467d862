//! Reading a mailbox by IMAP: unseen mail only, marked as seen when it has been dealt with; nothing is moved or deleted.

#[cfg(feature = "imap")]
mod authenticator;
mod error;
#[cfg(feature = "imap")]
mod mailbox;
#[cfg(feature = "imap")]
mod metered;

pub use error::MailboxError;
#[cfg(feature = "imap")]
pub use mailbox::{MOST_UNSEEN, Mailbox};
