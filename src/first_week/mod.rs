//! What `init` writes: a commented week to fill in, example lists, settings; or next year's week from this one. Nothing
//! that is there is ever overwritten.

mod answers;
mod files;
mod name;
mod next_week;
mod week_file;
mod write;

pub use answers::{Answers, Awareness};
pub use files::{recipients_file, settings_file};
pub use name::{next_name, slug};
pub use next_week::{Move, MoveFault, lines_with_dates, moved};
pub use week_file::week_file;
pub use write::{copy_folder, write_new, write_private};
