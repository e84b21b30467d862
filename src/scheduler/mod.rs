//! What the system's own scheduler is told, so that `run --once` is started when a day is due: systemd units, tasks of
//! Windows and property lists of launchd, as texts. Nothing here writes a file or starts a program.

mod calendar_event;
mod fitting;
mod kind;
mod launchd;
mod name;
mod quoted;
mod systemd;
mod text_file;
mod texts;
mod timetable;
mod windows;
mod xml;

pub use fitting::Unfit;
pub use kind::Kind;
pub use launchd::label_file;
pub use name::name;
pub use systemd::unit_files;
pub use text_file::{MARK, TextFile};
pub use texts::texts;
pub use timetable::{Slot, Timetable};
pub use windows::{TASK_FOLDER, task_names};
