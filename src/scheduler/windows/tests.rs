//! The times, the escapes and what is refused.

use super::{files, instant, utf16};
use crate::scheduler::timetable::sample::timetable;
use crate::scheduler::{Kind, Timetable, texts};

fn decoded(bytes: &[u8]) -> String {
    assert_eq!(&bytes[..2], [0xff, 0xfe], "the mark of UTF-16");
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn odd() -> Timetable {
    Timetable {
        program: "C:\\Program Files\\R&D\\weekcast.exe".into(),
        project: "C:\\B\u{f6}rd <1>".into(),
        account: Some("BOARD\\officer".into()),
        ..timetable()
    }
}

#[test]
fn times_are_instants_and_only_the_first_task_wakes() {
    let [due, again]: [String; 2] =
        files(&odd()).iter().map(|file| decoded(&file.bytes)).collect::<Vec<_>>().try_into().unwrap();
    let starts: Vec<&str> = due.lines().filter(|line| line.contains("<StartBoundary>")).map(str::trim).collect();
    let start = |at: &str| format!("<StartBoundary>{at}</StartBoundary>");
    // The clocks went forward between the first day and the second.
    assert_eq!(starts, ["2027-03-26T08:30:00Z", "2027-03-29T07:30:00Z", "2027-03-30T07:30:00Z"].map(start));
    assert!(due.contains("<WakeToRun>true<") && again.contains("<WakeToRun>false<"));
    assert!(again.contains("<Interval>PT15M</Interval>\r\n        <Duration>PT11460M</Duration>"), "{again}");
    assert_eq!(again.matches("<TimeTrigger>").count(), 1);
}

#[test]
fn values_are_escaped_twice_for_the_command_line_and_for_xml() {
    let due = decoded(&files(&odd())[0].bytes);
    assert!(due.contains("<Command>C:\\Program Files\\R&amp;D\\weekcast.exe</Command>"), "{due}");
    let arguments = "--log &quot;C:\\B\u{f6}rd &lt;1&gt;\\run.log&quot; --project &quot;C:\\B\u{f6}rd &lt;1&gt;&quot; \
                     --week march run --once";
    assert!(due.contains(&format!("<Arguments>{arguments}</Arguments>")), "{due}");
    assert!(due.contains("<UserId>BOARD\\officer</UserId>\r\n      <LogonType>S4U</LogonType>"), "{due}");
}

#[test]
fn what_windows_cannot_hold_is_refused() {
    let wall = |at: chrono::DateTime<chrono::Utc>| at.naive_utc();
    assert!(texts(&odd(), Kind::Windows, &wall).is_ok());
    assert!(texts(&timetable(), Kind::Windows, &wall).is_err(), "its paths are those of Linux");
    assert_eq!(utf16("a\n"), [0xff, 0xfe, b'a', 0, b'\r', 0, b'\n', 0]);
    assert_eq!(instant(chrono::DateTime::UNIX_EPOCH), "1970-01-01T00:00:00Z");
}
