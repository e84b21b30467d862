//! Nothing that is not ours is lost, nothing is left half done, and nothing leads out of the folder.

use std::fs;
use std::path::Path;

use crate::own_folder::error::FolderError;
use crate::own_folder::kind::FolderKind;
use crate::own_folder::replace::{File, replace};

const MANIFEST: &str = ".weekcast-preview";
const KIND: FolderKind = FolderKind { noun: "preview", manifest: MANIFEST, is_record: true };

fn files(paths: &[&str]) -> Vec<File<'static>> {
    paths.iter().map(|path| ((*path).to_owned(), path.as_bytes().to_vec().into())).collect()
}

fn all(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(all(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

#[test]
fn the_next_preview_replaces_the_last_and_leaves_strangers() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("deep/preview");
    let written =
        replace(KIND, &folder, &files(&["index.html", "1-monday/index.html", "1-monday/files/a.pdf"])).unwrap();
    assert_eq!(written.first(), Some(&folder.join("index.html")));
    assert_eq!(all(&folder), [MANIFEST, "1-monday/files/a.pdf", "1-monday/index.html", "index.html"]);
    fs::write(folder.join("1-monday/note.txt"), "mine").unwrap();
    fs::write(folder.join("index.html"), "changed").unwrap();
    replace(KIND, &folder, &files(&["index.html", "2-tuesday/index.html"])).unwrap();
    assert_eq!(all(&folder), [MANIFEST, "1-monday/note.txt", "2-tuesday/index.html", "index.html"]);
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"index.html");
}

#[test]
fn what_a_stopped_run_left_is_cleared() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("a/b");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(KIND.part()), "left by a run that was stopped").unwrap();
    replace(KIND, &folder, &files(&["index.html", "1-monday-2027-03-15.eml"])).unwrap();
    fs::write(folder.join("notes.txt"), "hers").unwrap();
    fs::write(folder.join(KIND.part()), "left by a run that was stopped").unwrap();
    let written = replace(KIND, &folder, &files(&["index.html", "days.csv"])).unwrap();
    assert_eq!(written, [folder.join("index.html"), folder.join("days.csv")]);
    assert_eq!(all(&folder), [MANIFEST, "days.csv", "index.html", "notes.txt"]);
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "hers");
}

#[test]
fn the_manifest_can_be_checked_by_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    let empty = |path: &str| (path.to_owned(), Vec::new().into());
    replace(KIND, folder.path(), &[empty("day/a.eml"), empty("a.csv")]).unwrap();
    let manifest = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let first = "# weekcast preview, format 1: the files below are replaced by the next preview";
    // By sha256sum, of the lines above.
    let seal = "# seal: 1090e960e265a61db69f726988526286022fa76651e6cfacbff5ecd3c6f4ca93";
    assert_eq!(manifest, format!("{first}\n{hash}  a.csv\n{hash}  day/a.eml\n{seal}\n"));
}

#[test]
fn a_folder_of_another_kind_is_foreign() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    replace(KIND, folder, &files(&["index.html"])).unwrap();
    let report = FolderKind { noun: "report", manifest: ".weekcast-report", is_record: true };
    let refused = replace(report, folder, &files(&["days.csv"])).unwrap_err();
    assert!(matches!(refused, FolderError::Foreign { .. }), "{refused}");
    assert!(refused.to_string().ends_with("\" is not from an earlier report"), "{refused}");
    assert_eq!(all(folder), [MANIFEST, "index.html"]);
}

#[test]
fn a_name_that_would_damage_the_manifest_is_not_written() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    for name in ["a\nb", "../a", "/a", ".hidden", "day//a", "a b", MANIFEST, ""] {
        let refused = replace(KIND, &folder, &files(&["index.html", name]));
        assert!(matches!(refused, Err(FolderError::Disk { action: "written", .. })), "{name:?}");
        assert!(!folder.exists(), "{name:?}");
    }
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    fs::write(folder.join(".DS_Store"), "x").unwrap();
    replace(KIND, folder, &files(&["index.html"])).unwrap();
    fs::remove_file(folder.join(MANIFEST)).unwrap();
    assert!(
        matches!(replace(KIND, folder, &files(&["index.html"])), Err(FolderError::Foreign { path, .. }) if path.ends_with("index.html"))
    );
    assert_eq!(all(folder), [".DS_Store", "index.html"]);
    let file = folder.join("index.html");
    assert!(matches!(replace(KIND, &file, &files(&["a"])), Err(FolderError::Foreign { .. })));
}

