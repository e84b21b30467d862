//! A disk that is full: the run stops with the doubt named, and no message is at the server that the ledger does not know.
#![cfg(unix)]

use serde_json::Value;

use crate::support::run::Run;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn workspace(server: &SmtpServer) -> Workspace {
    Workspace::small_week().settings(&smtp_settings(server.port(), "connections = 1")).at(MONDAY_MORNING)
}

fn status(workspace: &Workspace) -> Value {
    workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json()
}

/// Every copy at the server stands in the ledger as accepted or in doubt, and everybody accepted is there.
fn assert_same_story(status: &Value, server: &SmtpServer, limit: u32) {
    let copies = server.journal().recipients();
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    for who in PEOPLE {
        let number = copies.iter().filter(|recipient| *recipient == who).count();
        let state = deliveries.iter().find(|delivery| delivery["address"] == who).map(|delivery| &delivery["state"]);
        let state = state.and_then(Value::as_str).unwrap_or("pending");
        let fits = match state {
            "accepted" => number == 1,
            "in_doubt" => number <= 1,
            _ => number == 0,
        };
        assert!(fits, "limit {limit}: {who} is {state}, and the server has {number}");
    }
}

fn explains(run: &Run, limit: u32) {
    assert_eq!(run.status, 74, "limit {limit}\n{}", run.transcript());
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("ledger"), "limit {limit}\n{}", run.transcript());
    let next =
        "look whether the disk is full, then give the same command again: it goes on where it stopped, and names what";
    assert!(said.contains(next), "limit {limit}\n{}", run.transcript());
    assert!(!said.contains("panicked"), "limit {limit}\n{}", run.transcript());
}

#[test]
fn at_whatever_moment_the_disk_is_full_the_ledger_knows_what_the_server_has() {
    let mut failed_while_sending = 0;
    let mut limit = 8;
    loop {
        let server = SmtpServer::takes_all();
        let workspace = workspace(&server);
        let run = workspace.invoke(["send", "monday", "--yes"]).file_limit(limit).run();
        if run.status == 0 {
            break;
        }
        explains(&run, limit);
        let status = status(&workspace);
        assert_same_story(&status, &server, limit);
        let taken = server.accepted().len();
        failed_while_sending += usize::from(taken > 0);
        let doubts = status["broadcasts"][0]["counts"]["in_doubt"].as_u64().unwrap();
        assert!(doubts <= 1, "one connection, one doubt at most; limit {limit}: {doubts}");
        // With room again it goes on, and only the doubt is left to a person.
        let run = workspace.run(["send", "monday", "--yes"]);
        assert_eq!(run.status, i32::from(doubts > 0), "limit {limit}\n{}", run.transcript());
        assert_eq!(
            run.stdout.contains("weekcast does not send to doubtful ones by itself"),
            doubts > 0,
            "limit {limit}"
        );
        let missing = 6 - server.journal().recipients().len();
        assert!(missing as u64 <= doubts, "limit {limit}");
        server.assert_no_violations();
        limit += 40;
        assert!(limit < 2_000, "the send of six needs so much room?");
    }
    assert!(failed_while_sending > 0, "no limit struck while messages were on their way");
}

#[test]
fn a_ledger_that_cannot_be_opened_says_what_to_look_at() {
    let workspace = Workspace::small_week().file("weekcast.db", "no database");
    let send = workspace.run(["send", "monday", "--yes", "--early"]).exits(74).complains("cannot be opened");
    send.complains("help: look whether you may write in the project's folder");
    assert_eq!(workspace.read("weekcast.db"), "no database");
}
