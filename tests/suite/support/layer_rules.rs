//! The rules of the source's shape, as complaints about files given as (path below src, text).

use crate::support::module_graph::{ModuleGraph, is_test_file};
use crate::support::rust_source::{paths_from, product_code};

/// From the lowest: a module imports from lower layers only. Those of layer 0 may import each other.
const LAYERS: [&[&str]; 7] = [
    &["model", "clock", "exit"],
    &["document", "media", "own_folder", "spreadsheet"],
    &[
        "definition",
        "recipients",
        "render",
        "compose",
        "dkim",
        "lint",
        "link_check",
        "plan",
        "calendar",
        "transport",
        "ledger",
        "catcher",
        "scheduler",
    ],
    &["send", "schedule", "report", "preview", "bounce", "settings", "first_week", "icalendar", "output"],
    &["app"],
    &["commands"],
    &["cli", "lib", "main"],
];

/// A file with more lines says in its header why, after these words.
const LONGEST_FILE: usize = 300;
const EXCUSE: &str = "Long because";

/// Everything that is wrong.
pub fn complaints(files: &[(String, String)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in files {
        complaints.extend(form(path, text));
        if !is_test_file(path) {
            let code = product_code(text);
            complaints.extend(layers(path, &code));
            complaints.extend(style(path, &code));
        }
    }
    complaints.extend(ModuleGraph::of(files).cycles());
    complaints
}

/// Header and length.
fn form(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if !text.starts_with("//!") {
        complaints.push(format!("{path}: does not open with //! that says what it answers for"));
    }
    let mut header = text.lines().take_while(|line| line.starts_with("//!"));
    let lines = text.lines().count();
    if lines > LONGEST_FILE && !header.any(|line| line.contains(EXCUSE)) {
        complaints.push(format!("{path}: {lines} lines: split it, or say in its header \"{EXCUSE} …\""));
    }
    complaints
}

/// Imports from above and from neighbours.
fn layers(path: &str, code: &str) -> Vec<String> {
    let home = path.split(['/', '.']).next().unwrap_or(path);
    let Some(own) = layer(home) else {
        return vec![format!("{path}: {home} is in no layer; give it one in {}", file!())];
    };
    let mut targets: Vec<String> = paths_from(code, "crate").into_iter().filter_map(|p| p.into_iter().next()).collect();
    targets.sort();
    targets.dedup();
    targets.retain(|target| target != home && target.starts_with(char::is_lowercase));
    let complaint = |target: &String| match layer(target) {
        None => Some(format!("{path}: crate::{target} is in no layer; give it one in {}", file!())),
        Some(other) if other > own => Some(format!(
            "{path}: imports crate::{target}, which is in layer {other}, above {home} in layer {own}; move the word \
             down, or the step up"
        )),
        Some(other) if other == own && own > 0 => Some(format!(
            "{path}: imports crate::{target}, but {home} and {target} are both in layer {own}; a word is missing in \
             model, or a step in a layer above"
        )),
        Some(_) => None,
    };
    targets.iter().filter_map(complaint).collect()
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|names| names.contains(&name))
}

/// Lines that have no place in a file of this kind.
fn style(path: &str, code: &str) -> Vec<String> {
    let contents = path.ends_with("/mod.rs");
    let mut complaints = Vec::new();
    let mut inside_item = false;
    for (number, line) in code.lines().enumerate() {
        let mut complain = |words: &str| complaints.push(format!("{path}:{}: {words}", number + 1));
        if holds_root(line, "super::") {
            complain("super:: outside tests; write the full path from crate::");
        }
        if !contents && line.trim_start().starts_with("use self::") {
            complain("self:: in an import; write the full path from crate::");
        }
        if line.contains("::*") || line.contains("{*") {
            complain("wildcard import; name what is meant");
        }
        if contents {
            let line = line.trim();
            if !inside_item && !is_table_of_contents(line) {
                complain("only docs, mod and pub use stand in a mod.rs; move the rest to a file with a name");
            }
            let begins = line.contains("use ") || inside_item;
            inside_item = begins && !line.ends_with(';');
        }
    }
    complaints
}

/// Whether a line holds a path root as a word of its own.
fn holds_root(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn is_table_of_contents(line: &str) -> bool {
    let visible = line.strip_prefix("pub").map(|rest| match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')').map_or("", |(_, rest)| rest).trim_start(),
        None => rest.trim_start(),
    });
    let declares = |text: &str| text.starts_with("mod ") && text.ends_with(';');
    let attribute = line.starts_with("#[") || line.starts_with("#![");
    line.is_empty()
        || attribute
        || declares(line)
        || visible.is_some_and(|rest| declares(rest) || rest.starts_with("use "))
}
