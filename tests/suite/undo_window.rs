//! The two minutes before the first message, on a real pseudo-terminal, which util-linux's `script` makes. The keys are
//! pressed when the countdown is seen.
#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::collected::Collected;
use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

/// A command on a terminal.
struct Terminal {
    script: Child,
    shown: Arc<Collected>,
    deadline: Instant,
}

impl Terminal {
    /// Nothing where there is no `script`.
    fn of(workspace: &Workspace, command: &str) -> Option<Self> {
        let program = env!("CARGO_BIN_EXE_weekcast");
        let line = format!("{program} --project {} --now 2027-03-15T08:31:00Z {command}", workspace.path().display());
        let script = Command::new("script")
            .args(["--quiet", "--return", "--flush", "--command", &line, "/dev/null"])
            .env("TERM", "dumb")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut script) = script else {
            eprintln!("skipped: undo window: there is no script(1)");
            return None;
        };
        let shown = Collected::from(script.stdout.take().unwrap());
        Some(Self { script, shown, deadline: Instant::now() + Duration::from_secs(60) })
    }

    fn type_when(&mut self, seen: &str, keys: &str) {
        assert!(self.shown.wait_for(seen, self.deadline), "{seen:?} was never shown: {}", self.shown.text());
        self.script.stdin.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// What was shown, and the status.
    fn end(mut self) -> (String, i32) {
        let status = self.script.wait().unwrap().code().unwrap();
        assert!(self.shown.wait_for_end(self.deadline));
        (self.shown.text(), status)
    }
}

#[test]
fn control_c_in_the_window_leaves_everything_as_it_was() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    for (command, answer) in [("send monday", Some("monday\n")), ("run", None), ("run --once", None)] {
        let Some(mut terminal) = Terminal::of(&workspace, command) else { return };
        if let Some(answer) = answer {
            terminal.type_when("Type the day's name", answer);
        }
        terminal.type_when("Sending begins in 1:5", "\u{3}");
        let (shown, status) = terminal.end();
        assert_eq!(status, 76, "{command}: {shown}");
        assert!(shown.contains("stopped before the first message: nothing was sent"), "{command}: {shown}");
    }
    assert!(server.commands().is_empty());
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "planned");
    workspace.run(["history"]).succeeds().conceals("sending began");
}

#[test]
fn enter_sends_now_and_a_second_enter_behind_the_answer_does_not() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    let Some(mut terminal) = Terminal::of(&workspace, "send monday") else { return };
    terminal.type_when("Type the day's name", "monday\n\n");
    terminal.type_when("Sending begins in 1:58", "\n");
    let (shown, status) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn nobody_waits_where_nobody_is_there_or_who_said_so() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    let Some(terminal) = Terminal::of(&workspace, "run --once --no-wait") else { return };
    let (shown, status) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert!(!shown.contains("Sending begins"), "{shown}");
    let again = workspace.at("2027-03-16T08:31:00Z");
    again.run(["send", "tuesday", "--yes"]).succeeds().conceals("Sending begins");
    assert_eq!(server.accepted().len(), 12);
}

/// The signals are heard behind the window as they were before it.
#[test]
fn control_c_behind_the_window_ends_the_sending_in_order_and_the_second_at_once() {
    let server = SmtpServer::with(at(Stage::Rcpt).hangs());
    let workspace = Workspace::small_week_to(server.port());
    let Some(mut terminal) = Terminal::of(&workspace, "send monday") else { return };
    terminal.type_when("Type the day's name", "monday\n");
    terminal.type_when("Sending begins in 1:58", "\n");
    server.wait_until(|journal| journal.count("RCPT") > 0);
    terminal.type_when("Sending begins in 1:58", "\u{3}");
    terminal.type_when("stopping: what is in flight is finished first", "\u{3}");
    let (shown, status) = terminal.end();
    assert_eq!(status, 75, "{shown}");
}
