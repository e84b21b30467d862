//! Lists as people have them: every file of `tests/fixtures/lists` is read, and what was read, guessed and found is compared
//! as a whole; and what `check`, `plan` and `send` make of bad rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use weekcast::document::ProjectFolder;
use weekcast::model::{DistributionList, Findings, ListKind, Recipient};
use weekcast::recipients;

use crate::support::golden::assert_golden;
use crate::support::workspace::Workspace;

/// How many people of a list are written out.
const SHOWN: usize = 3;

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists")
}

#[test]
fn every_shape_of_file_is_read_as_it_is_meant_or_refused_with_its_reason() {
    let mut findings = Findings::new();
    let lists = recipients::load(&ProjectFolder::at(fixtures()), &mut findings);
    let findings = findings.sorted();
    let mut out = String::new();
    for list in &lists {
        let ListKind::File { path, members } = &list.kind else { panic!("{} is no file", list.name) };
        writeln!(out, "{}\n  {}", list.name, reading(list)).unwrap();
        members.iter().take(SHOWN).for_each(|one| writeln!(out, "  > {}", person(&one)).unwrap());
        if members.len() > SHOWN {
            writeln!(out, "  > and {} more", members.len() - SHOWN).unwrap();
        }
        let from = list.place.line_column().0;
        let next = lists.iter().map(|other| other.place.line_column().0).filter(|line| *line > from).min();
        for finding in &findings {
            let (line, column) = finding.place.line_column();
            let file = &finding.place.source.path;
            let own = file == path || file.starts_with(&format!("{path}/"));
            let here = file == "recipients.toml" && line >= from && next.is_none_or(|next| line < next);
            if own || here {
                let (severity, rule) = (finding.severity.word(), finding.rule);
                writeln!(out, "  {severity}[{rule}] {file}:{line}:{column}: {}", finding.message).unwrap();
                finding.help.iter().for_each(|help| writeln!(out, "    help: {help}").unwrap());
            }
        }
        out.push('\n');
    }
    assert_golden("lists/read.txt", out);
}

#[test]
fn every_fixture_is_in_a_list() {
    let lists = recipients::load(&ProjectFolder::at(fixtures()), &mut Findings::new());
    let named: BTreeSet<String> = lists
        .iter()
        .filter_map(|list| match &list.kind {
            ListKind::File { path, .. } => Some(path.clone()),
            _ => None,
        })
        .collect();
    let there =
        fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let there: BTreeSet<String> = there.filter(|name| name != "recipients.toml").collect();
    assert_eq!(named, there);
    assert!(there.len() >= 40, "{}", there.len());
}

/// A week whose list is a file with two good rows and a bad one.
fn a_file_with_a_bad_row(more: &str) -> Workspace {
    let list = format!("[lists.everyone]\nfile = \"staff.csv\"\n{more}");
    Workspace::small_week()
        .edited("broadcasts/march.toml", "lists = [\"front-line\", \"schools\"]", "lists = [\"everyone\"]")
        .recipients(&list)
        .file("staff.csv", "Email;Surname;Forename\nasha@board.example;Example;Asha\nbo.board.example;Example;Bo\n")
}

#[test]
fn how_a_file_was_read_is_said() {
    let run = a_file_with_a_bad_row("").run(["check", "--format", "json"]).exits(65);
    let list = serde_json::json!({
        "name": "everyone", "file": "staff.csv", "rows": 2, "bad_rows": 1, "skipped": false, "encoding": "UTF-8",
        "delimiter": "semicolons", "sheet": null, "heading_line": null, "notes": [],
        "columns": {
            "address": "\"Email\"", "name": "\"Forename\" and \"Surname\"",
            "first_name": "\"Forename\"", "last_name": "\"Surname\"",
        },
    });
    assert_eq!(run.json()["lists"], serde_json::json!([list]));
    let text = a_file_with_a_bad_row("").run(["check"]).exits(65).stdout;
    let line = "everyone: read 2 rows of staff.csv, separated by semicolons, UTF-8, address in \"Email\", name in \
        \"Forename\" and \"Surname\", first_name in \"Forename\" and last_name in \"Surname\"; 1 bad row: repair it, or \
        leave it out with skip_bad_rows = 1\n";
    assert!(text.contains(line), "{text}");
}

#[test]
fn bad_rows_stop_the_sending_until_their_very_number_is_written() {
    for (more, status) in
        [("", 65), ("skip_bad_rows = 2\n", 65), ("skip_bad_rows = 0\n", 65), ("skip_bad_rows = 1\n", 0)]
    {
        a_file_with_a_bad_row(more).run(["send", "monday", "--dry-run"]).exits(status);
    }
    let plan =
        a_file_with_a_bad_row("skip_bad_rows = 1\n").run(["plan", "monday", "--format", "json"]).succeeds().json();
    let reason = "left out of the list \"everyone\" as a bad row (line 3 of staff.csv): \"bo.board.example\" is not an \
        address: an address has exactly one \"@\"";
    let skipped = serde_json::json!([{ "address": "bo.board.example", "reason": reason }]);
    assert_eq!((&plan["broadcasts"][0]["skipped"], &plan["broadcasts"][0]["recipients"]), (&skipped, &1.into()));
}

fn reading(list: &DistributionList) -> String {
    list.reading.as_ref().map_or("not read".to_owned(), ToString::to_string)
}

fn person(one: &Recipient) -> String {
    let name = one.name().unwrap_or("-");
    let fields: Vec<String> = one.fields.iter().map(|(field, value)| format!("{field}={value}")).collect();
    format!("{} | {name} | {}", one.address, fields.join(", "))
}
