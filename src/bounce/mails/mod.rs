//! Where returned mails lie on disk: single files, folders of them, mbox files, Maildirs.

mod error;
mod folder;
mod mbox;

pub use error::MailsError;
pub use folder::{MOST_MAILS, each_mail};
