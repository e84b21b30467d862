//! Golden files: equal, different, missing, rewritten.

use std::fs;

use crate::support::golden::{compare, leftovers};

#[test]
fn a_difference_is_shown_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "one\ntwo\nthree\nfour\nfive\nsix\n").unwrap();
    let complaint = compare(folder.path(), "a.txt", b"one\ntwo\nthree\n4\nfive\r\nsix\n", false).unwrap_err();
    let (_, difference) = complaint.split_once("\n").unwrap();
    assert_eq!(difference, "@@ line 4\n  two⏎\n  three⏎\n- four⏎\n- five⏎\n+ 4⏎\n+ five\\r⏎\n  six⏎");
}

#[test]
fn lines_that_are_gone_or_new_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "a\na\nb\n").unwrap();
    let difference = |actual: &[u8]| compare(folder.path(), "a.txt", actual, false).unwrap_err();
    assert!(difference(b"a\nb\n").ends_with("@@ line 2\n  a⏎\n- a⏎\n  b⏎"), "{}", difference(b"a\nb\n"));
    assert!(difference(b"a\na\nb\nc").ends_with("+ c"), "{}", difference(b"a\na\nb\nc"));
    assert!(difference(b"").contains("- b⏎"));
}

#[test]
fn a_missing_file_is_a_failure_until_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let complaint = compare(folder.path(), "deep/a.txt", b"text\n", false).unwrap_err();
    assert!(complaint.contains("does not exist") && complaint.contains("UPDATE_GOLDEN=1"), "{complaint}");
    compare(folder.path(), "deep/a.txt", b"text\n", true).unwrap();
    compare(folder.path(), "deep/a.txt", b"text\n", false).unwrap();
    compare(folder.path(), "deep/a.txt", b"other\n", true).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("deep/a.txt")).unwrap(), "other\n");
}

#[test]
fn files_that_nobody_produces_are_found() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "deep/b.txt", "deep/c.txt"] {
        compare(folder.path(), name, b"x", true).unwrap();
    }
    assert_eq!(leftovers(folder.path(), &["a.txt", "deep/c.txt"]), ["deep/b.txt"]);
    assert_eq!(leftovers(&folder.path().join("none"), &["a.txt"]), Vec::<String>::new());
}
