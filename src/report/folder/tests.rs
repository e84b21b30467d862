//! Nothing that is not ours is lost, and nothing is left half done.

use std::fs;
use std::path::Path;

use super::{MANIFEST, PART, listed, replace};
use crate::report::error::ReportError;

fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    names.iter().map(|name| ((*name).to_owned(), format!("content of {name}").into_bytes())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_earlier_report_is_replaced_and_other_files_stay() {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("a/b");
    replace(&folder, &files(&["index.html", "1-monday-2027-03-15.eml"])).unwrap();
    fs::write(folder.join("notes.txt"), "hers").unwrap();
    fs::write(folder.join(PART), "left by a run that was stopped").unwrap();
    let written = replace(&folder, &files(&["index.html", "days.csv"])).unwrap();
    assert_eq!(written, [folder.join("index.html"), folder.join("days.csv")]);
    assert_eq!(names(&folder), [MANIFEST, "days.csv", "index.html", "notes.txt"]);
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "hers");
}

#[test]
fn the_manifest_can_be_checked_by_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    replace(folder.path(), &[("a.csv".to_owned(), Vec::new())]).unwrap();
    let manifest = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(manifest.lines().nth(1), Some(format!("{empty}  a.csv").as_str()));
}

#[test]
fn a_foreign_folder_is_refused_untouched() {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("index.html"), "somebody's site").unwrap();
    assert!(matches!(replace(&folder, &files(&["index.html"])), Err(ReportError::Foreign(_))));
    assert_eq!(names(&folder), ["index.html"]);
    assert!(matches!(replace(&folder.join("index.html"), &files(&["a"])), Err(ReportError::Foreign(_))));
    fs::remove_file(folder.join("index.html")).unwrap();
    fs::write(folder.join(".DS_Store"), "").unwrap();
    replace(&folder, &files(&["index.html"])).unwrap();
}

#[test]
fn a_file_that_the_manifest_does_not_list_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    replace(folder.path(), &files(&["index.html"])).unwrap();
    fs::write(folder.path().join("days.csv"), "hers").unwrap();
    let refused = replace(folder.path(), &files(&["index.html", "days.csv"]));
    assert!(matches!(refused, Err(ReportError::Foreign(path)) if path.ends_with("days.csv")));
    assert_eq!(fs::read_to_string(folder.path().join("days.csv")).unwrap(), "hers");
}

#[test]
fn a_manifest_that_leads_elsewhere_is_damaged() {
    let hash = "0".repeat(64);
    let first = super::FIRST_LINE;
    assert!(listed(&format!("{first}\n{hash}  a-1.eml\n")).is_some());
    for text in [
        String::new(),
        "another program's".to_owned(),
        format!("{first}\n{hash}  ../week.toml\n"),
        format!("{first}\n{hash}  /etc/passwd\n"),
        format!("{first}\n{hash}  ..\n"),
        format!("{first}\n{hash}  a\\b\n"),
        format!("{first}\n{hash}  C:x\n"),
        format!("{first}\n{hash}  \n"),
        format!("{first}\nindex.html\n"),
    ] {
        assert!(listed(&text).is_none(), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    replace(&folder, &files(&["index.html", "old.eml"])).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("index.html")), 0o600);
    assert_eq!(mode(&folder.join(MANIFEST)), 0o600);
    let target = top.path().join("target");
    fs::write(&target, "precious").unwrap();
    for name in ["index.html", "old.eml"] {
        fs::remove_file(folder.join(name)).unwrap();
        symlink(&target, folder.join(name)).unwrap();
    }
    replace(&folder, &files(&["index.html"])).unwrap();
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "content of index.html");
}
