//! How a layout's templates belong together: one that comes back to itself, and what a template writes for a parent that
//! has no place for it. The engine recurses into the first and passes over the second without a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::nearest;
use crate::model::{Finding, Findings, Place, Text};
use crate::render::builtin::{block_name, quoted};
use crate::render::template::tag::{Tag, scan};

/// The templates by name.
pub(crate) type Family = BTreeMap<String, Text>;

/// The templates that a template extends or includes, with the places where it says so.
pub(crate) fn references(text: &Text) -> Vec<(String, Place)> {
    let (tags, _) = scan(text.value());
    let tags = tags.iter().filter(|tag| tag.word == "extends" || tag.word == "include");
    tags.filter_map(|tag| Some((quoted(text.value(), tag)?.to_owned(), text.at(tag.range.clone())))).collect()
}

/// Adds what is wrong between the templates.
pub(crate) fn check(family: &Family, root: &str, findings: &mut Findings) {
    let errors = findings.errors();
    cycles(family, &mut vec![root.to_owned()], &mut BTreeSet::new(), findings);
    if findings.errors() > errors {
        return;
    }
    for text in family.values() {
        let tags = scan(text.value()).0;
        let Some(parent) = parent(text, &tags) else { continue };
        unknown_blocks(family, text, &tags, parent, findings);
    }
}

/// Walks from the last name of the path; what is on the path already is a circle.
fn cycles(family: &Family, path: &mut Vec<String>, done: &mut BTreeSet<String>, findings: &mut Findings) {
    let Some(text) = path.last().and_then(|name| family.get(name)) else { return };
    for (name, place) in references(text) {
        if let Some(start) = path.iter().position(|on_path| *on_path == name) {
            let way: Vec<String> = path.iter().skip(start).map(|name| format!("\"{name}\"")).collect();
            let message = format!("\"{name}\" comes back to itself: {} -> \"{name}\"", way.join(" -> "));
            let finding = Finding::error("template-cycle", place, message);
            let help = "take one of the lines out; what is built in is called \"builtin/broadcast.html\"";
            findings.push(finding.help(help));
        } else if !done.contains(&name) {
            path.push(name);
            cycles(family, path, done, findings);
            done.extend(path.pop());
        }
    }
}

fn parent<'t>(text: &'t Text, tags: &[Tag]) -> Option<&'t str> {
    tags.iter().find(|tag| tag.word == "extends").and_then(|tag| quoted(text.value(), tag))
}

/// Blocks that stand in no other block and that no template above has.
fn unknown_blocks(family: &Family, text: &Text, tags: &[Tag], parent_name: &str, findings: &mut Findings) {
    let mut known: Vec<String> = Vec::new();
    let mut above = family.get(parent_name);
    while let Some(parent_text) = above {
        let tags = scan(parent_text.value()).0;
        let names =
            tags.iter().filter(|tag| tag.word == "block").filter_map(|tag| block_name(parent_text.value(), tag));
        known.extend(names.map(str::to_owned));
        above = parent(parent_text, &tags).and_then(|name| family.get(name));
    }
    let mut depth = 0_usize;
    for tag in tags {
        match tag.word.as_str() {
            "block" => {
                let name = block_name(text.value(), tag).unwrap_or_default();
                if depth == 0 && !name.is_empty() && !known.iter().any(|known| known == name) {
                    findings.push(unknown(text, tag, name, parent_name, &known));
                }
                depth += 1;
            }
            "endblock" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
}

fn unknown(text: &Text, tag: &Tag, name: &str, parent: &str, known: &[String]) -> Finding {
    // The name follows the word and white space.
    let start = tag.inner.start + text.value().get(tag.inner.clone()).and_then(|inner| inner.rfind(name)).unwrap_or(0);
    let message = format!("\"{parent}\" has no block \"{name}\", so this would not be shown");
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("write \"{near}\""),
        None => format!("one of: {}", known.join(", ")),
    };
    Finding::error("template-block-unknown", text.at(start..start + name.len()), message).help(help)
}
