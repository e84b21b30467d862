//! The README as the officer and IT use it: each command line in it is given, each settings block is read, and each word of
//! weekcast that it names exists.

mod blocks;
mod commands;
mod names;

/// The guide.
const README: &str = include_str!("../../../README.md");

/// The lines between fences, with the word behind the opening fence.
fn fenced() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in README.lines() {
        // A block in a numbered list is indented.
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(word), None) => open = Some((word.trim(), Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, lines))) => lines.push(line.trim_start()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}
