//! When what is started, and for whom: everything that the texts are made from.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// What the scheduler is to start, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// What the scheduler calls it: see [`name`](fn@crate::scheduler::name).
    pub name: String,
    /// The program, by its whole path on the computer that sends.
    pub program: String,
    /// The project folder, by its whole path there.
    pub project: String,
    /// The week's name.
    pub week: String,
    /// The days of the week, by date.
    pub slots: Vec<Slot>,
    /// Whose rights it runs with: `None` for those of whoever installs it, for that person alone; somebody's for the whole
    /// computer.
    pub account: Option<String>,
}

/// A day: when it is due, and until when another try makes sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// When it is due, in the week's zone.
    pub due: DateTime<Tz>,
    /// Until when those who were put off are tried again.
    pub until: DateTime<Utc>,
}

/// Minutes between two looks while a day's window is open: whoever was put off waits five minutes at least, and a server
/// that could not be reached is not asked all the time.
pub(in crate::scheduler) const MINUTES_BETWEEN: u32 = 15;

impl Timetable {
    /// What `weekcast` is started with.
    pub(in crate::scheduler) fn arguments(&self) -> [&str; 6] {
        ["--project", &self.project, "--week", &self.week, "run", "--once"]
    }

    /// The stretches of time in which days' windows are open; windows that meet are one stretch.
    pub(in crate::scheduler) fn stretches(&self) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let mut stretches: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
        for slot in &self.slots {
            let (from, until) = (slot.due.with_timezone(&Utc), slot.until);
            match stretches.last_mut() {
                Some((_, end)) if *end >= from => *end = (*end).max(until),
                _ => stretches.push((from, until)),
            }
        }
        stretches
    }
}

#[cfg(test)]
pub(in crate::scheduler) mod sample {
    use chrono::{TimeDelta, TimeZone as _, Utc};
    use chrono_tz::Europe::London;

    use super::{Slot, Timetable};

    /// Three days over the change to summer time (28 March 2027), Monday off.
    pub(in crate::scheduler) fn timetable() -> Timetable {
        let due = |month, day, hour| London.with_ymd_and_hms(2027, month, day, hour, 30, 0).unwrap();
        let slot = |month, day, hour, hours| {
            let due = due(month, day, hour);
            Slot { due, until: due.with_timezone(&Utc) + TimeDelta::hours(hours) }
        };
        Timetable {
            name: "weekcast-broadcasts-0123abcd".to_owned(),
            program: "/usr/bin/weekcast".to_owned(),
            project: "/srv/board/broadcasts".to_owned(),
            week: "march".to_owned(),
            slots: vec![slot(3, 26, 8, 71), slot(3, 29, 8, 24), slot(3, 30, 8, 96)],
            account: None,
        }
    }

    #[test]
    fn windows_that_meet_are_one_stretch() {
        let mut timetable = timetable();
        let shown = |timetable: &Timetable| -> Vec<String> {
            timetable.stretches().iter().map(|(from, until)| format!("{from:?} {until:?}")).collect()
        };
        let meeting = ["2027-03-26T08:30:00Z 2027-04-03T07:30:00Z"];
        assert_eq!(shown(&timetable), meeting);
        timetable.slots[0].until -= TimeDelta::hours(1);
        assert_eq!(
            shown(&timetable),
            ["2027-03-26T08:30:00Z 2027-03-29T06:30:00Z", "2027-03-29T07:30:00Z 2027-04-03T07:30:00Z"]
        );
    }
}
