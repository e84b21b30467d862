//! A calendar for Outlook and others (RFC 5545): events with stable identities, written the same way each time.
//!
//! The crates of this name give alarms a random UID and the system's time, so that no file is ever the same twice and a
//! second import makes second alarms; what is needed here is a few lines long.

mod content_line;
mod event;
mod file;

pub use event::Event;
pub use file::calendar;
