//! Erasure: one person at their request, and who got the weeks of long ago.

use serde_json::{Value, json};

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

/// How often a text stands in the files of the ledger, in any case.
fn in_the_ledger(workspace: &Workspace, text: &str) -> usize {
    let names = workspace.names("").into_iter().filter(|name| name.starts_with("weekcast.db"));
    let count = |name: String| {
        let bytes = std::fs::read(workspace.path().join(name)).unwrap().to_ascii_lowercase();
        bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    };
    names.map(count).sum()
}

fn counts(workspace: &Workspace) -> Value {
    workspace.run(["status", "monday", "--format", "json"]).succeeds().json()["broadcasts"][0]["counts"].clone()
}

#[test]
fn a_forgotten_person_leaves_the_ledger_and_is_not_mailed_again() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 <Ben@board.example> unknown"));
    let mut workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace
        .run(["recipients", "suppress", "chloe@board.example", "--reason", "chloe@board.example wrote"])
        .succeeds();
    let before = counts(&workspace);
    let lists = workspace.read("recipients.toml");
    for address in ["ben@board.example", "chloe@board.example"] {
        assert!(in_the_ledger(&workspace, address) > 0, "the test can fail");
        workspace.run(["recipients", "forget", address]).exits(64).complains("--yes");
        assert!(in_the_ledger(&workspace, address) > 0);
        let told = workspace.run(["recipients", "forget", address, "--yes"]).succeeds();
        told.says("forgotten; 1 message and").says("recipients.toml, line");
        assert_eq!(in_the_ledger(&workspace, address), 0, "{address}");
        workspace.run(["recipients", "show", address]).succeeds().says("Forgotten since 2027-03-15");
        workspace.run(["recipients", "forget", address, "--yes"]).succeeds().says("was forgotten before");
        workspace.run(["resend", "monday", "--only", address, "--yes"]).exits(65).complains("was forgotten");
    }
    assert_eq!(counts(&workspace), before, "totals stay");
    assert_eq!(workspace.read("recipients.toml"), lists, "no file is changed");
    workspace.run(["plan"]).succeeds().says("take the address off the lists");
    for (more, status) in [(&[][..], 1), (&["--new"], 1), (&["--all"], 0)] {
        workspace.run(["resend", "monday", "--yes"].iter().chain(more)).exits(status);
    }
    workspace.run(["rehearse"]).succeeds().says("Caught 8 messages, as planned");
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).succeeds();
    let sent = server.accepted().len();
    assert_eq!(sent, 5 + 4 + 4, "monday without Ben, its second edition and tuesday without both");
    for address in ["ben@board.example", "chloe@board.example"] {
        assert_eq!(in_the_ledger(&workspace, address), 0, "sending brings no address back");
        workspace.run(["recipients", "suppress", address]).succeeds().says("was forgotten");
        assert_eq!(in_the_ledger(&workspace, address), 0);
    }
    let plan = workspace.run(["plan", "tuesday", "--format", "json"]).succeeds().json();
    let day = &plan["broadcasts"][0];
    assert_eq!((&day["recipients"], day["skipped"].as_array().unwrap().len()), (&json!(0), 6), "each named once");
    let status = workspace.run(["status", "tuesday", "--recipients"]).succeeds();
    status.says("(forgotten)").conceals("ben@board.example");
    // Whoever wants to be mailed again, says so.
    workspace.run(["recipients", "suppress", "ben@board.example", "--lift"]).succeeds().says("may be mailed again");
    let plan = workspace.run(["recipients", "show", "ben@board.example", "--format", "json"]).succeeds().json();
    assert_eq!((&plan["forgotten"], &plan["suppressed"]), (&Value::Null, &Value::Null));
}

#[test]
fn whoever_is_mailed_again_after_it_gets_no_second_copy() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["recipients", "forget", "chloe@board.example", "--yes"]).succeeds();
    workspace.run(["recipients", "suppress", "--lift", "chloe@board.example"]).succeeds();
    for command in [&["send", "monday"][..], &["resend", "monday"], &["resend", "monday", "--new"]] {
        workspace.run(command.iter().chain(&["--yes"])).succeeds();
    }
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn somebody_unknown_can_be_forgotten_ahead() {
    let workspace = Workspace::small_week();
    workspace.run(["recipients", "forget", "dev@board.example", "--yes"]).succeeds().says("held nothing of it");
    assert_eq!(in_the_ledger(&workspace, "dev@board.example"), 0);
    workspace.run(["plan"]).succeeds().says("forgotten since");
    let acts = workspace.run(["recipients", "acts", "--format", "json"]).succeeds().json();
    assert_eq!((&acts["acts"][0]["kind"], &acts["acts"][0]["detail"]), (&json!("forgotten"), &json!("1 person")));
}

