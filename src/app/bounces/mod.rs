//! `bounces`: mail that came back is read, matched with the record, and noted.

mod apply;
mod asked;
mod collect;
#[cfg(feature = "imap")]
mod login;
#[cfg(feature = "imap")]
mod mailbox;
mod order;
mod row;
mod words;

pub use asked::BounceOrder;
#[cfg(feature = "imap")]
pub use login::login_to_mailbox;
pub use order::read_bounces;