#[test]
fn a_file_in_the_way_is_refused_before_anything_changes() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    replace(KIND, folder, &files(&["index.html"])).unwrap();
    fs::create_dir(folder.join("1-monday")).unwrap();
    fs::write(folder.join("1-monday/index.html"), "mine").unwrap();
    fs::write(folder.join("days.csv"), "hers").unwrap();
    fs::create_dir(folder.join("page")).unwrap();
    let before = all(folder);
    for name in ["1-monday/index.html", "days.csv", "page", "days.csv/below"] {
        let refused = replace(KIND, folder, &files(&["index.html", name]));
        let place = name.trim_end_matches("/below");
        assert!(matches!(refused, Err(FolderError::Foreign { path, .. }) if path.ends_with(place)), "{name}");
        assert_eq!(all(folder), before);
    }
    assert_eq!(fs::read_to_string(folder.join("1-monday/index.html")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(folder.join("days.csv")).unwrap(), "hers");
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let victim = temporary.path().join("victim");
    fs::write(&victim, "x").unwrap();
    replace(KIND, &folder, &files(&["index.html"])).unwrap();
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap();
    let hash = "0".repeat(64);
    for line in ["../victim", victim.to_str().unwrap(), "a\\..\\b", "", "c:x"] {
        fs::write(folder.join(MANIFEST), format!("{manifest}{hash}  {line}\n")).unwrap();
        assert!(matches!(replace(KIND, &folder, &files(&["index.html"])), Err(FolderError::Manifest { .. })), "{line}");
    }
    fs::write(folder.join(MANIFEST), b"\xff\xfe").unwrap();
    assert!(matches!(replace(KIND, &folder, &files(&["index.html"])), Err(FolderError::Manifest { .. })));
    fs::remove_file(folder.join(MANIFEST)).unwrap();
    fs::create_dir(folder.join(MANIFEST)).unwrap();
    assert!(matches!(replace(KIND, &folder, &files(&["index.html"])), Err(FolderError::Manifest { .. })));
    assert!(folder.join("index.html").exists() && victim.exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_only_the_owner_reads() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let temporary = tempfile::tempdir().unwrap();
    let (folder, outside) = (temporary.path().join("preview"), temporary.path().join("outside"));
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    replace(KIND, &folder, &files(&["index.html", "day/a", "old.eml"])).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join("day")), mode(&folder.join("day/a"))), (0o700, 0o700, 0o600));
    assert_eq!((mode(&folder.join("index.html")), mode(&folder.join(MANIFEST))), (0o600, 0o600));
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "precious").unwrap();
    fs::remove_dir_all(folder.join("day")).unwrap();
    symlink(&outside, folder.join("day")).unwrap();
    fs::remove_file(folder.join("old.eml")).unwrap();
    symlink(outside.join("a"), folder.join("old.eml")).unwrap();
    assert!(matches!(replace(KIND, &folder, &files(&["day/a"])), Err(FolderError::Foreign { .. })));
    replace(KIND, &folder, &files(&["index.html"])).unwrap();
    assert_eq!(fs::read(outside.join("a")).unwrap(), b"precious");
    assert!(fs::symlink_metadata(folder.join("old.eml")).is_err());
    fs::remove_file(folder.join("index.html")).unwrap();
    symlink(outside.join("a"), folder.join("index.html")).unwrap();
    replace(KIND, &folder, &files(&["index.html"])).unwrap();
    assert_eq!(fs::read(outside.join("a")).unwrap(), b"precious");
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"index.html");
}
