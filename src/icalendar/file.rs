//! The calendar as a whole.

use chrono::{DateTime, TimeZone as _, Utc};

use crate::icalendar::content_line::{raw, text};
use crate::icalendar::event::Event;

/// The text of an `.ics` file.
///
/// `changed` is when the newest of the files that it was made from was changed. It is the time stamp of every event, and
/// the seconds since 2026 are their SEQUENCE: a later state of the files has a higher one, so that importing it again
/// moves the events that are there, and nothing has to be remembered. The same files give the same calendar.
#[must_use]
pub fn calendar(title: &str, events: &[Event], changed: DateTime<Utc>) -> String {
    let mut out = String::new();
    raw(&mut out, "BEGIN", "VCALENDAR");
    raw(&mut out, "VERSION", "2.0");
    raw(&mut out, "PRODID", "-//weekcast//plan//EN");
    raw(&mut out, "METHOD", "PUBLISH");
    text(&mut out, "X-WR-CALNAME", title);
    let sequence = sequence(changed);
    events.iter().for_each(|event| event.write(&mut out, (changed, sequence)));
    raw(&mut out, "END", "VCALENDAR");
    out
}

/// Fits the 31 bits of an INTEGER (RFC 5545 §3.3.8) until 2094.
fn sequence(changed: DateTime<Utc>) -> u32 {
    let since = Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).single().map_or(0, |begin| (changed - begin).num_seconds());
    u32::try_from(since.clamp(0, i64::from(i32::MAX))).unwrap_or_default()
}
