//! `--format json` with every subcommand: standard output is one document, whether the command does its work or refuses.

use std::collections::BTreeSet;

use crate::command_line::COMMANDS;
use crate::support::run::Run;
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

/// Those that have no document of their own here: the script of a shell, and a sign-in, which `login` tests.
const EXCEPT: [&str; 2] = ["completions", "login"];

/// In this order, each with the fields that its document has at its top.
const DONE: &[(&str, &[&str])] = &[
    ("init --from march --first-day 2028-03-13 --week april", &["week", "file", "from", "copied", "days"]),
    ("check --week march", &["findings", "errors", "warnings"]),
    ("check --rules", &["rules"]),
    ("preview --week march", &["week", "index"]),
    ("plan --week march --ics week.ics", &["week", "broadcasts", "dropped"]),
    (
        "sign-off monday --by Morgan --week march",
        &["week", "day", "date", "digest", "signed_by", "needed", "signed_off"],
    ),
    ("proof monday --to reader@board.example --week march", &["week", "proofs"]),
    ("rehearse --week march", &["week", "broadcasts"]),
    ("send monday --dry-run --week march", &["week", "broadcasts"]),
    ("send monday --yes --week march", &["week", "broadcasts"]),
    ("resend monday --yes --week march", &["week", "broadcasts"]),
    ("correct monday --file wrong.toml --yes --dry-run --week march", &["week", "broadcasts"]),
    ("correct monday --file wrong.toml --yes --week march", &["week", "broadcasts"]),
    ("run --once --week march", &["week", "broadcasts"]),
    ("resolve monday --as accepted --week march", &["week", "broadcasts"]),
    ("move tuesday 2027-03-17 --week march", &["week", "change"]),
    ("drop wednesday --reason rain --week march", &["week", "change"]),
    ("drop wednesday --undo --week march", &["week", "change"]),
    ("install --dry-run --week march", &["name", "installed", "to_type"]),
    ("install --print --week march", &["name", "scheduler", "files", "to_type"]),
    ("install --out schedule --week march", &["name", "scheduler", "files", "to_type"]),
    ("uninstall --week march", &["name", "removed"]),
    ("status --recipients --week march", &["week", "broadcasts"]),
    ("recipients list --week march", &["lists", "people"]),
    ("recipients show asha@board.example --week march", &["address", "lists", "deliveries"]),
    ("recipients suppress ben@board.example", &["changes"]),
    ("recipients suppress --export -", &["opt_outs", "forgotten"]),
    ("recipients suppress --export opt-outs.csv", &["file", "written", "forgotten"]),
    ("recipients import opt-outs.csv", &["findings", "read", "new"]),
    ("recipients forget dev@board.example --yes", &["forgotten", "swept"]),
    ("recipients purge --dry-run", &["weeks", "purged"]),
    ("recipients acts", &["acts"]),
    ("bounces broadcasts --dry-run", &["read", "reports"]),
    ("doctor", &["version", "points"]),
    ("explain 550", &["code", "outcome"]),
    ("report --week march", &["week", "index"]),
    ("history --week march", &["week", "acts"]),
    ("verify --week march", &[]),
    ("templates list", &["layouts"]),
    ("templates show broadcast.txt", &["name", "block", "source"]),
    ("templates eject broadcast.txt", &["file", "whole", "blocks"]),
    ("demo --out demo", &["week", "broadcasts"]),
    ("man pages", &["folder", "pages"]),
];

/// What is refused, with the status: nothing was done, and a document says why.
const REFUSED: &[(&str, i32)] = &[
    ("init", 64),
    ("init --from march", 64),
    ("check --week nowhere", 66),
    ("preview friday", 64),
    ("plan friday", 64),
    ("rehearse --week nowhere", 66),
    ("proof monday --to nobody", 64),
    ("sign-off friday --by Morgan", 64),
    ("send tuesday --yes", 76),
    ("send monday", 64),
    ("send", 64),
    ("resend tuesday --yes", 64),
    ("correct monday --file none.toml", 76),
    ("run --once --week nowhere", 66),
    ("move monday 2027-13-15", 64),
    ("drop friday", 64),
    ("install --for windows", 64),
    ("uninstall --sytem", 64),
    ("status friday", 64),
    ("recipients show nobody", 64),
    ("recipients import none.csv", 66),
    ("recipients purge --older-than 1d", 64),
    ("resolve monday --as accepted", 64),
    ("bounces none", 66),
    ("login", 64),
    ("doctor --online", 64),
    ("explain hello", 64),
    ("report friday", 64),
    ("history friday", 64),
    ("verify none", 66),
    ("templates show none", 64),
    ("demo --out .", 64),
    ("man recipients.toml", 74),
];

fn workspace() -> Workspace {
    let correction = "wrong = \"The courses are open.\"\nright = \"The courses open in May.\"\n";
    Workspace::small_week().file("wrong.toml", correction).at(MONDAY_MORNING)
}

/// Runs a command in the project's folder; its document is an object.
fn answer(workspace: &Workspace, line: &str, status: i32) -> (Run, serde_json::Map<String, serde_json::Value>) {
    let words = line.split(' ').chain(["--format", "json"]);
    let run = workspace.invoke(words).inside(".").run().exits(status);
    let object = run.json().as_object().cloned().unwrap_or_else(|| panic!("no object\n{}", run.transcript()));
    (run, object)
}

#[test]
fn every_command_answers_scripts_with_one_document() {
    let workspace = workspace();
    let mut seen: BTreeSet<&str> = BTreeSet::from(EXCEPT);
    for (line, fields) in DONE {
        let (run, object) = answer(&workspace, line, 0);
        for field in *fields {
            assert!(object.contains_key(*field), "{line} lacks {field}\n{}", run.transcript());
        }
        assert!(!object.contains_key("error"), "{line}\n{}", run.transcript());
        seen.extend(line.split(' ').next());
    }
    let missing: Vec<&&str> = COMMANDS.iter().filter(|command| !seen.contains(**command)).collect();
    assert!(missing.is_empty(), "untested: {missing:?}");
}

#[test]
fn every_command_tells_scripts_why_it_refuses() {
    let workspace = workspace();
    let mut seen: BTreeSet<&str> = BTreeSet::from(["completions"]);
    for (line, status) in REFUSED {
        let (run, object) = answer(&workspace, line, *status);
        let error = &object["error"];
        assert_eq!(error["status"], *status, "{line}");
        let message = error["message"].as_str().unwrap();
        let read = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(read.contains(message), "{message:?} is not what a person reads\n{}", run.transcript());
        seen.extend(line.split(' ').next());
    }
    let missing: Vec<&&str> = COMMANDS.iter().filter(|command| !seen.contains(**command)).collect();
    assert!(missing.is_empty(), "untested: {missing:?}");
}

#[test]
fn a_new_project_says_what_was_written_and_what_was_left() {
    let workspace =
        Workspace::new().file("recipients.toml", "[lists.front-line]\nmembers = [\"asha@board.example\"]\n");
    let line =
        "init --organisation Board --sender-address news@board.example --title Week --first-day 2027-03-25 --days 3";
    let (_, object) = answer(&workspace.at(MONDAY_MORNING), line, 0);
    let json = serde_json::Value::Object(object);
    assert_eq!(json["written"], serde_json::json!(["weekcast.toml", "broadcasts/week-2027.toml"]), "{json}");
    assert_eq!(json["left"], serde_json::json!(["recipients.toml"]));
    assert_eq!(json["days"], serde_json::json!(["2027-03-25", "2027-03-30", "2027-03-31"]));
    assert_eq!(json["passed_over"][0]["date"], "2027-03-26", "{json}");
}
