//! Headings that a slip spoilt: a bracket too few, single brackets where there are several of the name, a heading that
//! was deleted between two days.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::document::broken::Broken;
use crate::document::lines::Kind;
use crate::document::outline::Statement;
use crate::document::working::Edits;
use crate::model::{Finding, Findings, Place, SourceFile};

/// Reports spoilt headings and mends them in the working copy.
pub(crate) fn mend(
    source: &Arc<SourceFile>,
    statements: &mut [Statement],
    edits: &mut Edits,
    broken: &mut Broken,
    findings: &mut Findings,
) {
    for statement in statements.iter() {
        findings.extend(bad_name(source, statement, edits));
    }
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        if let Kind::Heading { name, .. } = &statement.kind {
            names.entry(name.clone()).or_default().push(index);
        }
    }
    for (name, indices) in &names {
        let brackets = |index: &usize| match statements[*index].kind {
            Kind::Heading { open, close, .. } => (open, close),
            _ => (1, 1),
        };
        let several = indices.iter().any(|index| brackets(index) == (2, 2)) || indices.len() > 1;
        let single = indices.iter().all(|index| brackets(index) == (1, 1));
        let wanted =
            if several || indices.iter().any(|index| brackets(index).0.max(brackets(index).1) > 1) { 2 } else { 1 };
        for (nth, index) in indices.iter().enumerate() {
            let (open, close) = brackets(index);
            if (open, close) == (wanted, wanted) {
                continue;
            }
            let place = content(source, &statements[*index].range);
            rebracket(&place, (open, close), wanted, edits);
            // Of several single ones the first may be meant.
            if !(single && nth == 0) {
                let first = Place::new(source, content(source, &statements[indices[0]].range));
                findings.push(heading_finding(source, place, name, single.then_some(first), wanted));
            }
        }
        if single && indices.len() > 1 {
            broken.doubled = true;
            broken.keys.push((0, name.clone()));
        }
    }
    deleted(source, statements, edits, findings);
}

/// A name with a space or a letter that may stand in quotation marks only.
fn bad_name(source: &Arc<SourceFile>, statement: &Statement, edits: &mut Edits) -> Option<Finding> {
    let Kind::Heading { name, open, close } = &statement.kind else { return None };
    let bare = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let start = statement.range.start + source.text[statement.range.clone()].find(name.as_str())?;
    if name.contains(['"', '\'']) || name.split('.').all(|part| bare(part.trim())) {
        return None;
    }
    let mut at = start;
    for part in name.split('.') {
        let range = at..at + part.len();
        at = range.end + 1;
        if !bare(part.trim()) {
            edits.insert(range.start, "\"");
            edits.insert(range.end, "\"");
        }
    }
    let dashed = |c: char| if c.is_alphanumeric() || "_-.".contains(c) { c } else { '-' };
    let better: String = name.chars().map(dashed).collect();
    let quoted = name.split('.').map(|part| if bare(part.trim()) { part.to_owned() } else { format!("\"{part}\"") });
    let example = if better.is_ascii() && !better.contains("..") {
        better.trim_matches('-').to_owned()
    } else {
        quoted.collect::<Vec<_>>().join(".")
    };
    let sides = (*open).max(*close);
    let message = "a heading is made of the letters a to z, digits and dashes";
    let finding = Finding::error("toml-syntax", Place::new(source, start..start + name.len()), message);
    Some(finding.help(format!("write {}{example}{}", "[".repeat(sides), "]".repeat(sides))))
}

/// The heading without a comment behind it.
fn content(source: &SourceFile, range: &Range<usize>) -> Range<usize> {
    let line = &source.text[range.clone()];
    range.start..range.start + line.split('#').next().unwrap_or_default().trim_end().len()
}

fn rebracket(place: &Range<usize>, (open, close): (usize, usize), wanted: usize, edits: &mut Edits) {
    match open.checked_sub(wanted) {
        Some(more) => edits.blank(place.start..place.start + more),
        None => edits.insert(place.start, &"[".repeat(wanted - open)),
    }
    match close.checked_sub(wanted) {
        Some(more) => edits.blank(place.end - more..place.end),
        None => edits.insert(place.end, &"]".repeat(wanted - close)),
    }
}

fn heading_finding(
    source: &Arc<SourceFile>,
    place: Range<usize>,
    name: &str,
    first: Option<Place>,
    wanted: usize,
) -> Finding {
    let written = source.text[place.clone()].to_owned();
    let right = format!("{}{name}{}", "[".repeat(wanted), "]".repeat(wanted));
    let finding = |message| Finding::error("toml-syntax", Place::new(source, place.clone()), message);
    match first {
        Some(first) => finding(format!("the heading {written} stands here a second time"))
            .label(first, "first here")
            .help(format!("if there are several, write {right} each time; else put the lines under the first one")),
        None => finding(format!("the heading {written} has the wrong brackets")).help(format!("write {right}")),
    }
}

/// Two keys or more that stand twice below one of several headings: the heading between them is gone.
fn deleted(source: &Arc<SourceFile>, statements: &mut [Statement], edits: &mut Edits, findings: &mut Findings) {
    let mut at = 0;
    while at < statements.len() {
        let end = (at + 1..statements.len())
            .find(|index| matches!(statements[*index].kind, Kind::Heading { .. }))
            .unwrap_or(statements.len());
        let heading = match &statements[at].kind {
            Kind::Heading { name, open: 2.., .. } => format!("[[{name}]]"),
            _ => {
                at = end;
                continue;
            }
        };
        let mut begin = at + 1;
        while let Some(twice) = second_round(&statements[begin..end]) {
            let index = begin + twice;
            let start = statements[index].range.start;
            edits.insert(start, &format!("{heading}\n"));
            let key = match &statements[index].kind {
                Kind::Pair(key) => key.clone(),
                _ => String::new(),
            };
            let place = Place::new(source, start..start + key.len());
            let message = format!("`{key}` and the keys below it stand in this {heading} already");
            let finding = Finding::error("toml-syntax", place, message)
                .label(Place::new(source, statements[at].range.clone()), "the heading");
            findings.push(finding.help(format!("put a line {heading} above, if another one begins here")));
            statements[index..end].iter_mut().for_each(|statement| statement.heading = start);
            begin = index;
        }
        at = end;
    }
}

/// The first key that stands there already, if another one after it does so as well.
fn second_round(statements: &[Statement]) -> Option<usize> {
    let stands_before = |index: usize| {
        let kind = &statements[index].kind;
        matches!(kind, Kind::Pair(_)) && statements[..index].iter().any(|other| other.kind == *kind)
    };
    let mut twice = (0..statements.len()).filter(|index| stands_before(*index));
    let first = twice.next()?;
    // The same key over and over is a repetition; different ones are another table.
    twice.any(|index| statements[index].kind != statements[first].kind).then_some(first)
}
