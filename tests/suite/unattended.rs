//! `run` and `run --once`: each day at its time, held when late, nothing twice.

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

fn workspace(server: &SmtpServer, now: &str) -> Workspace {
    Workspace::small_week_to(server.port()).at(now)
}

#[test]
fn before_its_time_run_once_sends_nothing() {
    let server = SmtpServer::takes_all();
    workspace(&server, "2027-03-15T08:29:59Z").run(["run", "--once"]).succeeds();
    assert!(server.commands().is_empty());
}

#[test]
fn a_machine_woken_within_grace_sends_and_again_does_not_double() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server, "2027-03-15T10:30:00Z");
    workspace.run(["run", "--once"]).succeeds().complains("accepted 6 of 6");
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn a_machine_woken_too_late_holds_the_day_and_the_next_one_goes_out_alone() {
    let server = SmtpServer::takes_all();
    let mut workspace = workspace(&server, "2027-03-15T16:00:00Z");
    workspace.run(["run", "--once"]).exits(76).complains("held").complains("--late");
    assert!(server.accepted().is_empty());
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).exits(76);
    assert_eq!(server.accepted().len(), 6, "only Tuesday's");
    assert!(server.accepted().iter().all(|message| message.text().contains("Listening to children")));
}

#[test]
fn a_clock_set_back_sends_nothing_again() {
    let server = SmtpServer::takes_all();
    let mut workspace = workspace(&server, "2027-03-15T08:31:00Z");
    workspace.run(["run", "--once"]).succeeds();
    for now in ["2027-03-14T08:31:00Z", "2027-03-15T08:30:00Z", "2026-03-15T08:31:00Z"] {
        workspace.set_now(now);
        workspace.run(["run", "--once"]).succeeds();
    }
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn deferred_ones_wait_for_their_time_and_expire_with_the_window() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("450 4.2.0 later"));
    let mut workspace = workspace(&server, "2027-03-15T08:31:00Z");
    workspace.run(["run", "--once"]).exits(75);
    let tried = |server: &SmtpServer| {
        let seen = server.commands();
        seen.iter().filter(|seen| seen.line.starts_with("RCPT TO:<ben@board.example>")).count()
    };
    assert_eq!(tried(&server), 1);
    workspace.run(["run", "--once"]).exits(75);
    assert_eq!(tried(&server), 1);
    workspace.set_now("2027-03-15T08:40:00Z");
    workspace.run(["run", "--once"]).exits(75);
    assert_eq!(tried(&server), 2);
    workspace.run(["history"]).succeeds().says("not everybody has it: 1 to be tried again later").conceals("complete");
}

#[test]
fn run_stays_until_the_week_is_over_and_ends_on_a_signal() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server, "2027-03-15T08:29:58Z");
    let running = workspace.spawn(["run"]);
    running.waits_to_complain("waiting until Tuesday 16 March 2027 at 08:30");
    assert_eq!(server.journal().recipients(), PEOPLE);
    running.signal("TERM");
    running.wait().succeeds();
}

#[test]
fn a_server_that_cannot_be_reached_costs_nobody_anything() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let workspace = Workspace::small_week_to(port).at("2027-03-15T08:31:00Z");
    workspace.run(["run", "--once"]).exits(69).complains("cannot be reached");
    let running = workspace.spawn(["run"]);
    running.waits_to_complain("cannot be reached");
    running.signal("TERM");
    running.wait().exits(69);
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["counts"]["due"], 6);
    // Both ended in order, and said why.
    workspace.run(["history"]).succeeds().says("cannot be reached").conceals("broke off");
}