#[test]
fn old_weeks_are_purged_and_their_totals_stay() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 no"));
    let mut workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.run(["recipients", "suppress", "zoe@board.example"]).succeeds();
    workspace.set_now("2027-06-13T08:31:00Z");
    workspace.run(["recipients", "purge", "--yes"]).succeeds().says("Nothing to erase");
    assert!(!workspace.run(["status"]).succeeds().stderr.contains("purge"));
    workspace.set_now("2027-06-14T08:31:00Z");
    workspace.run(["status"]).succeeds().complains("6 recipient rows of weeks that ended more than 90 days ago");
    workspace.run(["doctor"]).says("weekcast recipients purge");
    let before = counts(&workspace);
    workspace.run(["recipients", "purge"]).exits(64).complains("--yes");
    workspace.run(["recipients", "purge", "--older-than", "6d", "--yes"]).exits(64).complains("7 days");
    workspace.run(["recipients", "purge", "--dry-run"]).succeeds().says("6 recipient rows would be erased");
    assert!(in_the_ledger(&workspace, PEOPLE[0]) > 0);
    let done = workspace.run(["recipients", "purge", "--yes", "--format", "json"]).succeeds().json();
    assert_eq!(
        (&done["purged"], &done["swept"], &done["weeks"][0]["last"]),
        (&json!(6), &json!(true), &json!("2027-03-15"))
    );
    for address in PEOPLE {
        assert_eq!(in_the_ledger(&workspace, address), 0, "{address}");
    }
    assert!(in_the_ledger(&workspace, "zoe@board.example") > 0, "opt-outs stay");
    assert_eq!(counts(&workspace), before);
    for again in [
        &["send", "monday", "--yes", "--late"][..],
        &["resend", "monday", "--yes"],
        &["resend", "monday", "--new", "--yes"],
    ] {
        workspace.run(again).exits(76).complains("erased from the ledger");
    }
    assert_eq!(server.accepted().len(), 5, "nobody gets a second copy because the record of the first is gone");
    workspace.run(["plan", "monday"]).succeeds().says("sent long ago");
    workspace.run(["report"]).succeeds();
    workspace.run(["recipients", "purge", "--yes"]).succeeds().says("Nothing to erase");
}

#[test]
fn a_week_with_doubts_waits_for_a_person() {
    let server = SmtpServer::with(at(Stage::AfterAccept).to("ben@*").nth(1).drops());
    let mut workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.set_now("2027-07-14T08:31:00Z");
    workspace.run(["recipients", "purge", "--yes"]).succeeds().says("stays: 1 in doubt").says("Nothing to erase");
    workspace.run(["resolve", "monday", "--as", "accepted"]).succeeds();
    workspace.run(["recipients", "purge", "--yes"]).succeeds().says("6 recipient rows erased");
}

#[test]
fn whoever_was_forgotten_and_stands_on_a_list_is_not_said_to_have_opted_out() {
    let workspace = Workspace::small_week().at(MONDAY_MORNING);
    workspace.run(["recipients", "suppress", "asha@board.example"]).succeeds();
    workspace.run(["recipients", "forget", "ben@board.example", "chloe@board.example", "--yes"]).succeeds();
    assert_eq!(counts(&workspace)["suppressed"], 3);
    let run = workspace.run(["send", "monday", "--yes"]).succeeds();
    run.says(
        "Besides: 1 left out, because they opted out or mail to them came back and 2 left out, because they \
         were forgotten.",
    );
    let stands = counts(&workspace);
    assert_eq!((&stands["accepted"], &stands["suppressed"]), (&json!(3), &json!(3)));
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_the_address_must_be_typed() {
    use crate::support::terminal::Terminal;

    let workspace = Workspace::small_week().at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let command = "recipients forget ben@board.example";
    let Some(mut terminal) = Terminal::of(&workspace, command) else { return };
    terminal.answers("Type", "yes");
    let (shown, status) = terminal.ends();
    assert_eq!(status, 64, "{shown}");
    assert!(shown.contains("ben@board.example: 1 message and 0 opt-outs"), "{shown}");
    assert!(shown.contains("nothing was erased") && in_the_ledger(&workspace, "ben@board.example") > 0, "{shown}");
    let Some(mut terminal) = Terminal::of(&workspace, command) else { return };
    terminal.answers("Type", "Ben@board.example");
    let (shown, status) = terminal.ends();
    assert_eq!((status, in_the_ledger(&workspace, "ben@board.example")), (0, 0), "{shown}");
}
