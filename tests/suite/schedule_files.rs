//! What schedulers are told, as whole files: read by systemd's own checker, by the rules of Task Scheduler's schema, and as a
//! property list.

use std::path::Path;
use std::process::Command;

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::small_week::WEEK;
use crate::support::task_schema::complaints;
use crate::support::workspace::Workspace;
use crate::support::xml::Element;

/// The small week over the end of summer time, with a day of its own time.
fn workspace() -> Workspace {
    let week = WEEK.replace("starts = 2027-03-15", "starts = 2027-10-29");
    let week = week.replacen("[[broadcast]]\n", "[[broadcast]]\nat = \"09:15\"\n", 1);
    Workspace::small_week().week("march", &week).at("2027-03-01T10:00:00Z")
}

/// Writes the files of a scheduler to the project's folder `files`; their names and texts.
fn files(workspace: &Workspace, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let out = workspace.path().join("files");
    let _ = std::fs::remove_dir_all(&out);
    let out = out.to_string_lossy().into_owned();
    workspace.run(["install", "--out", &out].iter().chain(arguments)).succeeds();
    let read = |name: String| (name.clone(), std::fs::read(workspace.path().join("files").join(&name)).unwrap());
    workspace.names("files").into_iter().map(read).collect()
}

const LINUX: [&str; 6] = ["--for", "systemd", "--program", "/bin/true", "--folder", "/srv/board/my 5% \"week\" $HOME"];
const WINDOWS: [&str; 8] = [
    "--for",
    "windows",
    "--program",
    "C:\\Program Files\\R&D\\weekcast.exe",
    "--folder",
    "C:\\B\u{f6}rd <1>",
    "--user",
    "BOARD\\officer",
];
const MAC: [&str; 6] =
    ["--for", "launchd", "--program", "/usr/local/bin/weekcast", "--folder", "/Users/officer/Week & \u{e9}"];

#[test]
fn the_files_are_as_written_down() {
    let workspace = workspace();
    let mut names = Vec::new();
    for (kind, arguments) in [
        ("user", LINUX.to_vec()),
        ("system", [LINUX.as_slice(), &["--system", "--user", "officer"]].concat()),
        ("windows", WINDOWS.to_vec()),
        ("mac", MAC.to_vec()),
    ] {
        for (name, bytes) in files(&workspace, &arguments) {
            let name = format!("{kind}/{name}");
            let bytes = if name.ends_with(".xml") { utf16(&bytes).into_bytes() } else { bytes };
            assert_golden(&format!("install/{name}"), bytes);
            names.push(name);
        }
    }
    no_leftovers("install", &names);
}

