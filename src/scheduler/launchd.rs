//! launchd of macOS: one property list. It knows the clock on the wall of that computer and no years, so that the times are
//! told by that clock, and would come again in a year: the week is over then, and nothing is sent.
//!
//! launchd wakes no computer. What fell into its sleep is started once when it wakes; what fell into the time that it was
//! off, when it is on again (`RunAtLoad`), and within the week's grace that is early enough.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Utc};

use crate::scheduler::text_file::{MARK, TextFile};
use crate::scheduler::timetable::{MINUTES_BETWEEN, Timetable};
use crate::scheduler::xml::escaped;

/// The file of a project.
#[must_use]
pub fn label_file(name: &str) -> String {
    format!("{name}.plist")
}

pub(in crate::scheduler) fn files(
    timetable: &Timetable,
    wall: &dyn Fn(DateTime<Utc>) -> NaiveDateTime,
) -> Vec<TextFile> {
    let mut times = String::new();
    for slot in &timetable.slots {
        let due = wall(slot.due.with_timezone(&Utc));
        times.push_str(&time(due.date(), Some(due.hour()), due.minute()));
    }
    for date in dates(timetable, wall) {
        for minute in (0..60).step_by(MINUTES_BETWEEN as usize) {
            // Without an hour it means every hour.
            times.push_str(&time(date, None, minute));
        }
    }
    vec![TextFile { name: label_file(&timetable.name), bytes: text(timetable, &times).into_bytes() }]
}

/// The dates that a day's window touches, each once.
fn dates(timetable: &Timetable, wall: &dyn Fn(DateTime<Utc>) -> NaiveDateTime) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = Vec::new();
    for (from, until) in timetable.stretches() {
        let last = wall(until).date();
        dates.extend(wall(from).date().iter_days().take_while(|date| *date <= last));
    }
    dates.sort();
    dates.dedup();
    dates
}

fn time(date: NaiveDate, hour: Option<u32>, minute: u32) -> String {
    let hour = hour.map(|hour| format!("<key>Hour</key><integer>{hour}</integer>")).unwrap_or_default();
    format!(
        "    <dict><key>Month</key><integer>{}</integer><key>Day</key><integer>{}</integer>{hour}<key>Minute</key>\
         <integer>{minute}</integer></dict>\n",
        date.month(),
        date.day()
    )
}

fn text(timetable: &Timetable, times: &str) -> String {
    let words: String = std::iter::once(timetable.program.as_str())
        .chain(timetable.arguments())
        .map(|word| format!("    <string>{}</string>\n", escaped(word)))
        .collect();
    let account = timetable.account.as_ref();
    let account = account
        .map(|name| format!("  <key>UserName</key>\n  <string>{}</string>\n", escaped(name)))
        .unwrap_or_default();
    let log = escaped(&format!("{}/run.log", timetable.project.trim_end_matches('/')));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- {MARK}. Its next run replaces this file, and weekcast uninstall removes it. -->\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n  \
           <key>Label</key>\n  <string>{label}</string>\n  \
           <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n{account}  \
           <key>StartCalendarInterval</key>\n  <array>\n{times}  </array>\n  \
           <key>RunAtLoad</key>\n  <true/>\n  \
           <key>ExitTimeOut</key>\n  <integer>660</integer>\n  \
           <key>Umask</key>\n  <integer>63</integer>\n  \
           <key>StandardOutPath</key>\n  <string>{log}</string>\n  \
           <key>StandardErrorPath</key>\n  <string>{log}</string>\n\
         </dict>\n</plist>\n",
        label = escaped(&timetable.name),
    )
}
