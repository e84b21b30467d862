//! What stands within a line: words, bare addresses, links and pictures.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::render::markdown::read::{RAW_HTML, RAW_HTML_HELP, Reader, Stream};
use crate::render::markdown::tree::{Inline, has_statement, words};
use crate::render::markdown::{address, balance, leftover, links};
use crate::render::template::sentinel::tag;
use crate::render::template::tag::TagKind;

impl<'s> Reader<'_, '_> {
    /// Inlines up to the end of what they stand in, which is left in the stream.
    pub(crate) fn inlines(&mut self, stream: &mut Stream<'s>) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = stream.next_if(|(event, _)| !ends_inlines(event)) {
            match event {
                Event::Text(text) => self.text(&text, range, &mut inlines),
                Event::Code(text) => {
                    self.no_statement(&text, &range);
                    inlines.push(Inline::Code(text.to_string()));
                }
                Event::SoftBreak | Event::HardBreak => inlines.push(Inline::Break),
                Event::InlineHtml(_) | Event::Html(_) => self.error("raw-html", &range, RAW_HTML, RAW_HTML_HELP),
                Event::Start(Tag::Strong) => inlines.push(Inline::Strong(self.inner(stream))),
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    let written =
                        if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                    let label = self.inner(stream);
                    let link = self.link(&written, label, &range);
                    // Outlook writes an address twice: `a@x.example<mailto:a@x.example>`.
                    let is_twice = link_type == LinkType::Autolink || link_type == LinkType::Email;
                    if !(is_twice && leads_alike(inlines.last(), link.first())) {
                        if is_twice && ends_in_word(inlines.last()) {
                            inlines.push(Inline::Text(" ".to_owned()));
                        }
                        inlines.extend(link);
                    }
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let alt = words(&self.inner(stream));
                    inlines.extend(self.picture(&dest_url, &alt, &range));
                }
                Event::Start(_) => inlines.push(Inline::Emphasis(self.inner(stream))),
                _ => {}
            }
        }
        inlines
    }

    fn inner(&mut self, stream: &mut Stream<'s>) -> Vec<Inline> {
        let inlines = self.inlines(stream);
        stream.next();
        balance::check(balance::of_inlines(&inlines), self.script, self.findings);
        inlines
    }

    fn text(&mut self, text: &str, range: Range<usize>, inlines: &mut Vec<Inline>) {
        leftover::check(text, range, self.source, &self.script.text, self.findings);
        let mut start = 0;
        for (stretch, from) in self.between_statements(text) {
            for bare in links::find(stretch) {
                let (begin, end) = (from + bare.range.start, from + bare.range.end);
                // What a statement continues may be a longer address, which nobody can know.
                if text[end..].starts_with(|c| self.is_statement(c)) {
                    continue;
                }
                self.words(&text[start..begin], inlines);
                let label = vec![Inline::Text(text[begin..end].to_owned())];
                inlines.push(match address::whole(&bare.address) {
                    Ok(address) => Inline::Link(address, label),
                    Err(_) => Inline::Text(text[begin..end].to_owned()),
                });
                start = end;
            }
        }
        self.words(&text[start..], inlines);
    }

    /// The stretches of a text between its statements, with the offsets where they begin.
    fn between_statements<'t>(&self, text: &'t str) -> Vec<(&'t str, usize)> {
        let mut stretches = Vec::new();
        let mut start = 0;
        for stretch in text.split_inclusive(|c| self.is_statement(c)) {
            stretches.push((stretch.trim_end_matches(|c| self.is_statement(c)), start));
            start += stretch.len();
        }
        stretches
    }

    fn words(&self, text: &str, inlines: &mut Vec<Inline>) {
        let mut start = 0;
        for (at, character) in text.char_indices() {
            let Some(index) = tag(character).filter(|_| self.is_statement(character)) else { continue };
            if at > start {
                inlines.push(Inline::Text(text[start..at].to_owned()));
            }
            inlines.push(Inline::Statement(index));
            start = at + character.len_utf8();
        }
        if start < text.len() {
            inlines.push(Inline::Text(text[start..].to_owned()));
        }
    }

    fn is_statement(&self, character: char) -> bool {
        let tag = tag(character).and_then(|index| self.script.tags.get(index));
        tag.is_some_and(|tag| tag.kind == TagKind::Statement)
    }

    /// A statement where none can be.
    pub(crate) fn no_statement(&mut self, text: &str, range: &Range<usize>) {
        if text.chars().any(|c| self.is_statement(c)) {
            let message = "a {% … %} cannot stand in an address, a description or program code";
            self.error("template-block", range, message, "put the whole link or picture inside of the condition");
        }
    }

    fn link(&mut self, written: &str, label: Vec<Inline>, range: &Range<usize>) -> Vec<Inline> {
        self.no_statement(written, range);
        if words(&label).trim().is_empty() && !has_statement(&label) {
            self.error("link-text", range, "the link has no words", "write what it leads to between [ and ]");
        }
        if let Some(tag) = written.strip_prefix("lang:").or_else(|| written.strip_prefix("LANG:")) {
            let label = match self.language_tag(tag, range) {
                Some(tag) => vec![Inline::Lang(tag, label)],
                None => label,
            };
            return label;
        }
        // Markdown nests no links, so bare addresses in the words of a link are words.
        let label = label.into_iter().flat_map(unlinked).collect();
        match address::whole(written) {
            Ok(address) => vec![Inline::Link(address, label)],
            Err(message) => {
                let curly = written.contains(['“', '”', '„', '‘', '’']);
                let help = if curly {
                    "take the curly quotation marks away from the address"
                } else {
                    "begin the address with https:// or mailto:"
                };
                self.error("link-scheme", range, message, help);
                label
            }
        }
    }

    fn picture(&mut self, file: &str, alt: &str, range: &Range<usize>) -> Option<Inline> {
        self.no_statement(&format!("{file}{alt}"), range);
        if alt.trim().is_empty() {
            let help = "say in a few words what it shows: ![words](file.png)";
            self.error("picture-alt", range, "the picture has no alternative text", help);
        }
        let place = self.place(range);
        let shown: String = alt.chars().filter(|c| tag(*c).is_none()).collect();
        let index = self.gallery.add(file, &shown, &place, self.findings)?;
        Some(Inline::Picture(index, alt.to_owned()))
    }
}

fn leads_alike(one: Option<&Inline>, other: Option<&Inline>) -> bool {
    matches!((one, other), (Some(Inline::Link(one, _)), Some(Inline::Link(other, _))) if one == other)
}

fn ends_in_word(inline: Option<&Inline>) -> bool {
    matches!(inline, Some(Inline::Text(text)) if text.ends_with(char::is_alphanumeric))
}

fn unlinked(inline: Inline) -> Vec<Inline> {
    match inline {
        Inline::Link(_, label) => label,
        other => vec![other],
    }
}

fn ends_inlines(event: &Event<'_>) -> bool {
    match event {
        Event::End(_) | Event::Rule => true,
        Event::Start(tag) => {
            !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        _ => false,
    }
}