#[test]
fn systemd_understands_its_units() {
    let Some(_) = analyze(&["--version"]) else { return };
    let workspace = workspace();
    for more in [&[][..], &["--system", "--user", "root"]] {
        let units = files(&workspace, &[LINUX.as_slice(), more].concat());
        assert_eq!(units.len(), 3);
        let paths = units.iter().map(|(name, _)| workspace.path().join("files").join(name));
        let paths: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
        let words: Vec<&str> = ["verify", "--man=no"].into_iter().chain(paths.iter().map(String::as_str)).collect();
        let (good, said) = analyze(&words).unwrap();
        assert!(good && said.is_empty(), "{said}");
        for (name, bytes) in &units {
            let text = String::from_utf8(bytes.clone()).unwrap();
            for event in text.lines().filter_map(|line| line.strip_prefix("OnCalendar=")) {
                let (good, said) = analyze(&["calendar", event]).unwrap();
                assert!(good && said.contains(&format!("Normalized form: {event}")), "{name}: {said}");
            }
        }
    }
    // Those of the Debian package, for an instance.
    let mut packaged = Vec::new();
    for unit in ["service", "timer"] {
        let text =
            std::fs::read_to_string(format!("{}/.packaging/weekcast@.{unit}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let path = workspace.path().join(format!("files/weekcast@srv-board.{unit}"));
        std::fs::write(&path, text.replace("/usr/bin/weekcast", "/bin/true")).unwrap();
        packaged.push(path.to_string_lossy().into_owned());
    }
    let words: Vec<&str> = ["verify", "--man=no"].into_iter().chain(packaged.iter().map(String::as_str)).collect();
    assert_eq!(analyze(&words).unwrap(), (true, String::new()));
    // The checker does find mistakes.
    let broken = workspace.path().join("files/broken.service");
    std::fs::write(&broken, "[Service]\nType=oneshot\nExecStart=relative\n").unwrap();
    assert!(!analyze(&["verify", &broken.to_string_lossy()]).unwrap().0);
}

/// systemd's checker: whether it is content, and what it says. Nothing where there is none.
fn analyze(arguments: &[&str]) -> Option<(bool, String)> {
    let output = Command::new("systemd-analyze").args(arguments).env("TZ", "UTC").output();
    let Ok(output) = output else {
        eprintln!("skipped: units of systemd: there is no systemd-analyze(1)");
        return None;
    };
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

#[test]
fn tasks_keep_to_the_schema_of_task_scheduler() {
    let workspace = workspace();
    let tasks = files(&workspace, &WINDOWS);
    assert_eq!(tasks.len(), 2);
    for (name, bytes) in &tasks {
        let task = Element::parse(&utf16(bytes));
        assert_eq!(complaints(&task), Vec::<String>::new(), "{name}");
        let exec = task.at("Actions/Exec");
        assert_eq!(exec.at("Command").text, "C:\\Program Files\\R&D\\weekcast.exe");
        assert_eq!(
            exec.at("Arguments").text,
            "--log \"C:\\B\u{f6}rd <1>\\run.log\" --project \"C:\\B\u{f6}rd <1>\" --week march run --once"
        );
        let again = name.ends_with("-again.xml");
        assert_eq!(task.at("Settings/WakeToRun").text, if again { "false" } else { "true" });
        assert_eq!(task.at("Settings/StartWhenAvailable").text, "true");
        assert_eq!(task.at("Principals/Principal/LogonType").text, "S4U");
    }
    // The rules do find mistakes: a trigger's parts in another order, a value of another type, an unknown element.
    for (old, new) in [
        ("      <Enabled>true</Enabled>\n      <StartBoundary>", "      <StartBoundary>"),
        ("<WakeToRun>true<", "<WakeToRun>yes<"),
        ("WakeToRun>", "WakeUp>"),
        ("<Interval>PT15M<", "<Interval>PT15S<"),
    ] {
        let text = utf16(&tasks[usize::from(!old.contains("Interval"))].1);
        assert!(text.contains(old), "{old}");
        let swapped = text.replace("</StartBoundary>\n", "</StartBoundary>\n      <Enabled>true</Enabled>\n");
        let changed = if new == "      <StartBoundary>" { swapped.replace(old, new) } else { text.replace(old, new) };
        assert_ne!(complaints(&Element::parse(&changed)), Vec::<String>::new(), "{old}");
    }
}

/// UTF-16 as Windows has it, with lines that end as elsewhere.
fn utf16(bytes: &[u8]) -> String {
    assert_eq!(&bytes[..2], [0xff, 0xfe], "the mark of UTF-16 is missing");
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).unwrap();
    assert!(!text.replace("\r\n", "").contains('\n'), "a line does not end with CR LF");
    text.replace("\r\n", "\n")
}

#[test]
fn the_property_list_is_one() {
    let workspace = workspace();
    let lists = files(&workspace, &MAC);
    let [(name, bytes)] = lists.as_slice() else { panic!("{} files", lists.len()) };
    let list = Element::parse(std::str::from_utf8(bytes).unwrap());
    assert_eq!((list.name.as_str(), list.names()), ("plist", vec!["dict"]));
    let value = |key: &str| {
        let pairs = list.at("dict").children.chunks(2);
        pairs.into_iter().find(|pair| pair[0].name == "key" && pair[0].text == key).map(|pair| &pair[1]).unwrap()
    };
    assert_eq!(format!("{}.plist", value("Label").text), *name);
    let words: Vec<&str> = value("ProgramArguments").children.iter().map(|word| word.text.as_str()).collect();
    let expected = "/usr/local/bin/weekcast --project /Users/officer/Week & \u{e9} --week march run --once";
    assert_eq!(words.join(" "), expected);
    let times = &value("StartCalendarInterval").children;
    let shown = |time: &Element| -> String {
        time.children.chunks(2).map(|pair| format!("{} {} ", pair[0].text, pair[1].text)).collect()
    };
    let shown: Vec<String> = times.iter().map(shown).collect();
    // Friday 29 October in summer time, and Monday 1 November, by the clock on the wall.
    assert_eq!(shown[..2], ["Month 10 Day 29 Hour 9 Minute 15 ", "Month 11 Day 1 Hour 8 Minute 30 "]);
    assert!(shown[2..].iter().all(|time| !time.contains("Hour")), "{shown:?}");
    assert_eq!(value("RunAtLoad").name, "true");
}

#[test]
fn what_the_other_computer_cannot_hold_is_refused() {
    let workspace = workspace();
    let refuses = |arguments: &[&str], words: &str| {
        workspace.run(["install", "--print"].iter().chain(arguments)).exits(64).complains(words);
    };
    refuses(&["--for", "windows"], "is no whole path on that computer");
    refuses(&["--for", "windows", "--program", "C:\\%A%\\w.exe", "--folder", "C:\\x"], "takes for a variable");
    refuses(&["--folder", "/srv/a\nb"], "a control character");
    refuses(&["--folder", "srv"], "is no whole path");
    refuses(&["--system"], "who it is to run as");
    assert!(!Path::new("/srv/a\nb").exists());
    workspace.run(["install", "--for", "windows"]).exits(64).complains("add --print");
}
