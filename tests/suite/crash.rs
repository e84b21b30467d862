//! kill -9 at chosen moments, a second sender, signals: at most one copy each, nobody lost, the doubt named.

use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Gate, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn one_connection(server: &SmtpServer) -> Workspace {
    Workspace::small_week().settings(&smtp_settings(server.port(), "connections = 1")).at(MONDAY_MORNING)
}

#[test]
fn killed_before_the_dot_everybody_is_sent_to_once() {
    let gate = Gate::new();
    // The first message: an acceptance before it might still be on its way to the disk, and would then be in doubt.
    let server = SmtpServer::with(at(Stage::Data).to("asha@*").nth(1).holds(&gate));
    let workspace = one_connection(&server);
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    running.kill();
    gate.open();
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn killed_while_the_server_had_it_the_message_is_in_doubt_and_not_sent_again() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::AfterAccept).to("chloe@*").nth(1).holds(&gate));
    let workspace = one_connection(&server);
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    running.kill();
    gate.open();
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["counts"]["in_doubt"], 1, "known before anything is sent again");
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(1).json();
    // One for the one connection: Ben's acceptance went to the disk with Chloe's `sending`, before her dot.
    assert_eq!(status["broadcasts"][0]["counts"]["in_doubt"], 1);
    assert_eq!(status["broadcasts"][0]["counts"]["accepted"], 5);
    assert_eq!(server.journal().recipients(), PEOPLE);
    let names = workspace.run(["status", "monday", "--recipients"]).succeeds();
    names.says("chloe@board.example").says("in doubt").says("weekcast resolve monday --as accepted");
}

#[test]
fn a_doubt_window_is_what_a_crash_leaves_in_doubt_for_each_connection() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::AfterAccept).to("asha@*").nth(1).holds(&gate));
    let settings = smtp_settings(server.port(), "connections = 1") + "\n[ledger]\ndoubt_window = 4\n";
    let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
    workspace.run(["plan", "monday"]).succeeds().says("up to 4 messages can be in doubt (4 for each of 1 connection)");
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    running.kill();
    gate.open();
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(1).json();
    // The server had Asha's; the other three were only marked.
    assert_eq!(status["broadcasts"][0]["counts"]["in_doubt"], 4);
    assert_eq!(status["broadcasts"][0]["counts"]["accepted"], 2);
    assert_eq!(server.journal().recipients(), [PEOPLE[0], PEOPLE[4], PEOPLE[5]]);
}

#[test]
fn what_was_marked_ahead_and_not_sent_goes_out_later() {
    // The second connection finds a server again; nobody is in doubt, because every answer was read.
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").nth(1).replies("421 4.3.2 closing"));
    let settings = smtp_settings(server.port(), "connections = 1") + "\n[ledger]\ndoubt_window = 3\n";
    let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    let mut recipients = server.journal().recipients();
    recipients.sort();
    assert_eq!(recipients, PEOPLE);
}

#[test]
fn a_second_sender_is_turned_away_and_nothing_is_doubled() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::Data).nth(1).holds(&gate));
    let workspace = one_connection(&server);
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    workspace.run(["send", "monday", "--yes"]).exits(75).complains("another weekcast is sending");
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "sending");
    gate.open();
    running.wait().succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[cfg(unix)]
#[test]
fn one_interrupt_finishes_what_is_in_flight_and_says_how_to_go_on() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::AfterAccept).nth(2).holds(&gate));
    let workspace = one_connection(&server);
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    running.signal("INT");
    gate.open();
    let run = running.wait();
    run.exits(75).says("weekcast send monday");
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["counts"]["in_doubt"], 0);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[cfg(unix)]
#[test]
fn two_interrupts_stop_at_once_and_the_doubt_is_named() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::AfterAccept).nth(1).holds(&gate));
    let workspace = one_connection(&server);
    let running = workspace.spawn(["send", "monday", "--yes"]);
    gate.wait_for_arrivals(1);
    running.signal("INT");
    running.waits_to_complain("stopping");
    running.signal("INT");
    running.wait().exits(75);
    gate.open();
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(1).json();
    assert_eq!(status["broadcasts"][0]["counts"]["in_doubt"], 1);
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn an_older_copy_of_the_ledger_or_none_at_all_sends_nothing_again() {
    let server = SmtpServer::takes_all();
    let workspace = one_connection(&server);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let ledger = workspace.path().join("weekcast.db");
    let after_monday = std::fs::read(&ledger).unwrap();
    workspace.run(["resend", "monday", "--only", "asha@board.example", "--yes"]);
    std::fs::remove_file(&ledger).unwrap();
    for command in [vec!["send", "monday", "--yes"], vec!["status"], vec!["run", "--once"]] {
        workspace.run(command).exits(74).complains("is gone").complains("put the newest ledger back");
    }
    let sent = server.journal().recipients().len();
    std::fs::write(&ledger, after_monday).unwrap();
    workspace.run(["send", "monday", "--yes"]).exits(74).complains("is older than the one that was last used here");
    assert_eq!(server.journal().recipients().len(), sent);
}
