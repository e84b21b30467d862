//! The two minutes before the first message, on a real terminal. The keys are pressed when the countdown is seen.
#![cfg(target_os = "linux")]

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::terminal::Terminal;
use crate::support::workspace::Workspace;

#[test]
fn control_c_in_the_window_leaves_everything_as_it_was() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    for (command, answer) in [("send monday", Some("monday")), ("run", None), ("run --once", None)] {
        let Some(mut terminal) = Terminal::of(&workspace, command) else { return };
        if let Some(answer) = answer {
            terminal.answers("Type the day's name", answer);
        }
        terminal.sees("Sending begins in 1:5");
        terminal.types("\u{3}");
        let (shown, status) = terminal.ends();
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
    terminal.answers("Type the day's name", "monday\n");
    terminal.answers("Sending begins in 1:58", "");
    let (shown, status) = terminal.ends();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn nobody_waits_where_nobody_is_there_or_who_said_so() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    let Some(terminal) = Terminal::of(&workspace, "run --once --no-wait") else { return };
    let (shown, status) = terminal.ends();
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
    terminal.answers("Type the day's name", "monday");
    terminal.answers("Sending begins in 1:58", "");
    server.wait_until(|journal| journal.count("RCPT") > 0);
    terminal.types("\u{3}");
    terminal.sees("stopping: what is in flight is finished first");
    terminal.types("\u{3}");
    let (shown, status) = terminal.ends();
    assert_eq!(status, 75, "{shown}");
}
