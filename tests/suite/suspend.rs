//! A laptop that is closed in the middle of a run, and a service that is told to end: what was in flight is finished or named,
//! and nobody gets two copies.
#![cfg(unix)]

use crate::support::program::Running;
use crate::support::run::Run;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Gate, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn one_connection(server: &SmtpServer) -> Workspace {
    Workspace::small_week().settings(&smtp_settings(server.port(), "connections = 1")).at(MONDAY_MORNING)
}

fn send(workspace: &Workspace) -> Running {
    workspace.spawn(["--patience", "50000", "send", "monday", "--yes"])
}

/// The counts of Monday that a test is about.
fn counts(workspace: &Workspace) -> [u64; 3] {
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    ["accepted", "in_doubt", "due"].map(|name| status["broadcasts"][0]["counts"][name].as_u64().unwrap())
}

/// A send that was stopped, as when a laptop is closed, while the server holds back a reply.
struct Suspended {
    gate: Gate,
    server: SmtpServer,
    workspace: Workspace,
    running: Running,
}

impl Suspended {
    /// Stopped at a stage of the message to `recipient`.
    fn at(stage: Stage, recipient: &str) -> Self {
        let gate = Gate::new();
        let server = SmtpServer::with(at(stage).to(recipient).nth(1).holds(&gate));
        let workspace = one_connection(&server);
        let running = send(&workspace);
        gate.wait_for_arrivals(1);
        running.signal("STOP");
        Self { gate, server, workspace, running }
    }

    /// Goes on to the end, after the server has answered or the connection was cut.
    fn goes_on(self) -> (Run, SmtpServer, Workspace) {
        self.gate.open();
        self.running.signal("CONT");
        (self.running.wait(), self.server, self.workspace)
    }
}

#[test]
fn a_connection_that_died_during_a_suspension_is_made_again_and_everybody_gets_one() {
    let suspended = Suspended::at(Stage::Data, "chloe@*");
    suspended.server.cut();
    let (run, server, _workspace) = suspended.goes_on();
    run.succeeds().says("accepted 6 of 6");
    assert_eq!(server.journal().recipients(), PEOPLE);
    assert_eq!(server.journal().connections, 2);
    server.assert_no_violations();
}

#[test]
fn a_reply_that_was_lost_during_a_suspension_is_doubt() {
    let suspended = Suspended::at(Stage::AfterAccept, "chloe@*");
    suspended.server.cut();
    let (run, server, workspace) = suspended.goes_on();
    run.exits(1).says("1 in doubt");
    assert_eq!(counts(&workspace), [5, 1, 0]);
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn a_reply_that_came_during_a_suspension_is_read_after_it() {
    let suspended = Suspended::at(Stage::AfterAccept, "chloe@*");
    suspended.gate.open();
    // Somebody looks meanwhile, which neither waits nor changes anything.
    let status = suspended.workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "sending");
    let (run, server, _workspace) = suspended.goes_on();
    run.succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn a_sender_that_is_suspended_keeps_others_from_sending() {
    let suspended = Suspended::at(Stage::Data, "asha@*");
    suspended.workspace.run(["send", "monday", "--yes"]).exits(75).complains("another weekcast is sending");
    suspended.workspace.run(["run", "--once"]).exits(75);
    let (run, server, _workspace) = suspended.goes_on();
    run.succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn told_to_end_it_finishes_what_is_in_flight_and_says_how_to_go_on() {
    for command in [&["send", "monday", "--yes"][..], &["run"], &["run", "--once"]] {
        let gate = Gate::new();
        let server = SmtpServer::with(at(Stage::AfterAccept).nth(2).holds(&gate));
        let workspace = one_connection(&server);
        let running = workspace.spawn(command);
        gate.wait_for_arrivals(1);
        running.signal("TERM");
        if command[0] == "send" {
            running.waits_to_complain("stopping: what is in flight is finished first");
        }
        gate.open();
        let run = running.wait();
        assert_eq!(run.status, 75, "{}", run.transcript());
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains("To go on: weekcast send monday"), "{}", run.transcript());
        let [accepted, doubts, due] = counts(&workspace);
        assert_eq!((accepted + due, doubts), (6, 0), "{}", run.transcript());
        assert_eq!(server.journal().recipients(), PEOPLE[..accepted as usize]);
        workspace.run(["send", "monday", "--yes"]).succeeds();
        assert_eq!(server.journal().recipients(), PEOPLE);
        server.assert_no_violations();
    }
}
