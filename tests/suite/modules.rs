//! A test file that nobody lists is never run: this fails while one is not declared by the module above it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::rust_source::{files_under, is_module_declared};

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

#[test]
fn every_file_of_the_suite_is_listed() {
    let unlisted: Vec<String> =
        files_under(&suite()).into_iter().filter(|(path, _)| !is_listed(path)).map(|(path, _)| path).collect();
    assert!(unlisted.is_empty(), "not declared with `mod` by main.rs or mod.rs: {}", unlisted.join(", "));
}

#[test]
fn every_file_of_the_suite_says_what_it_is_for() {
    let silent: Vec<String> =
        files_under(&suite()).into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "without `//!` on the first line: {}", silent.join(", "));
}

/// Whether the parent of a file declares it: `main.rs` at the top, `NAME.rs` or `NAME/mod.rs` below.
fn is_listed(path: &str) -> bool {
    let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if module == "main" {
        return true;
    }
    let (parents, name) = match module.rsplit_once('/') {
        Some((folder, name)) => (vec![format!("{folder}/mod.rs"), format!("{folder}.rs")], name),
        None => (vec!["main.rs".to_owned()], module),
    };
    let texts = parents.iter().filter_map(|parent| fs::read_to_string(suite().join(parent)).ok());
    texts.into_iter().any(|text| is_module_declared(&text, name))
}
