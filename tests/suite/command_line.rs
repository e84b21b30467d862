//! The command line itself: help texts as golden files, the table of exit statuses, formats, closed pipes.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::workspace::Workspace;

const COMMANDS: [&str; 15] = [
    "check",
    "preview",
    "plan",
    "rehearse",
    "send",
    "resend",
    "run",
    "status",
    "resolve",
    "bounces",
    "login",
    "doctor",
    "report",
    "templates",
    "demo",
];

#[test]
fn help_texts_are_as_written_down() {
    let workspace = Workspace::new();
    let mut names = vec!["weekcast.txt".to_owned()];
    assert_golden("help/weekcast.txt", &workspace.run(["--help"]).succeeds().stdout);
    for command in COMMANDS {
        let name = format!("{command}.txt");
        assert_golden(&format!("help/{name}"), &workspace.run([command, "--help"]).succeeds().stdout);
        names.push(name);
    }
    no_leftovers("help", &names);
}

#[test]
fn the_readme_prints_the_table_of_exit_statuses() {
    let readme = include_str!("../../README.md");
    for (_, status, meaning) in weekcast::exit::Exit::TABLE {
        let row = format!("| {status} | {meaning} |");
        assert!(readme.contains(&row), "README lacks {row}");
    }
}

#[test]
fn days_can_be_named_in_five_ways() {
    let workspace = Workspace::small_week().at("2027-03-16T07:00:00Z");
    for (name, date) in [
        ("monday", "2027-03-15"),
        ("Mon", "2027-03-15"),
        ("2027-03-16", "2027-03-16"),
        ("2", "2027-03-16"),
        ("today", "2027-03-16"),
        ("next", "2027-03-15"),
    ] {
        let json = workspace.run(["plan", name, "--format", "json"]).succeeds().json();
        assert_eq!(json["broadcasts"][0]["date"], date, "{name}");
    }
    workspace.run(["plan", "friday"]).exits(64).complains("Monday 15 March 2027");
    workspace.run(["plan", "someday"]).exits(64);
}
