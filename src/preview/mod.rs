//! Job `preview`: the week as static pages and `.eml` files in a folder, for looking at before anything is sent.
//!
//! The pages on the disk need no server and no script, and ask nothing of the network; `serve` shows them while the week
//! is written. What they show is what is sent: the `.eml`
//! files are the very octets, the `Date` line apart.

mod context;
mod error;
mod file_names;
mod header_words;
mod message_page;
mod render;
pub mod serve;
mod site;
mod week;
mod write;

pub use error::PreviewError;
pub use site::{Site, site};
pub use week::{PreviewDay, PreviewWeek, Skipped};
pub use write::write;
