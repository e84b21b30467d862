//! `preview`: what is shown is what is sent, byte for byte, the `Date` line apart.

use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

fn without_date(message: &str) -> String {
    message.lines().filter(|line| !line.starts_with("Date: ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_previewed_message_is_the_one_that_the_server_gets() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), "")).at("2027-03-15T08:40:00Z");
    workspace.run(["preview", "--as", "ben@board.example"]).succeeds().says("index.html");
    let previewed = workspace.read("preview/1-monday-2027-03-15/message.eml");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let sent = server.accepted();
    let sent = sent.iter().find(|message| message.recipient == "ben@board.example").unwrap().text();
    assert!(previewed.contains("Dear Ben,"), "{previewed}");
    assert_eq!(without_date(&previewed), without_date(&sent));
}

#[test]
fn each_day_has_a_page_and_a_message() {
    let workspace = Workspace::small_week();
    workspace.run(["preview"]).succeeds();
    for file in ["index.html", "message.html", "message.txt", "message.eml"] {
        for day in ["1-monday-2027-03-15", "2-tuesday-2027-03-16"] {
            assert!(!workspace.read(format!("preview/{day}/{file}")).is_empty(), "{day}/{file}");
        }
    }
    let index = workspace.read("preview/index.html");
    assert!(index.contains("Training and guidance") && index.contains("Listening to children"));
}

#[test]
fn who_gets_nothing_has_no_preview() {
    Workspace::small_week().run(["preview", "--as", "zoe@board.example"]).exits(65).complains("gets none");
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let workspace = Workspace::small_week().file("preview/holiday.txt", "mine");
    workspace.run(["preview"]).exits(74).complains("is not from an earlier preview").complains("folder with --out");
    assert_eq!(workspace.read("preview/holiday.txt"), "mine");
    assert_eq!(workspace.names("preview"), ["holiday.txt"]);
}
