//! `bounces`: mail that came back is read, matched with the record, and noted.

mod apply;
mod collect;
#[cfg(feature = "imap")]
mod mailbox;
mod order;
mod row;

pub use order::{BounceOrder, read_bounces};
