//! The texts for each scheduler.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::scheduler::fitting::{Unfit, check};
use crate::scheduler::kind::Kind;
use crate::scheduler::text_file::TextFile;
use crate::scheduler::timetable::Timetable;
use crate::scheduler::{launchd, systemd, windows};

/// The files of a kind. `wall` tells what the clock on the wall of the computer that sends shows at an instant: launchd
/// knows nothing else.
///
/// # Errors
/// [`Unfit`] values.
pub fn texts(
    timetable: &Timetable,
    kind: Kind,
    wall: &dyn Fn(DateTime<Utc>) -> NaiveDateTime,
) -> Result<Vec<TextFile>, Unfit> {
    check(timetable, kind)?;
    Ok(match kind {
        Kind::Systemd => systemd::files(timetable),
        Kind::Windows => windows::files(timetable),
        Kind::Launchd => launchd::files(timetable, wall),
    })
}
