//! Task Scheduler of Windows: two tasks in its XML (MS-TSCH 2.5), in UTF-16 as `schtasks /Create /XML` reads it.
//!
//! Times are instants (`…Z`): they neither follow the zone of the computer nor shift when it changes. The first task wakes
//! the computer when a day is due; the second looks again every quarter of an hour and wakes nobody.
//!
//! Both run whether somebody is signed in or not, without a kept password (`S4U`). Such a task has the network, and so the
//! mail server, but not the shares, encrypted files and keyring of its account; the README says so.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::scheduler::quoted::windows_word;
use crate::scheduler::text_file::{MARK, TextFile};
use crate::scheduler::timetable::{MINUTES_BETWEEN, Timetable};
use crate::scheduler::xml::escaped;

/// The folder of the tasks in Task Scheduler's library.
pub const TASK_FOLDER: &str = "weekcast";

/// The names of a project's tasks in that folder: that of the days, and that which looks again.
#[must_use]
pub fn task_names(name: &str) -> [String; 2] {
    [name.to_owned(), format!("{name}-again")]
}

/// A run lasts no longer than the window of a day, which ends four days after it was due.
const LONGEST_RUN: &str = "P4D";

pub(in crate::scheduler) fn files(timetable: &Timetable) -> Vec<TextFile> {
    let due: String =
        timetable.slots.iter().map(|slot| trigger(&instant(slot.due.with_timezone(&Utc)), "", "")).collect();
    let again: String = timetable.stretches().into_iter().map(|(from, until)| again(from, until)).collect();
    let [first, second] = task_names(&timetable.name);
    [(first, due, true), (second, again, false)]
        .map(|(name, triggers, wakes)| TextFile {
            name: format!("{name}.xml"),
            bytes: utf16(&task(timetable, &triggers, wakes)),
        })
        .into()
}

/// The order of the elements is the schema's (MS-TSCH 2.5.3.1).
fn trigger(start: &str, end: &str, repetition: &str) -> String {
    format!(
        "    <TimeTrigger>\n      <Enabled>true</Enabled>\n      <StartBoundary>{start}</StartBoundary>\n{end}{repetition}    \
         </TimeTrigger>\n"
    )
}

fn again(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let minutes = (until - from).num_minutes().max(1);
    let repetition = format!(
        "      <Repetition>\n        <Interval>PT{MINUTES_BETWEEN}M</Interval>\n        <Duration>PT{minutes}M</Duration>\n        \
         <StopAtDurationEnd>false</StopAtDurationEnd>\n      </Repetition>\n"
    );
    let end = format!("      <EndBoundary>{}</EndBoundary>\n", instant(until));
    trigger(&instant(from), &end, &repetition)
}

fn task(timetable: &Timetable, triggers: &str, wakes: bool) -> String {
    let account = timetable.account.as_ref();
    let user = account.map(|account| format!("      <UserId>{}</UserId>\n", escaped(account))).unwrap_or_default();
    let log = format!("{}\\run.log", timetable.project.trim_end_matches(['\\', '/']));
    let arguments: Vec<String> = ["--log", &log].into_iter().chain(timetable.arguments()).map(windows_word).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n  \
           <RegistrationInfo>\n    \
             <Source>{MARK}</Source>\n    \
             <Description>weekcast sends what is due of the week {week}. weekcast install replaces this task, and weekcast \
               uninstall removes it.</Description>\n  \
           </RegistrationInfo>\n  \
           <Triggers>\n{triggers}  </Triggers>\n  \
           <Principals>\n    \
             <Principal id=\"Author\">\n{user}      \
               <LogonType>S4U</LogonType>\n      \
               <RunLevel>LeastPrivilege</RunLevel>\n    \
             </Principal>\n  \
           </Principals>\n  \
           <Settings>\n    \
             <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n    \
             <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n    \
             <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n    \
             <StartWhenAvailable>true</StartWhenAvailable>\n    \
             <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>\n    \
             <Enabled>true</Enabled>\n    \
             <WakeToRun>{wakes}</WakeToRun>\n    \
             <ExecutionTimeLimit>{LONGEST_RUN}</ExecutionTimeLimit>\n  \
           </Settings>\n  \
           <Actions Context=\"Author\">\n    \
             <Exec>\n      \
               <Command>{command}</Command>\n      \
               <Arguments>{arguments}</Arguments>\n      \
               <WorkingDirectory>{folder}</WorkingDirectory>\n    \
             </Exec>\n  \
           </Actions>\n\
         </Task>\n",
        week = escaped(&timetable.week),
        command = escaped(&timetable.program),
        arguments = escaped(&arguments.join(" ")),
        folder = escaped(&timetable.project),
    )
}

/// An instant as `xs:dateTime` in UTC.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// UTF-16, little endian, with its mark at the beginning, and lines that end as on Windows.
fn utf16(text: &str) -> Vec<u8> {
    let text = text.replace('\n', "\r\n");
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests;
