//! `install` and `uninstall`: what the scheduler of this computer is told is written, switched on and read back; and taken
//! away again. Programs of the system are started with fixed lists of arguments and no shell between.

mod account;
mod for_root;
mod installed;
mod own_file;
mod program;
mod read_back;
mod scheduler;
mod set_up;
mod take_down;
mod timetable;

pub use installed::{Active, Installed, Removed, times_in_words};
pub use program::shown;
pub use read_back::{Standing as ScheduleStanding, schedule_standing};
pub(crate) use read_back::{scheduled, told_other_times};
pub use scheduler::Scheduler;
pub use set_up::{dry_run, set_up};
pub use take_down::take_down;
pub use timetable::{Elsewhere, ScheduleFile, schedule_files, timetable};
