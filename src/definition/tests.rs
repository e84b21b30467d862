//! Weeks with one or several faults, and the findings that they give.

use std::path::Path;

use crate::definition::{load, weeks};
use crate::document::ProjectFolder;
use crate::model::{Findings, Week};

/// A project folder with one week, `w`.
fn project(bytes: &[u8]) -> (tempfile::TempDir, ProjectFolder) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("broadcasts/w")).unwrap();
    std::fs::write(folder.path().join("broadcasts/w.toml"), bytes).unwrap();
    let project = ProjectFolder::at(folder.path());
    (folder, project)
}

fn read(bytes: &[u8]) -> (Option<Week>, Vec<String>) {
    let (_folder, project) = project(bytes);
    let mut findings = Findings::new();
    let week = load(&project, "w", &mut findings);
    (week, shown(findings))
}

/// `line:column rule message | help` of each finding.
fn shown(findings: Findings) -> Vec<String> {
    let show = |finding: crate::model::Finding| {
        let (line, column) = finding.place.line_column();
        let help = finding.help.map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{line}:{column} {} {}{help}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

fn shipped() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("broadcasts/cse-awareness-week.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn shows() {
    let w = shipped();
    let r = |a: &str, b: &str| {
        assert!(w.contains(a), "{a}");
        w.replacen(a, b, 1)
    };
    for (name, text) in
        [("asis", w.clone()), ("missing quote", r("title = \"CSE awareness week\"", "title = \"CSE awareness week"))]
    {
        println!("== {name}");
        let (week, findings) = read(text.as_bytes());
        println!("   {:?} days", week.map(|w| w.broadcasts.len()));
        for f in findings {
            println!("   {f}");
        }
    }
}
