//! The officer's Markdown as plain values for the rules about words: the same events that the message is written from,
//! without judging them. Whatever is wrong with tags and marks is said where the message is compiled.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use crate::model::{
    Heading, MERGED, Passage, PassageKind, Place, Prose, ProseLink, ProsePicture, ProseTable, Text, Week, WeekProse,
};
use crate::render::markdown::read::OPTIONS;
use crate::render::markdown::{address, links, prepare};
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;
use crate::render::template::sentinel::{MOST, tag};
use crate::render::template::tag::{TagKind, scan};

/// The Markdown of a week.
#[must_use]
pub fn week_prose(week: &Week) -> WeekProse {
    WeekProse {
        intro: week.intro.as_ref().and_then(prose),
        closing: week.closing.as_ref().and_then(prose),
        bodies: week.broadcasts.iter().map(|broadcast| prose(&broadcast.body)).collect(),
    }
}

fn prose(text: &Text) -> Option<Prose> {
    let (tags, _) = scan(text.value());
    if tags.len() >= MOST {
        return None;
    }
    let script = Script { text: Arc::new(text.clone()), tags, names: Vec::new(), usable: true };
    let source = prepare::prepare(&script);
    let mut reader = Reader::new(&script, &source);
    for (event, range) in Parser::new_ext(source.text(), OPTIONS).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    Some(reader.prose)
}

/// The words of a passage, while they come in.
struct Draft {
    kind: PassageKind,
    words: String,
    /// `(offset in words, offset in the officer's file)`.
    map: Vec<(usize, usize)>,
    place: Place,
    /// Stretches in which no bare address is looked for: links and program words.
    taken: Vec<Range<usize>>,
}

impl Draft {
    fn words(&self, range: Range<usize>) -> Text {
        let map = self.map.iter().map(|(at, file)| (at.saturating_sub(range.start), *file, *at));
        // Of the points before the stretch only the last says where it begins.
        let before = map.clone().take_while(|(_, _, at)| *at <= range.start).last();
        let first = before.map(|(_, file, at)| (0, file + (range.start - at)));
        let rest = map.filter(|(_, _, at)| *at > range.start && *at < range.end).map(|(here, file, _)| (here, file));
        let points: Vec<(usize, usize)> = first.into_iter().chain(rest).collect();
        let value = self.words.get(range).unwrap_or_default().to_owned();
        let whole = Text::new(value, self.place.clone(), points.clone());
        let place = whole.at(0..whole.value().len());
        Text::new(whole.value().to_owned(), place, points)
    }
}

/// A link that is open: where its words begin, where it leads, where it stands.
struct OpenLink {
    start: usize,
    url: String,
    place: Place,
    bare: bool,
    alt: String,
}

struct Reader<'r> {
    script: &'r Script,
    source: &'r Mapped,
    prose: Prose,
    draft: Option<Draft>,
    link: Option<OpenLink>,
    /// The alternative text of an open picture, with its file and place.
    picture: Option<(String, String, Place)>,
    head: Vec<String>,
}

