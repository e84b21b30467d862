//! There and back: a real Postfix accepts the week, sends one message back, and `bounces` reads its report.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use crate::support::postfix::Postfix;
use crate::support::workspace::Workspace;

#[test]
fn what_postfix_sends_back_stands_in_ledger_status_and_report() {
    let Some(postfix) = Postfix::start(&["news", "ben", "chloe", "dev", "ewa", "femi"]) else { return };
    let mut workspace = Workspace::small_week_to(postfix.port()).at("2027-03-15T08:30:00Z");
    // Asha has no mailbox, which Postfix finds out only after it has taken the message.
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    postfix.waits_for("ben", 1);
    postfix.waits_for("news", 1);
    workspace.set_now("2027-03-15T09:40:00Z");
    let maildir = postfix.maildir("news").display().to_string();
    // A report that says less names the message by its envelope id alone.
    let bare = workspace.path().join("bare.eml").display().to_string();
    workspace.write("bare.eml", without_message_id(&postfix.maildir("news")));
    let read = workspace.run(["bounces", &bare, "--dry-run", "--format", "json"]).succeeds().json();
    assert_eq!(read["reports"][0]["matched"], true, "{read:#}");
    let read = workspace.run(["bounces", &maildir, "--format", "json"]).succeeds().json();
    let report = &read["reports"][0];
    assert_eq!(
        (&report["kind"], &report["form"], &report["matched"]),
        (&"bounce".into(), &"RFC 3464".into(), &true.into())
    );
    let asha = &report["recipients"][0];
    assert_eq!((&asha["address"], &asha["status"]), (&"asha@board.example".into(), &"5.1.1".into()), "{read:#}");
    assert_eq!(read["proposals"][0]["address"], "asha@board.example");
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let counts = &status["broadcasts"][0]["counts"];
    assert_eq!((&counts["accepted"], &counts["bounced"]), (&6.into(), &1.into()), "{status:#}");
    workspace.run(["status", "monday", "--recipients"]).succeeds().says("sent back: 5.1.1, there is no such mailbox");
    workspace.run(["report"]).succeeds();
    assert!(workspace.read("report/index.html").contains("sent back later"));
    assert!(workspace.read("report/recipients.csv").contains("sent back: 5.1.1"));
    // Reading is all that happened to the mailbox.
    assert_eq!(fs::read_dir(postfix.maildir("news").join("new")).unwrap().count(), 1);
    let again = workspace.run(["bounces", &maildir, "--format", "json"]).succeeds().json();
    assert_eq!(again["reports"][0]["seen_before"], true);
}

/// The one mail of a Maildir, with our Message-ID left only in Original-Envelope-Id.
fn without_message_id(maildir: &Path) -> String {
    let mail = fs::read_dir(maildir.join("new")).unwrap().next().unwrap().unwrap().path();
    let mail = fs::read_to_string(mail).unwrap();
    let (_, rest) = mail.split_once("Original-Envelope-Id: ").expect("the server was given an envelope id");
    let (id, _) = rest.split_once('\n').unwrap();
    let left: Vec<&str> =
        mail.lines().filter(|line| line.contains("Original-Envelope-Id") || !line.contains(id)).collect();
    assert!(left.len() < mail.lines().count(), "the returned header names it too");
    left.join("\n") + "\n"
}
