//! What a person decides against the plan stands in the record: the risk of a second copy, too early, too late.

use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::{Script, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

/// The acts of a week in words, with their details.
fn acts_of(workspace: &Workspace) -> Vec<String> {
    let history = workspace.run(["history", "--format", "json"]).succeeds().json();
    let acts = history["acts"].as_array().expect("an array").clone();
    acts.iter().map(|act| format!("{}: {}", act["kind"].as_str().unwrap(), act["detail"].as_str().unwrap())).collect()
}

#[test]
fn who_sends_doubtful_ones_again_stands_in_history_and_report() {
    let server = Script::new().rule(at(Stage::AfterAccept).to("dev@*").nth(1).drops()).start();
    let settings = smtp_settings(server.port(), "connections = 1");
    let mut workspace = Workspace::small_week().settings(&settings);
    workspace.set_now("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.run(["resend", "monday", "--in-doubt", "--yes"]).succeeds();
    let acts = acts_of(&workspace);
    let kinds: Vec<&str> = acts.iter().filter_map(|act| act.split(": ").next()).collect();
    assert_eq!(kinds, ["send-begun", "send-ended", "resend-in-doubt", "resend-begun", "resend-ended"], "{acts:?}");
    assert_eq!(acts[2], "resend-in-doubt: 1 doubtful message put back, to be sent again");
    workspace.run(["report"]).succeeds();
    let page = workspace.read("report/index.html");
    assert!(page.contains("1 doubtful message put back, to be sent again"), "it is among the doubts that were settled");
}

#[test]
fn who_decided_stands_beside_what_was_decided() {
    let lost = at(Stage::AfterAccept).to("dev@*").nth(1).drops();
    for (command, expected) in [
        (
            &["resend", "monday", "--in-doubt", "--by", " R.  Example ", "--yes"][..],
            "resend-in-doubt: 1 doubtful message put back, to be sent again, by R. Example",
        ),
        (
            &["resolve", "monday", "--as", "resend", "--by", "R. Example", "--yes"],
            "resend-in-doubt: 1 doubtful message put back, to be sent again, by R. Example",
        ),
        (
            &["resolve", "monday", "--as", "accepted", "--by", "R. Example"],
            "resolved-accepted: 1 doubtful message settled as accepted, by R. Example",
        ),
    ] {
        let server = Script::new().rule(lost.clone()).start();
        let settings = smtp_settings(server.port(), "connections = 1");
        let workspace = Workspace::small_week().settings(&settings).at("2027-03-15T08:31:00Z");
        workspace.run(["send", "monday", "--yes"]).exits(1);
        let nobody =
            workspace.invoke(command.iter().copied().map(|word| if word.contains("Example") { " " } else { word }));
        nobody.run().exits(64).complains("--by needs a name");
        workspace.run(command.iter().copied()).succeeds();
        let acts = acts_of(&workspace);
        assert!(acts.iter().any(|act| act == expected), "{acts:?}");
        workspace.run(["report"]).succeeds();
        let words = expected.split(": ").nth(1).unwrap_or_default();
        assert!(workspace.read("report/index.html").contains(words), "it is among the doubts that were settled");
    }
}

#[test]
fn early_and_late_stand_in_history_and_in_time_does_not() {
    for (now, more, expected) in [
        ("2027-03-15T06:00:00Z", "--early", Some("sent-early: it was due on 15 March 2027 at 08:30")),
        ("2027-03-15T13:00:00Z", "--late", Some("sent-late: it was due on 15 March 2027 at 08:30")),
        ("2027-03-15T08:31:00Z", "--late", None),
    ] {
        let server = SmtpServer::takes_all();
        let workspace = Workspace::small_week_to(server.port()).at(now);
        workspace.run(["send", "monday", "--yes", more]).succeeds();
        let acts = acts_of(&workspace);
        assert_eq!(acts.iter().map(String::as_str).find(|act| !act.starts_with("send-")), expected, "{acts:?}");
    }
}
