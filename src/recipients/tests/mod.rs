//! Lists with one or several faults, and the findings that they give.

mod files;
mod groups;
mod members;

use std::path::Path;

use crate::document::ProjectFolder;
use crate::model::{DistributionList, Expansion, Finding, Findings, ListName, Place};
use crate::recipients::{expand, load, load_file};

struct Project {
    _folder: tempfile::TempDir,
    project: ProjectFolder,
}

fn project(files: &[(&str, &[u8])]) -> Project {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let project = ProjectFolder::at(folder.path());
    Project { _folder: folder, project }
}

/// `file:line:column rule message` of each finding; the file without its ending.
fn shown(findings: Findings) -> Vec<String> {
    let show = |finding: Finding| {
        let (line, column) = finding.place.line_column();
        let file = finding.place.source.path.split('.').next().unwrap();
        format!("{file}:{line}:{column} {} {}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

fn names(names: &[&str]) -> Vec<(ListName, Place)> {
    names.iter().map(|name| (ListName((*name).to_owned()), Place::file("w.toml"))).collect()
}

fn addresses(expansion: &Expansion) -> Vec<String> {
    expansion.recipients.iter().map(|recipient| recipient.address.to_string()).collect()
}

/// Lists and findings of a `recipients.toml` with a `people.csv` beside it.
fn read(toml: &str, csv: &[u8]) -> (Vec<DistributionList>, Vec<String>) {
    let project = project(&[("recipients.toml", toml.as_bytes()), ("people.csv", csv)]);
    let mut findings = Findings::new();
    let lists = load(&project.project, &mut findings);
    (lists, shown(findings))
}

#[test]
fn the_shipped_lists_come_to_thirteen_and_eight() {
    let project = ProjectFolder::at(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut findings = Findings::new();
    let lists = load_file(&project, "recipients.example.toml", &mut findings);
    let everyone = expand(&lists, &names(&["everyone"]), &mut findings);
    let schools = expand(&lists, &names(&["schools"]), &mut findings);
    assert_eq!(shown(findings), Vec::<String>::new());
    assert_eq!((everyone.recipients.len(), schools.recipients.len()), (13, 8));
    let excluded: Vec<_> = everyone.excluded.iter().map(|(who, list)| (who.as_str(), list.0.as_str())).collect();
    assert_eq!(excluded, [("cerys.example@board.example", "opted-out")]);
    let femi: Vec<_> = everyone.recipients.iter().filter(|one| one.address.as_str().starts_with("femi")).collect();
    assert_eq!(femi.len(), 1);
    assert_eq!(*femi[0].lists, [ListName("front-line".into()), ListName("schools".into())]);
    assert_eq!(femi[0].fields.get("role").unwrap(), "Education adviser");
    assert_eq!(femi[0].fields.get("School").unwrap(), "Example Virtual School");
}
