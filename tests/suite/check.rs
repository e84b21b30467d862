//! `check`: all faults in one pass, at the officer's own lines, in text and JSON, and what its exit status says.

use serde_json::Value;

use crate::support::golden::assert_golden;
use crate::support::workspace::Workspace;

fn rules_and_lines(json: &Value) -> Vec<(String, String, u64)> {
    json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("rule"), text("file"), finding["line"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn a_good_week_has_no_findings() {
    let json = Workspace::small_week().run(["check", "--format", "json"]).succeeds().json();
    assert_eq!(json, serde_json::json!({ "findings": [], "errors": 0, "warnings": 0, "dropped": [], "lists": [] }));
}

/// Twelve mistakes of different kinds in three files: each is shown once, at its line.
#[test]
fn many_mistakes_are_all_shown_in_one_pass() {
    let workspace = Workspace::small_week()
        .edited(
            "broadcasts/march.toml",
            "title = \"Safeguarding Awareness Week\"",
            "titel = \"Safeguarding Awareness Week\"",
        )
        .edited("broadcasts/march.toml", "lang = \"en-GB\"", "lang = “en-GB”")
        .edited(
            "broadcasts/march.toml",
            "lists = [\"front-line\", \"schools\"]",
            "lists = [\"front-line\", \"shcools\"]",
        )
        .edited(
            "broadcasts/march.toml",
            "theme = \"Training and guidance\"",
            "theme = \"Training and guidance\"\ndate = 2027-03-20",
        )
        .edited(
            "broadcasts/march.toml",
            "Please **book early**.",
            "Please **book early**, {{ recipient.shift }}.\n\n![](missing.png)",
        )
        .edited("broadcasts/march.toml", "https://board.example/courses", "javascript:alert(1)")
        .edited("broadcasts/march.toml", "Three questions open", "{{ week.tilte }} <b>Three</b> questions open")
        .edited("recipients.toml", "dev@board.example", "dev@@board.example")
        .edited("recipients.toml", "ewa@board.example", "ewa@board")
        .edited("weekcast.toml", "website", "webiste");
    let json = workspace.run(["check", "--format", "json"]).exits(65).json();
    let found = rules_and_lines(&json);
    let text = workspace.run(["check"]).exits(65);
    assert_golden("errors/many_mistakes.txt", &text.stdout);
    for (rule, file) in [
        ("unknown-key", "broadcasts/march.toml"),
        ("curly-quotes", "broadcasts/march.toml"),
        ("unknown-list", "broadcasts/march.toml"),
        ("weekend", "broadcasts/march.toml"),
        ("merge-field", "broadcasts/march.toml"),
        ("picture-alt", "broadcasts/march.toml"),
        ("file-missing", "broadcasts/march.toml"),
        ("link-scheme", "broadcasts/march.toml"),
        ("raw-html", "broadcasts/march.toml"),
        ("bad-address", "recipients.toml"),
        ("unknown-key", "weekcast.toml"),
    ] {
        assert!(found.iter().any(|(r, f, _)| r == rule && f == file), "{rule} in {file} is missing from {found:#?}");
    }
    assert_eq!(found.iter().filter(|(rule, ..)| rule == "bad-address").count(), 2);
}

#[test]
fn faults_in_the_settings_alone_are_status_78() {
    let workspace = Workspace::small_week().edited("weekcast.toml", "website", "webiste");
    workspace.run(["check"]).exits(78).says("did you mean `website`?");
}

#[test]
fn a_password_in_a_file_is_refused_and_not_repeated() {
    let workspace = Workspace::small_week().settings(
        "[sender]\nfrom = \"a@board.example\"\n[transport]\nkind = \"smtp\"\nhost = \"mail.board.example\"\nusername = \"a\"\n\
         password = \"correct horse\"\n",
    );
    workspace.run(["check"]).exits(78).says("env").conceals("correct horse");
}

#[test]
fn a_warning_does_not_count_without_strict() {
    let workspace = Workspace::small_week().edited(
        "broadcasts/march.toml",
        "summary = \"Where to find the courses of this year.\"\n",
        "",
    );
    workspace.run(["check"]).succeeds().says("warning");
    workspace.run(["check", "--strict"]).exits(65);
}

#[test]
fn files_of_windows_editors_are_read_with_a_note() {
    let week = Workspace::small_week().read("broadcasts/march.toml");
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(week.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes));
    let workspace = Workspace::small_week().file("broadcasts/march.toml", utf16);
    workspace.run(["check"]).succeeds().says("UTF-16");
    let mut bom = vec![0xEF, 0xBB, 0xBF];
    bom.extend(week.replace('\n', "\r\n").bytes());
    workspace.write("broadcasts/march.toml", bom);
    workspace.run(["check"]).succeeds().says("byte order mark");
}

#[test]
fn without_a_project_or_a_week_it_says_what_to_do() {
    Workspace::new().run(["check"]).exits(66).complains("broadcasts/NAME.toml");
    let workspace = Workspace::small_week();
    workspace.run(["check", "--week", "marhc"]).exits(66).complains("did you mean --week march?");
    workspace.run(["chekc"]).exits(64);
    std::fs::remove_file(workspace.path().join("recipients.toml")).unwrap();
    workspace.run(["check"]).exits(66).says("recipients.toml");
}

#[test]
fn a_week_with_errors_is_not_sent() {
    let workspace = Workspace::small_week()
        .edited("broadcasts/march.toml", "Three questions open", "{{ week.tilte }} questions open")
        .at("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(65).complains("nothing is written or sent");
    assert!(!workspace.path().join("outbox").exists());
}

#[test]
fn every_rule_is_listed_with_its_reason() {
    let workspace = Workspace::small_week();
    let text = workspace.run(["check", "--rules"]).succeeds().stdout;
    let json = workspace.run(["check", "--rules", "--format", "json"]).succeeds().json();
    let listed = json["rules"].as_array().unwrap();
    assert_eq!(listed.len(), weekcast::lint::RULES.len() + weekcast::lint::READERS.len());
    for rule in listed {
        let line = text.lines().find(|line| line.split_whitespace().next() == rule["rule"].as_str());
        assert!(line.is_some_and(|line| line.ends_with(rule["why"].as_str().unwrap())), "{rule}");
    }
    let weekend = listed.iter().find(|rule| rule["rule"] == "weekend").unwrap();
    assert_eq!((&weekend["severities"], &weekend["allowable"]), (&serde_json::json!(["error"]), &true.into()));
}

#[test]
fn an_own_file_changes_the_table_of_bank_holidays() {
    let days = "[[working_day]]\ndate = 2027-05-03\n[[holiday]]\nname = \"Office closed\"\ndate = 2027-05-04\n";
    let own = "[organisation]\nholidays_file = \"closed.toml\"\n";
    let settings = crate::support::small_week::outbox_settings().replacen("[organisation]\n", own, 1);
    let workspace = Workspace::small_week()
        .edited("broadcasts/march.toml", "starts = 2027-03-15", "starts = 2027-05-03")
        .settings(&settings);
    workspace.run(["check"]).exits(65).says("there is no file \"closed.toml\"");
    let found = |workspace: &Workspace| {
        let json = workspace.run(["check", "--format", "json"]).exits(65).json();
        json["findings"].as_array().unwrap().iter().map(|one| one["message"].to_string()).collect::<Vec<_>>()
    };
    workspace.write("closed.toml", days);
    assert_eq!(found(&workspace), ["\"Tuesday 4 May 2027 is a day off: Office closed\""]);
}
