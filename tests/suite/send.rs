//! `send`, `status`, `resend` and `resolve` against the scripted server: states, counts, exit statuses, second copies.

use serde_json::Value;

use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Script, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn on_monday(server: &SmtpServer) -> Workspace {
    Workspace::small_week_to(server.port()).at(MONDAY_MORNING)
}

/// The counts of the first day that a status holds.
fn counts(status: &Value) -> Value {
    status["broadcasts"][0]["counts"].clone()
}

fn count(status: &Value, state: &str) -> u64 {
    counts(status)[state].as_u64().unwrap()
}

fn state_of<'a>(status: &'a Value, address: &str) -> &'a Value {
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    deliveries.iter().find(|delivery| delivery["address"] == address).unwrap()
}

#[test]
fn a_day_goes_to_everybody_once_and_a_second_send_to_nobody() {
    let server = SmtpServer::takes_all();
    let workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6 recipients");
    assert_eq!(server.journal().recipients(), PEOPLE);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
    server.assert_no_violations();
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "sent");
    assert_eq!(count(&status, "accepted"), 6);
    assert_eq!(state_of(&status, "asha@board.example")["state"], "accepted");
    assert_eq!(state_of(&status, "asha@board.example")["attempts"], 1);
}

#[test]
fn each_copy_names_only_its_own_recipient() {
    let server = SmtpServer::takes_all();
    on_monday(&server).run(["send", "monday", "--yes"]).succeeds();
    for message in server.accepted() {
        let text = message.text();
        for other in PEOPLE.iter().filter(|other| **other != message.recipient) {
            assert!(!text.contains(other), "{other} is named in the copy of {}", message.recipient);
        }
    }
}

#[test]
fn without_a_terminal_nothing_is_sent_unless_yes_is_said() {
    let server = SmtpServer::takes_all();
    on_monday(&server).run(["send", "monday"]).exits(64).complains("--yes");
    assert!(server.accepted().is_empty());
}

#[test]
fn a_dry_run_opens_no_connection_and_records_nothing() {
    let server = SmtpServer::takes_all();
    let workspace = on_monday(&server);
    workspace.run(["send", "monday", "--dry-run"]).succeeds().says("would send").says("6 recipients");
    assert!(server.commands().is_empty());
    let status = workspace.run(["status", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "planned");
    assert_eq!(count(&status, "due"), 6);
}

#[test]
fn a_day_waits_for_its_time_and_is_held_after_it() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port());
    workspace.run(["send", "monday", "--yes"]).exits(76).complains("--early");
    workspace.set_now("2027-03-15T12:00:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(76).complains("--late");
    assert!(server.accepted().is_empty());
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "held");
    workspace.run(["send", "monday", "--yes", "--late"]).succeeds();
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn a_refused_recipient_is_an_outcome_and_can_be_tried_again() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"));
    let workspace = on_monday(&server);
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(1).json();
    assert_eq!((count(&status, "accepted"), count(&status, "refused")), (5, 1));
    assert_eq!(state_of(&status, "ben@board.example")["reply"], "550 5.1.1 no such user");
    workspace.run(["send", "monday", "--yes"]).exits(1);
    assert_eq!(server.accepted().len(), 5, "send does not try a refused one again by itself");
    workspace.run(["resend", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn a_deferred_recipient_is_tried_when_its_time_comes_and_not_before() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("450 4.2.0 greylisted"));
    let mut workspace = on_monday(&server);
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(75).json();
    assert_eq!((count(&status, "accepted"), count(&status, "deferred")), (5, 1));
    workspace.run(["send", "monday", "--yes"]).exits(75);
    assert_eq!(server.accepted().len(), 5);
    workspace.set_now("2027-03-15T08:39:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn a_reply_lost_after_the_dot_is_doubt_that_only_a_person_settles() {
    for (decision, copies) in [("accepted", 1), ("resend", 2)] {
        let server = SmtpServer::with(at(Stage::AfterAccept).to("chloe@*").nth(1).drops());
        let workspace = on_monday(&server);
        let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(1).json();
        assert_eq!((count(&status, "accepted"), count(&status, "in_doubt")), (5, 1));
        workspace.run(["send", "monday", "--yes"]).exits(1).says("in doubt");
        workspace.run(["resend", "monday", "--yes"]).exits(1);
        workspace.run(["resend", "monday", "--yes", "--only", "chloe@board.example"]).exits(64);
        let copies_now = |server: &SmtpServer| {
            server.accepted().iter().filter(|message| message.recipient == "chloe@board.example").count()
        };
        assert_eq!(copies_now(&server), 1);
        workspace.run(["resolve", "monday", "--as", decision, "--yes"]).succeeds();
        assert_eq!(copies_now(&server), copies, "{decision}");
        let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
        assert_eq!((count(&status, "accepted"), count(&status, "in_doubt")), (6, 0));
    }
}

#[test]
fn a_second_copy_of_a_doubtful_message_has_the_same_message_id_and_date() {
    let server = SmtpServer::with(at(Stage::AfterAccept).to("chloe@*").nth(1).drops());
    let mut workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.set_now("2027-03-15T09:31:00Z");
    workspace.run(["resend", "monday", "--in-doubt", "--yes"]).succeeds();
    let copies: Vec<String> = server
        .accepted()
        .iter()
        .filter(|message| message.recipient == "chloe@board.example")
        .map(crate::support::smtp_server::Accepted::text)
        .collect();
    assert_eq!(copies.len(), 2);
    assert_eq!(copies[0], copies[1], "byte for byte the same");
}

#[test]
fn who_joins_later_gets_it_by_resend_new_and_nobody_else_does() {
    let server = SmtpServer::takes_all();
    let workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let lists = workspace.read("recipients.toml");
    let lists = lists.replacen(
        "    \"chloe@board.example\",\n",
        "    \"chloe@board.example\",\n    \"gita@board.example\",\n",
        1,
    );
    workspace.write("recipients.toml", lists);
    workspace.run(["send", "monday", "--yes"]).succeeds().says("--new");
    assert_eq!(server.accepted().len(), 6);
    workspace.run(["resend", "monday", "--new", "--yes"]).succeeds();
    workspace.run(["resend", "monday", "--new", "--yes"]).succeeds().says("nobody to send to");
    let mut expected: Vec<String> = PEOPLE.iter().map(ToString::to_string).collect();
    expected.push("gita@board.example".into());
    assert_eq!(server.journal().recipients(), expected);
}

#[test]
fn a_new_edition_goes_to_all_and_counts_as_its_own() {
    let server = SmtpServer::takes_all();
    let workspace = on_monday(&server);
    workspace.run(["resend", "monday", "--all", "--yes"]).exits(64).complains("not been sent yet");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["resend", "monday", "--only", "ben@board.example", "--yes"]).exits(64).complains("--all --only");
    workspace.run(["resend", "monday", "--all", "--only", "ben@board.example", "--yes"]).succeeds();
    assert_eq!(server.accepted().len(), 7);
    let status = workspace.run(["resend", "monday", "--all", "--yes", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["edition"], 3);
    assert_eq!(server.accepted().len(), 13);
}

#[test]
fn somebody_who_left_the_lists_before_their_turn_is_skipped() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("450 4.2.0 later"));
    let mut workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).exits(75);
    let lists = workspace.read("recipients.toml");
    let without: String = lists.lines().filter(|line| !line.contains("ben@")).map(|line| format!("{line}\n")).collect();
    workspace.write("recipients.toml", without);
    workspace.set_now("2027-03-15T09:00:00Z");
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).succeeds().json();
    assert_eq!((count(&status, "accepted"), count(&status, "skipped")), (5, 1));
}

