//! One event.

use chrono::{DateTime, TimeDelta, Utc};

use crate::icalendar::content_line::{raw, text};

/// How instants are written: UTC, which needs no table of time zones and is right through every clock change.
const INSTANT: &str = "%Y%m%dT%H%M%SZ";

/// An event with a beginning and an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What tells it from every other, whenever and wherever the calendar is made again (RFC 5545 §3.8.4.7).
    pub uid: String,
    /// When it begins.
    pub begins: DateTime<Utc>,
    /// How long it lasts.
    pub lasts: TimeDelta,
    /// Its title.
    pub summary: String,
    /// What there is to know.
    pub description: String,
    /// Reminders, so long before it begins.
    pub alarms: Vec<TimeDelta>,
    /// Whether it does not take place (RFC 5545 §3.8.1.11).
    pub cancelled: bool,
}

impl Event {
    /// Appends it; `changed` is when what it was made from changed last, and `sequence` grows with that.
    pub(crate) fn write(&self, out: &mut String, (changed, sequence): (DateTime<Utc>, u32)) {
        let instant = |at: DateTime<Utc>| at.format(INSTANT).to_string();
        raw(out, "BEGIN", "VEVENT");
        text(out, "UID", &self.uid);
        raw(out, "DTSTAMP", &instant(changed));
        raw(out, "LAST-MODIFIED", &instant(changed));
        raw(out, "SEQUENCE", &sequence.to_string());
        raw(out, "DTSTART", &instant(self.begins));
        raw(out, "DTEND", &instant(self.begins + self.lasts));
        text(out, "SUMMARY", &self.summary);
        text(out, "DESCRIPTION", &self.description);
        if self.cancelled {
            raw(out, "STATUS", "CANCELLED");
        }
        // The time stays free: nobody has to be there.
        raw(out, "TRANSP", "TRANSPARENT");
        raw(out, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
        for before in &self.alarms {
            raw(out, "BEGIN", "VALARM");
            raw(out, "ACTION", "DISPLAY");
            text(out, "DESCRIPTION", &self.summary);
            raw(out, "TRIGGER", &format!("-PT{}M", before.num_minutes()));
            raw(out, "END", "VALARM");
        }
        raw(out, "END", "VEVENT");
    }
}
