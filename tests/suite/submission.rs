//! Submission to a mail server that others wrote: Dovecot's, with STARTTLS and a sign-in, where `./tests/run` has installed
//! it. What it takes it relays to the scripted server, which shows what really went out.
#![cfg(unix)]

use crate::support::dovecot::PASSWORD;
use crate::support::dovecot_submission::Submission;
use crate::support::run::Run;
use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{Authority, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn send(workspace: &Workspace, password: &str) -> Run {
    let run = workspace.invoke(["send", "monday", "--yes"]).env("BOARD_PASSWORD", password).run();
    run.conceals(password)
}

/// Nobody was tried, and the server behind got nothing.
#[track_caller]
fn assert_nobody_was_touched(workspace: &Workspace, relay: &SmtpServer) {
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    assert_eq!(deliveries.len(), 6);
    assert!(
        deliveries.iter().all(|delivery| delivery["state"] == "pending" && delivery["attempts"] == 0),
        "{status:#}"
    );
    assert!(relay.accepted().is_empty());
}

/// The message without the lines that servers on the way have put before it.
fn as_it_left(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let start = text.find("From: ").unwrap();
    assert!(
        text[..start].lines().all(|line| line.starts_with("Received: ") || line.starts_with([' ', '\t'])),
        "{text}"
    );
    text[start..].to_owned()
}

#[test]
fn what_was_previewed_arrives_byte_for_byte_through_a_real_server() {
    let (authority, relay) = (Authority::new("Example Board Authority"), SmtpServer::takes_all());
    let Some(dovecot) = Submission::start(&authority, relay.port()) else { return };
    let workspace = Workspace::small_week_over_tls(dovecot.port, &authority).at(MONDAY_MORNING);
    let workspace = workspace.edited("weekcast.toml", "connections = 1", "connections = 3");
    workspace.run(["preview", "--as", "ben@board.example"]).succeeds();
    let previewed = workspace.read("preview/1-monday-2027-03-15/message.eml");
    send(&workspace, PASSWORD).succeeds().says("accepted 6 of 6");
    send(&workspace, PASSWORD).succeeds();
    assert_eq!(relay.journal().recipients(), PEOPLE, "{}", dovecot.log());
    let taken = relay.accepted();
    let ben = taken.iter().find(|message| message.recipient == "ben@board.example").unwrap();
    assert_eq!(ben.reverse_path, "news@board.example");
    let undated =
        |text: &str| -> String { text.split_inclusive("\r\n").filter(|line| !line.starts_with("Date: ")).collect() };
    assert_eq!(undated(&as_it_left(&ben.bytes)), undated(&previewed));
    assert!(dovecot.log().contains("method=PLAIN") && dovecot.log().contains("TLS"), "{}", dovecot.log());
}

#[test]
fn a_wrong_password_touches_nobody() {
    let (authority, relay) = (Authority::new("Example Board Authority"), SmtpServer::takes_all());
    let Some(dovecot) = Submission::start(&authority, relay.port()) else { return };
    let workspace = Workspace::small_week_over_tls(dovecot.port, &authority).at(MONDAY_MORNING);
    let run = send(&workspace, "wrong-horse").exits(69).says("535 5.7.8").says("at sign-in");
    run.says("ask IT to look at").says("6 still to be sent");
    assert_nobody_was_touched(&workspace, &relay);
    send(&workspace, PASSWORD).succeeds();
    assert_eq!(relay.journal().recipients(), PEOPLE);
}

#[test]
fn a_certificate_of_another_authority_touches_nobody_and_keeps_the_password() {
    let (authority, relay) = (Authority::new("Stranger"), SmtpServer::takes_all());
    let Some(dovecot) = Submission::start(&authority, relay.port()) else { return };
    let ours = Authority::new("Example Board Authority");
    let workspace = Workspace::small_week_over_tls(dovecot.port, &ours).at(MONDAY_MORNING);
    send(&workspace, PASSWORD).exits(69).says("is signed by an authority that is not trusted, or by itself");
    assert_nobody_was_touched(&workspace, &relay);
    assert!(!dovecot.log().contains("user=<news>"), "{}", dovecot.log());
}

#[test]
fn refusals_that_a_real_server_passes_on_are_judged_as_its_own() {
    let relay = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 no such user"));
    relay.add(at(Stage::EndOfData).to("dev@*").replies("450 4.2.0 greylisted"));
    let authority = Authority::new("Example Board Authority");
    let Some(dovecot) = Submission::start(&authority, relay.port()) else { return };
    let workspace = Workspace::small_week_over_tls(dovecot.port, &authority).at(MONDAY_MORNING);
    send(&workspace, PASSWORD).exits(75).says("accepted 4 of 6").says("1 refused").says("1 to be tried again later");
    assert_eq!(relay.accepted().len(), 4, "{}", dovecot.log());
}
