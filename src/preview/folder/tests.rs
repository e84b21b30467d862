//! What a preview does to the folder that it is written to.

use std::fs;
use std::path::Path;

use crate::preview::error::PreviewError;
use crate::preview::folder::{File, MANIFEST, replace};

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
    let written = replace(&folder, &files(&["index.html", "1-monday/index.html", "1-monday/files/a.pdf"])).unwrap();
    assert_eq!(written.first(), Some(&folder.join("index.html")));
    assert_eq!(all(&folder), [MANIFEST, "1-monday/files/a.pdf", "1-monday/index.html", "index.html"]);
    fs::write(folder.join("1-monday/note.txt"), "mine").unwrap();
    fs::write(folder.join("index.html"), "changed").unwrap();
    replace(&folder, &files(&["index.html", "2-tuesday/index.html"])).unwrap();
    assert_eq!(all(&folder), [MANIFEST, "1-monday/note.txt", "2-tuesday/index.html", "index.html"]);
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"index.html");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    fs::write(folder.join(".DS_Store"), "x").unwrap();
    replace(folder, &files(&["index.html"])).unwrap();
    fs::remove_file(folder.join(MANIFEST)).unwrap();
    assert!(
        matches!(replace(folder, &files(&["index.html"])), Err(PreviewError::Foreign(path)) if path.ends_with("index.html"))
    );
    assert_eq!(all(folder), [".DS_Store", "index.html"]);
    let file = folder.join("index.html");
    assert!(matches!(replace(&file, &files(&["a"])), Err(PreviewError::Foreign(_))));
}

#[test]
fn a_file_in_the_way_is_refused_before_anything_changes() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    replace(folder, &files(&["index.html"])).unwrap();
    fs::create_dir(folder.join("1-monday")).unwrap();
    fs::write(folder.join("1-monday/index.html"), "mine").unwrap();
    let before = all(folder);
    assert!(matches!(replace(folder, &files(&["1-monday/index.html"])), Err(PreviewError::Foreign(_))));
    assert_eq!(all(folder), before);
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let victim = temporary.path().join("victim");
    fs::write(&victim, "x").unwrap();
    replace(&folder, &files(&["index.html"])).unwrap();
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap();
    for line in ["../victim", victim.to_str().unwrap(), "a\\..\\b", "", "c:x"] {
        fs::write(folder.join(MANIFEST), format!("{manifest}{line}\n")).unwrap();
        assert!(matches!(replace(&folder, &files(&["index.html"])), Err(PreviewError::Manifest(_))), "{line}");
    }
    assert!(victim.exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_only_the_owner_reads() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let temporary = tempfile::tempdir().unwrap();
    let (folder, outside) = (temporary.path().join("preview"), temporary.path().join("outside"));
    replace(&folder, &files(&["index.html", "day/a"])).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join("day")), mode(&folder.join("day/a"))), (0o700, 0o700, 0o600));
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "precious").unwrap();
    fs::remove_dir_all(folder.join("day")).unwrap();
    symlink(&outside, folder.join("day")).unwrap();
    assert!(matches!(replace(&folder, &files(&["day/a"])), Err(PreviewError::Foreign(_))));
    replace(&folder, &files(&["index.html"])).unwrap();
    assert_eq!(fs::read(outside.join("a")).unwrap(), b"precious");
    fs::remove_file(folder.join("index.html")).unwrap();
    symlink(outside.join("a"), folder.join("index.html")).unwrap();
    replace(&folder, &files(&["index.html"])).unwrap();
    assert_eq!(fs::read(outside.join("a")).unwrap(), b"precious");
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"index.html");
}
