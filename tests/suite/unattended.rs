//! `run` and `run --once`: each day at its time, held when late, nothing twice.

use std::sync::Arc;

use weekcast::model::Held;

use crate::support::simulation::{Interrupted, instant, run_week};
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

/// A timer starts it every quarter of an hour, and cron mails what it says.
#[test]
fn what_is_held_is_named_once_for_each_reason_and_the_status_stays() {
    let server = SmtpServer::takes_all();
    let mut workspace = workspace(&server, "2027-03-15T08:31:00Z").edited(
        "broadcasts/march.toml",
        "[week]\n",
        "[week]\nsign_off = 1\n",
    );
    let silent = |workspace: &Workspace| {
        let run = workspace.run(["run", "--once"]).exits(76);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    };
    workspace.run(["run", "--once"]).exits(76).complains("monday: held, because it is not signed off");
    workspace.run(["proof", "monday", "--to", "lead@board.example"]).succeeds();
    silent(&workspace);
    workspace.run(["run", "--once", "--verbose"]).exits(76).complains("monday: held, because it is not signed off");
    workspace.run(["status"]).succeeds().says("monday: held, because it is not signed off");
    let json = workspace.run(["run", "--once", "--format", "json"]).exits(76).json();
    assert_eq!(json["broadcasts"][0]["held"], "not_signed_off");
    // A person did something about it, and it is held again: that is news.
    workspace.run(["sign-off", "monday", "--by", "Rowan Example", "--yes"]).succeeds();
    let edited = workspace.read("broadcasts/march.toml").replace("Please **book early**.", "Please book now.");
    workspace.write("broadcasts/march.toml", edited);
    workspace.run(["run", "--once"]).exits(76).complains("monday: held, because it is not signed off");
    silent(&workspace);
    workspace.set_now("2027-03-15T16:00:00Z");
    workspace.run(["run", "--once"]).exits(76).complains("monday: held, because its time is over");
    silent(&workspace);
    let history = workspace.run(["history"]).succeeds().stdout;
    assert_eq!(history.matches("  held  ").count(), 3, "{history}");
    assert_eq!(server.accepted().len(), 1, "the proof");
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
fn a_run_that_stays_sends_a_day_that_is_signed_off_late_but_within_grace() {
    let server = SmtpServer::takes_all();
    let now = "2027-03-15T08:31:00Z";
    let workspace =
        Arc::new(workspace(&server, now).edited("broadcasts/march.toml", "[week]\n", "[week]\nsign_off = 1\n"));
    let shared = Arc::clone(&workspace);
    let sign_off = move || drop(shared.run(["sign-off", "monday", "--by", "Rowan Example", "--yes"]).succeeds());
    let ran = run_week(&workspace, "march", &Interrupted::at(now, sign_off), false, &mut |_| ());
    assert_eq!(ran.held()[0], ("2027-03-15".to_owned(), Held::NotSignedOff));
    assert_eq!(ran.sent(), [("2027-03-15".to_owned(), instant(now))], "and not held as late on the next day");
    assert_eq!(server.journal().recipients(), PEOPLE);
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
