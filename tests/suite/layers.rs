//! The shape of `src`: layers, no cycles, `mod.rs` as a table of contents, headers, sizes, imports by full path.
//! Nothing else keeps a single crate straight.

use std::path::Path;

use crate::support::layer_rules::complaints;
use crate::support::rust_source::files_under;

#[test]
fn the_source_keeps_to_its_layers() {
    let files = files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 20, "the source was not found");
    let complaints = complaints(&files);
    assert!(complaints.is_empty(), "src breaks the rules of its shape:\n{}", complaints.join("\n"));
}

/// What is said of files that are given as (path, text); the header is added.
fn said_of(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, String)> =
        files.iter().map(|(path, text)| ((*path).to_owned(), format!("//! Header.\n{text}"))).collect();
    complaints(&files)
}

#[track_caller]
fn assert_said(files: &[(&str, &str)], words: &str) {
    let said = said_of(files);
    assert!(said.iter().any(|complaint| complaint.contains(words)), "{words:?} is not among {said:#?}");
}

#[test]
fn imports_downwards_and_from_siblings_are_fine() {
    let said = said_of(&[
        ("lib.rs", "pub mod model;\npub mod plan;\npub mod send;\n"),
        ("clock.rs", "use crate::model::Address;\n"),
        ("model/mod.rs", "mod address;\nmod week;\npub use address::Address;\n#[cfg(test)]\nmod tests;\n"),
        ("model/address.rs", "pub struct Address;\n#[cfg(test)]\nmod tests { use super::*; use crate::send::X; }\n"),
        (
            "model/week.rs",
            "use crate::model::address::Address;\n// crate::send::x and super::y\nconst S: &str = \"crate::send::z\";\n",
        ),
        ("model/tests.rs", "use super::*;\n"),
        ("plan/mod.rs", "mod plan;\npub use plan::{\n    Plan,\n    Due,\n};\n"),
        ("plan/plan.rs", "use crate::{clock::Clock, model::{self, Address}};\n"),
        ("send/mod.rs", "//! More.\nmod run;\n"),
        ("send/run.rs", "pub(super) fn f<'a>(p: &'a crate::plan::Plan) -> char { '\"' }\n"),
        ("main.rs", "fn main() { weekcast::cli::run(); }\n"),
    ]);
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn a_higher_layer_and_a_neighbour_are_out_of_bounds() {
    assert_said(&[("model/a.rs", "use crate::plan::Plan;\n")], "model/a.rs: imports crate::plan");
    assert_said(&[("plan/a.rs", "fn f() { crate::ledger::open(); }\n")], "plan and ledger are both in layer 2");
    assert_said(&[("app.rs", "use crate::{model::A, cli::{B, C}};\n")], "layer 6");
    assert_said(&[("plan/a.rs", "use crate::nowhere::X;\n")], "crate::nowhere is in no layer");
    assert_said(&[("helpers/a.rs", "")], "helpers is in no layer");
}

#[test]
fn cycles_are_found_through_tables_of_contents() {
    assert_said(
        &[
            ("plan/mod.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\n"),
            ("plan/a.rs", "use crate::plan::b::B;\n"),
            ("plan/b.rs", "use crate::plan::c::C;\n"),
            ("plan/c.rs", "use crate::plan::A;\n"),
        ],
        "cycle: plan/a.rs -> plan/b.rs -> plan/c.rs -> plan/a.rs",
    );
    assert_said(
        &[("clock.rs", "use crate::exit::E;\n"), ("exit.rs", "use crate::clock::C;\n")],
        "cycle: clock.rs -> exit.rs -> clock.rs",
    );
}

#[test]
fn the_form_of_a_file_is_kept() {
    assert_said(&[("plan/mod.rs", "mod a;\npub fn f() {}\n")], "plan/mod.rs:3: only docs, mod and pub use");
    assert_said(&[("plan/mod.rs", "use crate::model::A;\n")], "only docs, mod and pub use");
    assert_said(&[("plan/a.rs", "use super::b::B;\n")], "plan/a.rs:2: super::");
    assert_said(&[("plan/a.rs", "use self::b::B;\n")], "self::");
    assert_said(&[("plan/a.rs", "use crate::model::*;\n")], "wildcard");
    assert_said(&[("plan/a.rs", &"\n".repeat(300))], "301 lines");
    assert_eq!(said_of(&[("plan/a.rs", &format!("//! Long because of a table.\n{}", "\n".repeat(300)))]).len(), 0);
    let headless = complaints(&[("plan/a.rs".to_owned(), "/// x\n".to_owned())]);
    assert_eq!(headless, ["plan/a.rs: does not open with //! that says what it answers for"]);
}
