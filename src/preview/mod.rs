//! Job `preview`: the week as static pages and `.eml` files in a folder, for looking at before anything is sent.
//!
//! The pages on the disk need no server and no script, and ask nothing of the network; `serve` shows them while the week
//! is written. What they show is what is sent: the `.eml`
//! files are the very octets, the `Date` line apart.

mod calendar_view;
mod context;
mod copy_view;
mod error;
mod excerpt;
mod file_names;
mod file_views;
mod findings_view;
mod header_words;
mod message_page;
mod policy;
mod render;
pub mod serve;
mod site;
mod source_lines;
mod week;
mod words;
mod write;

pub use error::PreviewError;
pub use policy::PAGE_POLICY;
pub use site::{Site, site};
pub use week::{AwarenessDate, DroppedDate, ListShare, PreviewCopy, PreviewDay, PreviewWeek, Skipped};
pub use write::write;
