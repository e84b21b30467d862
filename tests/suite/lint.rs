//! Every rule, those of the readers included, on its fixture pair: `tests/fixtures/lint/RULE/clean` is a small project in
//! which `check` finds nothing, `dirty` one in which it finds that rule, and beside it only what `RULE/also.txt` names, a
//! rule a line. `RULE/grow.txt` names files that are too large for the repository: a path and a number of bytes, to
//! which the file is repeated.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use weekcast::lint::{READERS, RULES};
use weekcast::model::Severity;

/// Rules without a pair, each with its reason.
const WITHOUT_PAIR: [(&str, &str); 4] = [
    ("file-unreadable", "permissions do not travel with a repository"),
    ("same-morning", "takes two weeks, one of which must be named; see one_morning.rs"),
    ("link-dead", "found by `check --online` only; see online.rs"),
    ("link-moved", "found by `check --online` only; see online.rs"),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")
}

/// What each rule may find.
fn rules() -> BTreeMap<&'static str, &'static [Severity]> {
    let own = RULES.iter().map(|rule| (rule.id, rule.severities));
    own.chain(READERS.iter().map(|rule| (rule.id, rule.severities))).collect()
}

#[test]
fn every_rule_has_a_pair_and_every_pair_a_rule() {
    let entries = fs::read_dir(fixtures()).expect("the fixtures are there");
    let pairs: BTreeSet<String> =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    let exempt = |id: &str| WITHOUT_PAIR.iter().any(|(rule, _)| *rule == id);
    let expected: BTreeSet<String> = rules().into_keys().filter(|id| !exempt(id)).map(ToOwned::to_owned).collect();
    assert_eq!(pairs, expected);
    for pair in pairs {
        for side in ["clean", "dirty"] {
            assert!(fixtures().join(&pair).join(side).join("broadcasts").is_dir(), "{pair}/{side} is no project");
        }
    }
}

#[test]
fn check_finds_each_rule_in_its_dirty_project_and_nothing_in_the_clean_one() {
    let known = rules();
    let mut complaints = Vec::new();
    for (rule, severities) in &known {
        let folder = fixtures().join(rule);
        if !folder.is_dir() {
            continue; // The test above names it.
        }
        let clean = Checked::new(&folder, "clean");
        if !clean.findings.is_empty() || clean.status != 0 {
            complaints.push(format!("{rule}/clean: status {}, {}", clean.status, clean.output));
        }
        let dirty = Checked::new(&folder, "dirty");
        let also = fs::read_to_string(folder.join("also.txt")).unwrap_or_default();
        let expected: BTreeSet<&str> = also.split_whitespace().chain([*rule]).collect();
        let found: BTreeSet<&str> = dirty.findings.iter().map(|finding| finding.rule.as_str()).collect();
        let errors = dirty.findings.iter().any(|finding| finding.severity == "error");
        if found != expected || dirty.status != if errors { 65 } else { 0 } {
            complaints
                .push(format!("{rule}/dirty: status {}, {found:?} for {expected:?}: {}", dirty.status, dirty.output));
        }
        for finding in dirty.findings.iter().filter(|finding| finding.rule == *rule) {
            if !severities.iter().any(|severity| severity.word() == finding.severity) {
                complaints.push(format!("{rule}: a finding is an {}, against the table", finding.severity));
            }
            if let Some(fault) = finding.fault(&folder.join("dirty")) {
                complaints.push(format!("{rule}/dirty: {fault}: {}", dirty.output));
            }
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// One finding of `check --format json`.
struct Found {
    rule: String,
    severity: String,
    file: String,
    line: u64,
    column: u64,
    message: String,
}

impl Found {
    fn new(finding: &Value) -> Self {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| finding[key].as_u64().unwrap_or_default();
        Self {
            rule: text("rule"),
            severity: text("severity"),
            file: text("file"),
            line: number("line"),
            column: number("column"),
            message: text("message"),
        }
    }

    /// What the contract asks of a finding and this one lacks.
    fn fault(&self, project: &Path) -> Option<&'static str> {
        let fact = |text: &str| !text.is_empty() && !text.ends_with('.');
        if !project.join(&self.file).exists() && self.rule != "file-missing" {
            return Some("the file that it names is not in the project");
        }
        if self.line == 0 || self.column == 0 {
            return Some("lines and columns count from 1");
        }
        (!fact(&self.message)).then_some("the message is empty or ends in a full stop")
    }
}

/// A run of `check` on one side of a pair.
struct Checked {
    status: i32,
    findings: Vec<Found>,
    output: String,
}

impl Checked {
    /// Runs it on a copy: the fixtures stay as they are, whatever the program does.
    fn new(pair: &Path, side: &str) -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder can be made");
        let project = temporary.path().join(side);
        copy(&pair.join(side), &project);
        grow(pair, temporary.path(), side);
        let mut command = Command::new(env!("CARGO_BIN_EXE_weekcast"));
        command.arg("--project").arg(&project).args(["check", "--format", "json"]).env("NO_COLOR", "1");
        let run = command.output().expect("the program can be started");
        let (stdout, stderr) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        let json: Value = serde_json::from_str(&stdout).unwrap_or(Value::Null);
        let list = json["findings"].as_array();
        let output = if list.is_some() { stdout.trim().to_owned() } else { format!("no JSON: {stdout}{stderr}") };
        let findings = list.into_iter().flatten().map(Found::new).collect();
        let status = if list.is_some() { run.status.code().unwrap_or(-1) } else { -1 };
        Self { status, findings, output }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

/// Repeats the files that `grow.txt` names for this side until they have their size.
fn grow(pair: &Path, root: &Path, side: &str) {
    let list = fs::read_to_string(pair.join("grow.txt")).unwrap_or_default();
    for line in list.lines() {
        let (path, size) = line.rsplit_once(' ').expect("grow.txt: PATH BYTES");
        if !path.starts_with(&format!("{side}/")) {
            continue;
        }
        let size: usize = size.parse().expect("grow.txt: PATH BYTES");
        let once = fs::read(root.join(path)).expect("the file to grow is there");
        assert!(!once.is_empty(), "{path} is empty");
        fs::write(root.join(path), once.repeat(size.div_ceil(once.len()))).expect("it can be written");
    }
}
