//! Weeks with one or several faults, and the findings that they give.

mod keys;
mod slips;

use std::path::Path;

use crate::definition::{load, weeks};
use crate::document::ProjectFolder;
use crate::model::{Finding, Findings, Week};

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

/// `line:column rule message` of each finding.
fn shown(findings: Findings) -> Vec<String> {
    let show = |finding: Finding| {
        let (line, column) = finding.place.line_column();
        format!("{line}:{column} {} {}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

fn shipped() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("broadcasts/cse-awareness-week.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_shipped_week_is_read_without_a_finding() {
    let project = ProjectFolder::at(env!("CARGO_MANIFEST_DIR"));
    let mut findings = Findings::new();
    let week = load(&project, "cse-awareness-week", &mut findings).unwrap();
    assert_eq!(shown(findings), Vec::<String>::new());
    assert_eq!(weeks(&project), ["cse-awareness-week"]);
    assert_eq!(week.title.value(), "CSE awareness week");
    assert_eq!(week.folder, "broadcasts/cse-awareness-week");
    assert_eq!(week.grace.as_secs(), 3 * 3600);
    assert_eq!(week.awareness_day.unwrap().date.0.to_string(), "2027-03-18");
    assert_eq!(week.signature.unwrap().phones.len(), 3);
    let themes: Vec<&str> = week.broadcasts.iter().map(|day| day.theme.value()).collect();
    assert_eq!(
        themes,
        [
            "Spotting the signs",
            "Training and guidance",
            "Schools resources",
            "Helplines and online safety",
            "Turning concern into action"
        ]
    );
    assert_eq!(week.broadcasts[1].attachments.len(), 2);
    assert_eq!(week.broadcasts[2].lists.as_ref().unwrap()[0].0.0, "schools");
}

#[test]
fn a_week_that_is_not_there_is_named_with_those_that_are() {
    let (_folder, project) = project(b"");
    std::fs::write(project.join("broadcasts/.w.toml.swp"), "").unwrap();
    std::fs::write(project.join("broadcasts/autumn.toml"), "").unwrap();
    assert_eq!(weeks(&project), ["autumn", "w"]);
    for (name, rule, help) in [
        ("autum", "file-missing", Some("did you mean \"autumn\"?")),
        ("autumn.toml", "file-missing", Some("did you mean \"autumn\"?")),
        ("spring-week", "file-missing", Some("the weeks there are \"autumn\" and \"w\"")),
        ("../w", "file-outside", None),
        ("/etc/passwd", "file-missing", Some("the weeks there are \"autumn\" and \"w\"")),
    ] {
        let mut findings = Findings::new();
        assert_eq!(load(&project, name, &mut findings), None);
        let finding = findings.iter().next().unwrap();
        assert_eq!((finding.rule, finding.help.as_deref()), (rule, help), "{name}");
    }
}
