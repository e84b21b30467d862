//! Every octet of every file counts.

use std::fs;

use crate::own_folder::check::{Checked, check};
use crate::own_folder::kind::FolderKind;
use crate::own_folder::replace::replace_noting;

const MANIFEST: &str = ".weekcast-report";
const KIND: FolderKind = FolderKind { noun: "report", manifest: MANIFEST, is_record: true };
const PATHS: [&str; 3] = ["1-monday.eml", "deep/a.csv", "index.html"];

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = PATHS.map(|path| (path.to_owned(), format!("the content of {path}").into_bytes().into()));
    replace_noting(KIND, folder.path(), &files, Some("a note")).unwrap();
    folder
}

#[test]
fn what_was_written_is_sound() {
    let folder = written();
    fs::write(folder.path().join("Thumbs.db"), "").unwrap();
    let sound = Checked { files: 3, note: Some("a note".to_owned()), ..Checked::default() };
    assert_eq!(check(KIND, folder.path()).unwrap(), Some(sound));
    assert_eq!(check(KIND, &folder.path().join("nowhere")).unwrap(), None);
    assert_eq!(check(KIND, &folder.path().join("deep")).unwrap(), None);
}

#[test]
fn one_changed_octet_names_its_file() {
    let folder = written();
    for path in PATHS.iter().chain([&MANIFEST]) {
        let place = folder.path().join(path);
        let good = fs::read(&place).unwrap();
        for index in 0..good.len() {
            for bit in [1, 0x20, 0x80] {
                let mut bad = good.clone();
                bad[index] ^= bit;
                fs::write(&place, &bad).unwrap();
                let found = check(KIND, folder.path()).unwrap().unwrap();
                assert_eq!(found.changed, [*path], "octet {index} of {path}");
                assert!(found.missing.is_empty() && found.added.is_empty(), "octet {index} of {path}");
            }
        }
        for bad in [&good[..good.len() - 1], &[&good[..], b"\n"].concat(), b""] {
            fs::write(&place, bad).unwrap();
            assert_eq!(check(KIND, folder.path()).unwrap().unwrap().changed, [*path], "{path}");
        }
        fs::write(&place, &good).unwrap();
    }
}

#[test]
fn what_is_missing_added_or_a_link_is_named() {
    let folder = written();
    fs::remove_file(folder.path().join("index.html")).unwrap();
    fs::write(folder.path().join("deep/b.csv"), "").unwrap();
    fs::write(folder.path().join(".hidden"), "").unwrap();
    let found = check(KIND, folder.path()).unwrap().unwrap();
    assert_eq!(
        (found.missing, found.added),
        (vec!["index.html".to_owned()], vec![".hidden".into(), "deep/b.csv".into()])
    );
    #[cfg(unix)]
    {
        fs::rename(folder.path().join("1-monday.eml"), folder.path().join("moved")).unwrap();
        std::os::unix::fs::symlink("moved", folder.path().join("1-monday.eml")).unwrap();
        let found = check(KIND, folder.path()).unwrap().unwrap();
        assert_eq!((found.changed, found.added.len()), (vec!["1-monday.eml".to_owned()], 3));
    }
}
