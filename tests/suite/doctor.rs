//! `doctor`: the points, the status, and that nothing private is shown.

use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::{Script, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

/// `name finding` of each point.
fn points(workspace: &Workspace, status: i32) -> Vec<String> {
    let whole = workspace.run(["doctor", "--format", "json"]).exits(status).json();
    let point = |point: &serde_json::Value| {
        format!("{} {}", point["name"].as_str().unwrap(), point["finding"].as_str().unwrap())
    };
    whole["points"].as_array().unwrap().iter().map(point).collect()
}

#[test]
fn a_project_that_is_ready_is_said_to_be() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), "")).at(MONDAY_MORNING);
    let found = points(&workspace, 0);
    let expected = "settings, week, lists, free space, clock, ledger, schedule, name, port, greeting, sender, offer";
    let names: Vec<&str> = found.iter().map(|point| point.rsplit_once(' ').unwrap().0).collect();
    assert_eq!(names.join(", "), expected);
    assert!(server.accepted().is_empty());
    server.assert_no_violations();
    let before = std::fs::read_dir(workspace.path()).unwrap().count();
    let run = workspace.run(["doctor"]).succeeds().says("messages from @board.example are taken");
    run.conceals("asha@").conceals("news@board.example");
    assert_eq!(std::fs::read_dir(workspace.path()).unwrap().count(), before, "looking leaves nothing behind");
}

#[test]
fn each_step_of_the_way_to_the_server_fails_by_itself() {
    let settings = "username = \"news@board.example\"\npassword = { env = \"WEEKCAST_TEST_PASSWORD\" }";
    for (rule, bad, words) in [
        (at(Stage::Connect).replies("554 5.7.1 not from here"), "greeting", "look whether this is the port"),
        (at(Stage::Auth).replies("535 5.7.8 wrong"), "sign-in", "whether the account may send by SMTP"),
        (at(Stage::Mail).replies("550 5.7.60 may not send as"), "sender", "allowed to send as"),
    ] {
        let server = Script::new().login("news@board.example", "hunter2").rule(rule).start();
        let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), settings)).at(MONDAY_MORNING);
        let run = workspace.invoke(["doctor"]).env("WEEKCAST_TEST_PASSWORD", "hunter2").run().exits(69);
        let run = run.says(words).says("What to do:").conceals("hunter2");
        let found: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("BAD")).collect();
        assert!(matches!(found.as_slice(), [only] if only.contains(bad)), "{found:?}");
    }
    // No password where the settings say, and nobody at the port.
    let workspace = Workspace::small_week().settings(&smtp_settings(1, settings)).at(MONDAY_MORNING);
    workspace.run(["doctor"]).exits(78).says("WEEKCAST_TEST_PASSWORD");
    let workspace = Workspace::small_week().settings(&smtp_settings(1, "")).at(MONDAY_MORNING);
    assert!(points(&workspace, 69).contains(&"port bad".to_owned()));
}

#[test]
fn a_ledger_that_is_damaged_or_gone_and_a_clock_set_back_are_found() {
    let mut workspace = Workspace::small_week().at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert!(points(&workspace, 0).contains(&"ledger good".to_owned()));
    workspace.set_now("2027-03-14T08:31:00Z");
    workspace.run(["doctor"]).exits(74).says("set the computer's clock");
    workspace.set_now(MONDAY_MORNING);
    let ledger = workspace.path().join("weekcast.db");
    let mut bytes = std::fs::read(&ledger).unwrap();
    for byte in bytes.iter_mut().skip(4096).take(4096) {
        *byte = 0x55;
    }
    std::fs::write(&ledger, bytes).unwrap();
    assert!(points(&workspace, 74).contains(&"ledger bad".to_owned()));
    std::fs::remove_file(&ledger).unwrap();
    workspace.run(["doctor"]).exits(74).says("is gone").says("put the newest ledger back");
}
