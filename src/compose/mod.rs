//! Part `compose`: from material and one recipient's merged pieces to the bytes of a message (RFC 5322, MIME).
//!
//! What is alike for everyone is encoded once, when a [`Composer`] is made; a message then costs its header, its merged
//! pieces and one copy. The same input always gives the same bytes.

mod composer;
mod encoded_word;
mod error;
mod file_name;
mod frame;
mod header;
mod mailbox;
mod message_id;
mod notice;
mod quoted_printable;
mod scan;
mod size;
mod stamp;

pub use composer::Composer;
pub use error::ComposeError;
pub use file_name::safe_file_name;
pub use header::Header;
pub use message_id::MessageIds;
pub use notice::Notice;
pub use scan::Flaw;
pub use size::{MAX_SIZE, WARN_SIZE};
pub use stamp::Stamp;
