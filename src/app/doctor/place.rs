//! The project folder and the machine: settings, week, lists, space, clock.

use chrono::TimeDelta;
use chrono_tz::Europe::London;

use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::app::prepare::{Purpose, exit_for, prepare};
use crate::exit::Exit;
use crate::model::{Findings, Severity, count};
use crate::settings::{SETTINGS_FILE, Settings};

/// Clocks are set by small steps all day; more than this is a clock that is wrong.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// Less than this is not enough for the ledger of a large list and what SQLite lays beside it.
const LITTLE_SPACE: u64 = 500_000_000;

pub(crate) fn settings(app: &App, findings: Findings) -> Point {
    const NAME: &str = "settings";
    let findings = findings.sorted();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        let says = format!("{SETTINGS_FILE} has {}", count(errors, "error"));
        return Point::bad(NAME, exit_for(&findings), says, "see them, each with its line: weekcast check");
    }
    if !app.project.has(SETTINGS_FILE) {
        let says = format!("there is no {SETTINGS_FILE}, so mail goes to the folder outbox/ and nowhere else");
        return Point::care(NAME, says, "README shows what IT writes into it");
    }
    match findings.len() {
        0 => Point::good(NAME, format!("{SETTINGS_FILE} can be read")),
        warnings => {
            Point::care(NAME, format!("{SETTINGS_FILE} has {}", count(warnings, "warning")), "see: weekcast check")
        }
    }
}

pub(crate) fn week(app: &App) -> Option<Point> {
    const NAME: &str = "week";
    let name = match app.week_name() {
        Ok(name) => name,
        Err(fault) => {
            let next = fault.help.clone().unwrap_or_else(|| "name one with --week NAME".to_owned());
            return Some(Point::care(NAME, fault.to_string(), next));
        }
    };
    let findings = prepare(app, &name, Purpose::Look).findings;
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let says = format!("\"{name}\": {}, {}", count(errors, "error"), count(warnings, "warning"));
    Some(match (errors, warnings) {
        (0, 0) => Point::good(NAME, format!("\"{name}\" has no errors")),
        (0, _) => Point::care(NAME, says, "see: weekcast check"),
        _ => Point::bad(NAME, exit_for(&findings), says, "see them, each with its line: weekcast check"),
    })
}

pub(crate) fn lists(app: &App) -> Point {
    const NAME: &str = "lists";
    const FILE: &str = "recipients.toml";
    if !app.project.has(FILE) {
        let next = "copy recipients.example.toml to recipients.toml and put your own people in it";
        return Point::care(NAME, format!("there is no {FILE}"), next);
    }
    #[cfg(unix)]
    if let Ok(about) = std::fs::metadata(app.project.join(FILE)) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = about.permissions().mode() & 0o777;
        if mode & 0o007 != 0 {
            let says = format!("{FILE} can be read by everybody on this computer (mode {mode:o}); it is personal data");
            return Point::care(NAME, says, format!("allow only yourself: chmod 600 {FILE}"));
        }
    }
    Point::good(NAME, format!("{FILE} is there"))
}

pub(crate) fn free_space(app: &App) -> Point {
    const NAME: &str = "free space";
    match fs4::available_space(app.project.root()) {
        Err(error) => Point::care(NAME, format!("cannot be told: {error}"), "look at the disk yourself"),
        Ok(free) if free < LITTLE_SPACE => {
            let says = format!("{} MB are left on the disk of the project", free / 1_000_000);
            Point::care(NAME, says, "make room: without it a run stops, and messages in flight are in doubt")
        }
        Ok(free) => Point::good(NAME, format!("{}.{} GB", free / 1_000_000_000, free % 1_000_000_000 / 100_000_000)),
    }
}

pub(crate) fn clock(app: &App, settings: &Settings) -> Point {
    const NAME: &str = "clock";
    let now = app.now();
    let shown = now.with_timezone(&London).format("%A %-d %B %Y, %H:%M in London");
    let ledger = app.existing_ledger(&settings.ledger).ok().flatten();
    let editions = ledger.and_then(|ledger| ledger.editions(None).ok()).unwrap_or_default();
    if editions.iter().any(|(_, record)| record.begun_at > now + SLACK) {
        let says = format!("it is {shown} here, but the ledger holds a broadcast that was sent later than that");
        return Point::bad(NAME, Exit::Io, says, "set the computer's clock; days are sent by it");
    }
    Point::good(NAME, format!("it is {shown}"))
}