#[test]
fn a_text_that_changed_since_sending_began_is_not_mixed_in_unasked() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"));
    let workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    let workspace = workspace.edited("broadcasts/march.toml", "Please **book early**.", "Please **book soon**.");
    workspace.run(["resend", "monday", "--yes"]).exits(76).complains("changed").complains("--changed");
    assert_eq!(server.accepted().len(), 5);
    workspace.run(["resend", "monday", "--yes", "--changed"]).succeeds();
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn a_day_that_was_sent_does_not_go_out_again_under_another_date_or_name() {
    let server = SmtpServer::takes_all();
    let mut workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let week = workspace.read("broadcasts/march.toml");
    let moved = week.replacen("[[broadcast]]\n", "[[broadcast]]\ndate = 2027-03-17\n", 1);
    workspace
        .write("broadcasts/march.toml", moved.replace("theme = \"Listening", "date = 2027-03-18\ntheme = \"Listening"));
    workspace.set_now("2027-03-17T08:31:00Z");
    workspace.run(["send", "wednesday", "--yes"]).exits(76).complains("already sent");
    workspace.write("broadcasts/march.toml", &week);
    std::fs::rename(workspace.path().join("broadcasts/march.toml"), workspace.path().join("broadcasts/april.toml"))
        .unwrap();
    workspace.set_now(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(76).complains("already sent");
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn a_server_that_cannot_be_reached_changes_nobody() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let workspace = Workspace::small_week_to(port).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(69).says("cannot be reached");
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    assert_eq!(count(&status, "due"), 6);
    assert_eq!(state_of(&status, "asha@board.example")["attempts"], 0);
}

#[test]
fn a_refused_sign_in_stops_the_run_and_never_shows_the_password() {
    let server = Script::new().login("news", "right horse").start();
    let settings = "username = \"news\"\npassword = { env = \"BOARD_PASSWORD\" }\nconnections = 1";
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), settings)).at(MONDAY_MORNING);
    let run = |password: &str| workspace.invoke(["send", "monday", "--yes"]).env("BOARD_PASSWORD", password).run();
    workspace.run(["send", "monday", "--yes"]).exits(78).complains("BOARD_PASSWORD");
    run("wrong horse").exits(69).conceals("wrong horse");
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(count(&status, "due"), 6);
    run("right horse").succeeds().conceals("right horse");
    assert_eq!(server.journal().recipients(), PEOPLE);
}

#[test]
fn the_outbox_holds_one_file_a_recipient() {
    let workspace = Workspace::small_week().at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let names = workspace.names("outbox");
    assert_eq!(names.iter().filter(|name| name.ends_with(".eml")).count(), 6, "{names:?}");
}
