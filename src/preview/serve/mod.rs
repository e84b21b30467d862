//! `preview --serve`: the pages of the preview from memory, for one browser on this computer, shown anew when a file is
//! saved.
//!
//! ```text
//! watch    a file was saved -> Shelf::renew, on a thread that may wait
//! shelf    a reading of the files -> the copies that are shown; what is broken keeps its last good rendering
//! guard    Host, method, origin and token: whoever does not have them is refused
//! asked    the path of a request -> what is meant
//! answer   what is meant -> bytes from the shelf, never from the disk
//! news     server-sent events: the page that is open has changed
//! ```

mod answer;
mod asked;
mod error;
mod guard;
mod media;
mod news;
mod notice;
mod page;
mod policy;
mod reading;
mod renewal;
mod server;
mod shelf;
mod shown;
mod trouble;
mod watch;

pub use error::ServeError;
pub use reading::{Reading, WeekCopy};
pub use renewal::renew_on_change;
pub use server::{Desk, bind, serve};
pub use shelf::Shelf;
pub use watch::Watch;
