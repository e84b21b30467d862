//! The copy of a document that is inlined: each start tag carries a number and no style of its own, what is filled in for
//! each recipient is laid open, and only the author's style sheets are left.

use crate::render::builtin::LAYOUTS;
use crate::render::inline::markup::{Item, StartTag, items};
use crate::render::template::sentinel::slot;
use crate::render::template::slot::Slot;
use crate::render::template::tag::{TagKind, scan};

/// The attribute that holds the number.
pub(super) const MARK: &str = "data-weekcast-number";

/// Elements that show nothing.
const UNSEEN: [&str; 6] = ["html", "head", "meta", "link", "base", "br"];

/// A start tag and the text that it stands in.
pub(super) struct Target {
    /// The slot whose template it stands in; none for the document.
    pub(super) slot: Option<usize>,
    /// The tag.
    pub(super) tag: StartTag,
}

/// The copy and its numbered tags.
pub(super) struct Marked<'s> {
    slots: &'s [Slot],
    pub(super) copy: String,
    pub(super) targets: Vec<Target>,
}

impl<'s> Marked<'s> {
    /// The copy; none where the document has no style sheet to be inlined.
    pub(super) fn of(document: &str, slots: &'s [Slot]) -> Option<Self> {
        let found = items(document);
        if !found.iter().any(|item| is_of_author(document, item)) {
            return None;
        }
        let mut marked = Self { slots, copy: String::with_capacity(document.len() * 2), targets: Vec::new() };
        marked.push(document, &found, None);
        Some(marked)
    }

    fn push(&mut self, text: &str, items: &[Item], slot: Option<usize>) {
        let mut from = 0;
        for item in items {
            let range = item.range();
            self.words(text.get(from..range.start).unwrap_or_default(), slot.is_none());
            from = range.end;
            match item {
                Item::Start(tag) => {
                    // What is steered inside the tag differs from recipient to recipient.
                    let steered = text.get(range).is_some_and(|tag| tag.contains(STATEMENT));
                    self.tag(text, tag, slot, !steered);
                }
                Item::Style(..) if slot.is_none() && is_of_author(text, item) => {
                    self.copy.push_str(text.get(range).unwrap_or_default());
                }
                Item::Style(..) | Item::Comment(_) => {}
            }
        }
        self.words(text.get(from..).unwrap_or_default(), slot.is_none());
    }

    /// Words and end tags; slots among them are laid open, those within them are not.
    fn words(&mut self, text: &str, opens: bool) {
        for character in text.chars() {
            let found = slot(character).filter(|_| opens);
            let template = found.and_then(|index| Some((index, self.slots.get(index)?.template()?)));
            match template {
                Some((index, (_, source))) => {
                    let source = blanked(source);
                    self.push(&source, &items(&source), Some(index));
                }
                None if character == STATEMENT => self.copy.push(' '),
                None => self.copy.push(character),
            }
        }
    }

    fn tag(&mut self, text: &str, tag: &StartTag, slot: Option<usize>, numbered: bool) {
        if tag.name == "link" || tag.name == "meta" || tag.name == "base" {
            return;
        }
        self.copy.push('<');
        self.copy.push_str(&tag.name);
        if numbered && !UNSEEN.contains(&tag.name.as_str()) {
            self.copy.push_str(&format!(" {MARK}=\"{}\"", self.targets.len()));
            self.targets.push(Target { slot, tag: tag.clone() });
        }
        for attribute in tag.attributes.iter().filter(|attribute| attribute.name != "style") {
            self.copy.push(' ');
            self.copy.push_str(text.get(attribute.whole.clone()).unwrap_or_default());
        }
        self.copy.push('>');
    }
}

/// Whether it is a style element that an author wrote and did not mark `data-css-inline="keep"`.
fn is_of_author(text: &str, item: &Item) -> bool {
    let Item::Style(tag, rules, _) = item else { return false };
    let rules = text.get(rules.clone()).unwrap_or_default();
    let built_in = LAYOUTS.iter().any(|layout| layout.source.contains(rules));
    !built_in && tag.attribute("data-css-inline").is_none()
}

/// A control character that stands where a statement stood, so that the tag around it is known.
const STATEMENT: char = '\u{1}';

/// A template's source with as many bytes and no tags.
fn blanked(source: &str) -> String {
    let mut out = source.to_owned();
    for tag in scan(source).0 {
        let fill = if tag.kind == TagKind::Statement { STATEMENT } else { ' ' };
        out.replace_range(tag.range.clone(), &fill.to_string().repeat(tag.range.len()));
    }
    out
}
