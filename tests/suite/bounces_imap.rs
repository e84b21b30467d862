//! `bounces` from a mailbox: Dovecot's, where `./tests/run` has installed it.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::dovecot_imap::Imap;
use crate::support::run::Run;
use crate::support::small_week::outbox_settings;
use crate::support::smtp_server::Authority;
use crate::support::workspace::Workspace;

/// The small week after its Monday went to the outbox, with a mailbox for what comes back.
fn sent(server: &Dovecot<Imap>, authority: &Authority) -> Workspace {
    let mut workspace = Workspace::small_week().at("2027-03-15T08:30:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.set_now("2027-03-15T09:40:00Z");
    let mailbox = format!(
        "{}\n[bounces]\nhost = \"127.0.0.1\"\nport = {}\nusername = \"news@board.example\"\n\
         password = {{ env = \"MAILBOX_PASSWORD\" }}\nca_file = \"ca.pem\"\n",
        outbox_settings(),
        server.port
    );
    workspace.file("ca.pem", authority.pem()).settings(&mailbox)
}

fn bounces(workspace: &Workspace, arguments: &[&str], password: &str) -> Run {
    let all = ["bounces"].into_iter().chain(arguments.iter().copied());
    workspace.invoke(all).env("MAILBOX_PASSWORD", password).run().conceals(password)
}

/// The mail system's answer to the message that this address got.
fn report(workspace: &Workspace, address: &str) -> String {
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let all = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    let id = all.iter().find(|one| one["address"] == address).unwrap()["message_id"].as_str().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bounces/postfix.eml");
    let text = fs::read_to_string(file).unwrap();
    text.replace("mfrggzdfmztwq2lknnwg23tpob.20270315@board.example", id).replace("asha@school.example", address)
}

#[test]
fn unseen_mail_is_read_marked_and_never_moved() {
    let authority = Authority::new("Example Board Authority");
    let Some(server) = Imap::start(&authority) else { return };
    let workspace = sent(&server, &authority);
    server.deliver("1.host", &report(&workspace, "asha@board.example"));
    server.deliver("2.host", "From: Ben Example <ben@board.example>\nSubject: Unsubscribe\n\n.\n");
    let looked = bounces(&workspace, &["--dry-run", "--format", "json"], PASSWORD).succeeds().json();
    assert_eq!(looked["read"], 2, "{}", server.log());
    assert!(server.mails().iter().all(|name| !name.contains('S')), "looking marks nothing: {:?}", server.mails());
    let read = bounces(&workspace, &[], PASSWORD).succeeds();
    read.says("2 mails read").says("message of 2027-03-15; sent back").says("asked to unsubscribe");
    let mails = server.mails();
    assert!(mails.len() == 2 && mails.iter().all(|name| name.ends_with(":2,S")), "{mails:?}");
    bounces(&workspace, &[], PASSWORD).succeeds().says("0 mails read");
    server.deliver("3.host", &report(&workspace, "asha@board.example"));
    let again = bounces(&workspace, &["--format", "json"], PASSWORD).succeeds().json();
    assert_eq!((&again["read"], &again["reports"][0]["seen_before"]), (&1.into(), &true.into()));
}

#[test]
fn a_mailbox_may_be_named_on_the_command_line() {
    let authority = Authority::new("Example Board Authority");
    let Some(server) = Imap::start(&authority) else { return };
    let workspace = sent(&server, &authority);
    server.deliver("1.host", &report(&workspace, "asha@board.example"));
    let own = format!("imaps://news%40board.example@127.0.0.1:{}/INBOX", server.port);
    bounces(&workspace, &[&own, "--dry-run"], PASSWORD).succeeds().says("1 mail read");
    let plain = format!("imap://news%40board.example@127.0.0.1:{}/INBOX", server.plain_port);
    bounces(&workspace, &[&plain, "--dry-run"], PASSWORD).succeeds().says("1 mail read");
    // The password belongs to one account at one server, and is shown to no other.
    let other = format!("imaps://other@127.0.0.1:{}/INBOX", server.port);
    bounces(&workspace, &[&other], PASSWORD).exits(78).complains("does not say how INBOX of other at 127.0.0.1");
    let nowhere = format!("imaps://news%40board.example@127.0.0.1:{}/Nowhere", server.port);
    bounces(&workspace, &[&nowhere], PASSWORD).exits(69).complains("said no (opening the folder)");
}

#[test]
fn a_wrong_password_and_a_strange_certificate_are_told_apart() {
    let authority = Authority::new("Example Board Authority");
    let Some(server) = Imap::start(&authority) else { return };
    let workspace = sent(&server, &authority);
    server.deliver("1.host", &report(&workspace, "asha@board.example"));
    bounces(&workspace, &[], "wrong-horse").exits(69).complains("the mailbox's server refused the sign-in");
    workspace.write("ca.pem", Authority::new("Stranger").pem());
    bounces(&workspace, &[], PASSWORD).exits(69).complains("cannot be reached").complains("certificate");
    assert!(server.mails().iter().all(|name| !name.contains('S')), "{:?}", server.mails());
}