impl<'r> Reader<'r> {
    fn new(script: &'r Script, source: &'r Mapped) -> Self {
        Self { script, source, prose: Prose::default(), draft: None, link: None, picture: None, head: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.words(&text, &range),
            Event::Code(text) => {
                let start = self.draft.as_ref().map_or(0, |draft| draft.words.len());
                self.words(&text, &range);
                if let Some(draft) = &mut self.draft {
                    draft.taken.push(start..draft.words.len());
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words("\n", &range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.open(PassageKind::Paragraph, range),
            Tag::Heading { .. } => self.open(PassageKind::Heading, range),
            Tag::TableCell => self.open(PassageKind::Cell, range),
            Tag::CodeBlock(_) => self.open(PassageKind::Code, range),
            Tag::TableHead => self.prose.tables.push(ProseTable { head: Vec::new(), place: self.place(range) }),
            Tag::Link { link_type, dest_url, .. } => self.open_link(*link_type, dest_url, range),
            Tag::Image { dest_url, .. } => {
                self.picture = Some((String::new(), self.shown(dest_url), self.place(range)));
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            _ => self.close(),
        }
        if let Tag::Heading { level, .. } = tag {
            let place = self.place(range);
            self.prose.headings.push(Heading { level: *level as u8, words: String::new(), place });
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_picture(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Heading(_) => {
                let words = self.trimmed();
                if let Some(heading) = self.prose.headings.last_mut() {
                    heading.words = words;
                }
                self.close();
            }
            TagEnd::TableCell => {
                self.head.push(self.trimmed());
                self.close();
            }
            TagEnd::TableHead => {
                let head = std::mem::take(&mut self.head);
                if let Some(table) = self.prose.tables.last_mut() {
                    table.head = head;
                }
            }
            TagEnd::Table => self.head.clear(),
            _ => self.close(),
        }
    }

    fn trimmed(&self) -> String {
        self.draft.as_ref().map(|draft| draft.words.trim().to_owned()).unwrap_or_default()
    }

    fn open(&mut self, kind: PassageKind, range: &Range<usize>) {
        self.close();
        let place = self.place(range);
        self.draft = Some(Draft { kind, words: String::new(), map: Vec::new(), place, taken: Vec::new() });
    }

    /// Ends the passage: its bare addresses are links as well.
    fn close(&mut self) {
        let Some(draft) = self.draft.take() else { return };
        for bare in links::find(&draft.words) {
            let range = bare.range;
            if draft.taken.iter().any(|taken| taken.start < range.end && range.start < taken.end) {
                continue;
            }
            let words = draft.words(range);
            let place = words.place().clone();
            self.prose.links.push(ProseLink { words, url: bare.address, place, bare: true });
        }
        if !draft.words.trim().is_empty() {
            let words = Text::new(draft.words, draft.place, draft.map);
            self.prose.passages.push(Passage { kind: draft.kind, words });
        }
    }

    fn open_link(&mut self, kind: LinkType, written: &CowStr<'_>, range: &Range<usize>) {
        if self.draft.is_none() {
            self.open(PassageKind::Item, range);
        }
        let start = self.draft.as_ref().map_or(0, |draft| draft.words.len());
        let whole = match kind {
            LinkType::Email => format!("mailto:{written}"),
            _ => address::whole(written).unwrap_or_else(|_| written.to_string()),
        };
        let bare = matches!(kind, LinkType::Autolink | LinkType::Email);
        let (url, place) = (self.shown(&whole), self.place(range));
        self.link = Some(OpenLink { start, url, place, bare, alt: String::new() });
    }

    fn close_link(&mut self) {
        let (Some(link), Some(draft)) = (self.link.take(), &mut self.draft) else { return };
        let range = link.start..draft.words.len();
        let words = draft.words(range.clone());
        let is_picture = words.is_blank() && !link.alt.is_empty();
        let words = if is_picture { Text::synthetic(link.alt, link.place.clone()) } else { words };
        draft.taken.push(range);
        self.prose.links.push(ProseLink { words, url: link.url, place: link.place, bare: link.bare });
    }

    fn close_picture(&mut self) {
        let Some((alt, file, place)) = self.picture.take() else { return };
        let alt = alt.trim().to_owned();
        if let Some(link) = &mut self.link {
            link.alt.clone_from(&alt);
        }
        self.prose.pictures.push(ProsePicture { alt, file, place });
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        let shown = self.shown(text);
        if let Some((alt, ..)) = &mut self.picture {
            alt.push_str(&shown);
            return;
        }
        if self.draft.is_none() {
            self.open(PassageKind::Item, range);
        }
        let points = self.points(text, range);
        let Some(draft) = &mut self.draft else { return };
        let start = draft.words.len();
        draft.map.extend(points.into_iter().map(|(at, file)| (start + at, file)));
        draft.words.push_str(&shown);
    }

    /// Where in the file the words of an event stand, as far as they move on otherwise than byte by byte.
    fn points(&self, text: &str, range: &Range<usize>) -> Vec<(usize, usize)> {
        let file = |at: usize| self.place(&(at..at + 1)).range.start;
        let first = file(range.start);
        let straight = text.len() == range.len() && !text.contains(|c| tag(c).is_some());
        let last = range.end.saturating_sub(1).max(range.start);
        if text.len() != range.len() || straight && file(last) == first + (last - range.start) {
            return vec![(0, first)];
        }
        let mut points: Vec<(usize, usize)> = Vec::new();
        let mut shown = 0;
        for (at, character) in text.char_indices() {
            let here = file(range.start + at);
            if points.last().is_none_or(|(from, to)| here != to + (shown - from)) {
                points.push((shown, here));
            }
            shown += self.shown(character.encode_utf8(&mut [0; 4])).len();
        }
        points
    }

    /// Without our own characters: a value to be filled in is [`MERGED`], a statement is nothing.
    fn shown(&self, text: &str) -> String {
        let value = |index: usize| self.script.tags.get(index).is_some_and(|tag| tag.kind == TagKind::Value);
        let shown = text.chars().filter_map(|c| match tag(c) {
            None => Some(c),
            Some(index) => value(index).then_some(MERGED),
        });
        shown.collect()
    }

    fn place(&self, range: &Range<usize>) -> Place {
        self.script.text.at(self.source.origin(range.clone()))
    }
}

#[cfg(test)]
mod tests;
