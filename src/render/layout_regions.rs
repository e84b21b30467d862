//! A layout's template with slots in the places that mention the recipient.

use std::sync::Arc;

use crate::model::{Finding, Findings, Text};
use crate::render::layout_context::NAMES;
use crate::render::mentions::{self, Mention};
use crate::render::template::expression::{Names, of_tag};
use crate::render::template::fields;
use crate::render::template::mapped::Mapped;
use crate::render::template::sentinel::{MOST, of_slot};
use crate::render::template::slot::{Filling, Slot};
use crate::render::template::tag::{Tag, TagKind, scan};

/// A template made ready for the engine.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// Traced to the file.
    pub(crate) text: Text,
    /// The recipient's fields that it looks at.
    pub(crate) mentions: Vec<Mention>,
}

/// Finds the regions that mention the recipient and puts slots there.
pub(crate) fn prepare(name: &str, text: Text, slots: &mut Vec<Slot>, findings: &mut Findings) -> Prepared {
    let (tags, unclosed) = scan(text.value());
    findings.extend(unclosed.iter().map(|unclosed| unclosed.finding(&text)));
    let names: Vec<Names> = tags.iter().map(|tag| of_tag(text.value(), tag)).collect();
    check(&text, &tags, &names, findings);
    let shared = Arc::new(text.clone());
    let (mut mapped, mut prelude) = (Mapped::default(), Mapped::default());
    let (mut at, mut index) = (0, 0);
    while let Some(tag) = tags.get(index) {
        let last = end(&tags, index);
        if (index..=last).any(|index| names[index].mention_recipient()) && slots.len() < MOST {
            let end = tags[last].range.end;
            mapped.copy_clean(text.value(), at..tag.range.start);
            let mut source = prelude.clone();
            source.copy(&text.value()[tag.range.start..end], tag.range.start);
            mapped.insert(&of_slot(slots.len()).to_string(), tag.range.start..end);
            let ending = name.rsplit('.').next().unwrap_or("txt");
            let filling = Filling::Template { name: format!("layout-slot-{}.{ending}", slots.len()), source };
            slots.push(Slot { text: shared.clone(), filling });
            (at, index) = (end, last + 1);
            continue;
        }
        if tag.word == "set" && text.value()[tag.inner.clone()].contains('=') {
            prelude.copy(&text.value()[tag.range.clone()], tag.range.start);
        }
        index += 1;
    }
    mapped.copy_clean(text.value(), at..text.value().len());
    let mentions = mentions::of(&text, &names);
    Prepared { text: traced(&text, &mapped), mentions }
}

/// The prepared template as a text of the file; the map of a whole file is the identity.
fn traced(text: &Text, mapped: &Mapped) -> Text {
    let points = mapped.points().collect();
    Text::new(mapped.text().to_owned(), text.place().clone(), points)
}

/// Index of the tag that closes what this one opens; its own where it opens nothing.
fn end(tags: &[Tag], start: usize) -> usize {
    let mut open: Vec<&str> = Vec::new();
    for (index, tag) in tags.iter().enumerate().skip(start) {
        match tag.word.as_str() {
            word @ ("if" | "for" | "filter") if tag.kind == TagKind::Statement => open.push(word),
            word @ ("endif" | "endfor" | "endfilter") if word.ends_with(open.last().unwrap_or(&"-")) => _ = open.pop(),
            _ => {}
        }
        if open.is_empty() {
            return index;
        }
    }
    start
}

/// Misspelt names, also where an `if` would hide them. A template with components has names that only the engine knows.
fn check(text: &Text, tags: &[Tag], names: &[Names], findings: &mut Findings) {
    if tags.iter().any(|tag| tag.word == "component") || text.place().source.path.starts_with('(') {
        return;
    }
    let mut locals: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    locals.extend(names.iter().flat_map(|names| names.locals.clone()));
    for path in names.iter().flat_map(|names| &names.paths) {
        findings.extend(fields::finding(path, &locals, |range| text.at(range)));
    }
    for (tag, names) in tags.iter().zip(names) {
        if tag.word == "set" && names.mention_recipient() {
            let message = "a variable is set from the recipient, who differs from message to message";
            let finding = Finding::error("template-syntax", text.at(tag.range.clone()), message);
            findings.push(finding.help("use {{ recipient.… }} at the place where the value is needed"));
        }
    }
}
