//! An officer's text to a tree: Markdown's events, cleaned of what has no place in a message.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::model::{Finding, Findings, Place, bad_language_tag, is_language_tag};
use crate::render::files::gallery::Gallery;
use crate::render::markdown::tree::{Block, Callout, Inline, has_statement, words};
use crate::render::markdown::{balance, box_line, pasted, prepare};
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;

/// What of Markdown's extensions a text may use.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_GFM);

/// How deep blocks and inlines may stand within each other.
const DEPTH: usize = 40;

/// Said of HTML.
pub(crate) const RAW_HTML: &str = "HTML is not taken into a message";
/// And what to do.
pub(crate) const RAW_HTML_HELP: &str = "say it in Markdown; for a plain < write &lt;";

/// The events, with a look ahead.
pub(crate) type Stream<'s> = std::iter::Peekable<std::vec::IntoIter<(Event<'s>, Range<usize>)>>;

/// Reads a text; pictures go to the gallery, faults to the findings.
pub(crate) fn read(script: &Script, gallery: &mut Gallery<'_>, findings: &mut Findings) -> Vec<Block> {
    let source = prepare::prepare(script);
    pasted::check(&source, script, findings);
    let parser = Parser::new_ext(source.text(), OPTIONS);
    let references = parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    let events: Vec<_> = TextMergeWithOffset::new(parser.into_offset_iter()).collect();
    if let Some(range) = too_deep(&events) {
        let place = script.text.at(source.origin(range));
        let finding =
            Finding::error("nesting", place, "lists, quotes or emphasis stand too deep within each other here");
        findings.push(finding.help("remove the repeated marks"));
        return Vec::new();
    }
    let shift = u8::from(events.iter().any(|(event, _)| is_top_heading(event)));
    let mut reader =
        Reader { script, source: &source, gallery, findings, shift, level: 1, heading: Vec::new(), boxes: 0 };
    reader.unused(&events, references);
    let mut stream = events.into_iter().peekable();
    reader.blocks(&mut stream)
}

/// The first place that is nested deeper than any message is: reading and writing are recursive.
fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Some(range.start..range.start);
        }
    }
    None
}

fn is_top_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. }))
}

/// What reading a text needs at hand.
pub(crate) struct Reader<'r, 'g> {
    /// The text and its tags.
    pub(crate) script: &'r Script,
    /// What Markdown was given.
    pub(crate) source: &'r Mapped,
    /// Where pictures go.
    pub(crate) gallery: &'r mut Gallery<'g>,
    /// Where faults go.
    pub(crate) findings: &'r mut Findings,
    /// 1 where the text has headings of level 1: its highest becomes level 2, as the theme is the only level 1.
    shift: u8,
    /// In how many boxes and list items we are.
    pub(crate) boxes: usize,
    /// Level of the last heading.
    level: u8,
    /// Words of the last heading, for the caption of a table.
    pub(crate) heading: Vec<Inline>,
}

impl<'s> Reader<'_, '_> {
    /// The officer's place of a range.
    pub(crate) fn place(&self, range: &Range<usize>) -> Place {
        self.script.text.at(self.source.origin(range.clone()))
    }

    /// Adds an error.
    pub(crate) fn error(&mut self, rule: &'static str, range: &Range<usize>, message: impl Into<String>, help: &str) {
        let place = self.place(range);
        self.findings.push(Finding::error(rule, place, message).help(help));
    }

    /// Blocks up to the end of what they stand in.
    fn blocks(&mut self, stream: &mut Stream<'s>) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = stream.peek() {
            match event {
                Event::End(_) => {
                    stream.next();
                    break;
                }
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
                )
                | Event::Text(_)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::HardBreak => {
                    let inlines = self.inlines(stream);
                    blocks.extend(balance::hoist(inlines, self.script, Block::Plain, self.findings));
                }
                _ => {
                    if let Some((event, range)) = stream.next() {
                        blocks.extend(self.block(event, range, stream));
                    }
                }
            }
        }
        balance::check(balance::of_blocks(&blocks), self.script, self.findings);
        blocks
    }

    fn block(&mut self, event: Event<'s>, range: Range<usize>, stream: &mut Stream<'s>) -> Vec<Block> {
        match event {
            Event::Start(Tag::Paragraph) => self.paragraph(&range, stream),
            Event::Start(Tag::Heading { level, .. }) => self.heading(level as u8, &range, stream),
            Event::Start(Tag::BlockQuote(kind)) => self.quote(kind, &range, stream),
            Event::Start(Tag::List(first)) => self.list(first, stream),
            Event::Start(Tag::Table(align)) => vec![Block::Table(self.table(&align, stream))],
            Event::Start(Tag::CodeBlock(_)) => vec![self.code(&range, stream)],
            Event::Start(Tag::HtmlBlock) => {
                self.error("raw-html", &range, RAW_HTML, RAW_HTML_HELP);
                while !matches!(stream.next(), None | Some((Event::End(TagEnd::HtmlBlock), _))) {}
                Vec::new()
            }
            Event::Rule => vec![Block::Rule],
            Event::Start(_) => self.blocks(stream),
            _ => Vec::new(),
        }
    }

    fn paragraph(&mut self, range: &Range<usize>, stream: &mut Stream<'s>) -> Vec<Block> {
        let title = match stream.peek() {
            Some((Event::Start(Tag::Link { title, .. }), _)) => title.to_string(),
            _ => String::new(),
        };
        let inlines = self.inlines(stream);
        stream.next();
        if title.trim().eq_ignore_ascii_case("button")
            && let [Inline::Link(address, label)] = inlines.as_slice()
        {
            return vec![Block::Button(address.clone(), label.clone())];
        }
        self.fake_heading(&inlines, range);
        balance::hoist(inlines, self.script, Block::Paragraph, self.findings)
    }

    fn heading(&mut self, level: u8, range: &Range<usize>, stream: &mut Stream<'s>) -> Vec<Block> {
        let inlines = self.inlines(stream);
        stream.next();
        if words(&inlines).trim().is_empty() && !has_statement(&inlines) {
            self.error("blank", range, "the heading has no words", "write them behind the #, or remove the line");
            return Vec::new();
        }
        balance::check(balance::of_inlines(&inlines), self.script, self.findings);
        // No gaps: a reader of headings must not wonder what is missing between level 2 and level 4.
        let level = (level + self.shift).clamp(2, 4).min(self.level + 1);
        self.level = level;
        self.heading = if has_statement(&inlines) { Vec::new() } else { inlines.clone() };
        vec![Block::Heading(level, inlines)]
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>, stream: &mut Stream<'s>) -> Vec<Block> {
        let lang = if kind.is_none() { self.language(range, stream) } else { None };
        self.boxes += 1;
        let blocks = self.blocks(stream);
        self.boxes -= 1;
        if blocks.is_empty() && (kind.is_some() || lang.is_some()) {
            self.error("blank", range, "the box is empty", "begin each of its lines with >");
        }
        match (kind, lang) {
            (_, Some(Some(tag))) => vec![Block::Lang(tag, blocks)],
            (_, Some(None)) => blocks,
            (None, None) => vec![Block::Quote(blocks)],
            (Some(BlockQuoteKind::Note | BlockQuoteKind::Tip), _) => vec![Block::Callout(Callout::Note, blocks)],
            (Some(_), _) => vec![Block::Callout(Callout::Warning, blocks)],
        }
    }

    /// The tag of `> [!LANG cy]`, whose line is taken from the stream; `None` within if it is no language tag.
    fn language(&mut self, range: &Range<usize>, stream: &mut Stream<'s>) -> Option<Option<String>> {
        let first = self.source.text().get(range.clone())?.lines().next()?;
        // Of `> > [!LANG cy]` the mark belongs to the inner quote.
        let words = first.trim_start().strip_prefix('>').unwrap_or(first).trim_start();
        let tag = box_line::read(words)?.lang?;
        if !matches!(stream.peek(), Some((Event::Start(Tag::Paragraph), _))) {
            return None;
        }
        let at = range.start + (first.len() - words.len());
        while !matches!(stream.next(), None | Some((Event::End(TagEnd::Paragraph), _))) {}
        Some(self.language_tag(&tag, &(at..at + words.trim_end().len())))
    }

    /// A language tag, if it is one.
    pub(crate) fn language_tag(&mut self, tag: &str, range: &Range<usize>) -> Option<String> {
        if is_language_tag(tag) {
            return Some(tag.to_owned());
        }
        let place = self.place(range);
        self.findings.push(bad_language_tag(tag, place));
        None
    }

    fn list(&mut self, first: Option<u64>, stream: &mut Stream<'s>) -> Vec<Block> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = stream.next() {
            self.boxes += 1;
            items.push(self.blocks(stream));
            self.boxes -= 1;
        }
        if first.is_none() {
            // The empty bullets that word processors leave at the end; of numbers the next ones would change.
            items.retain(|item: &Vec<Block>| !item.is_empty());
        }
        if items.is_empty() { Vec::new() } else { vec![Block::List(first, items)] }
    }

    fn code(&mut self, range: &Range<usize>, stream: &mut Stream<'s>) -> Block {
        let mut code = String::new();
        for_each_until(stream, &TagEnd::CodeBlock, |event, _, _| {
            if let Event::Text(text) = event {
                code.push_str(&text);
            }
        });
        let place = self.place(range);
        let message = "lines between ``` are shown as program code";
        let help = "remove the lines of ``` if these are words";
        self.findings.push(Finding::warning("code-block", place, message).help(help));
        self.no_statement(&code.clone(), range);
        Block::Code(code.trim_end().to_owned())
    }
}

/// Hands on the events up to an end, which is taken.
pub(crate) fn for_each_until<'s>(
    stream: &mut Stream<'s>,
    end: &TagEnd,
    mut each: impl FnMut(Event<'s>, Range<usize>, &mut Stream<'s>),
) {
    while let Some((event, range)) = stream.next() {
        if matches!(&event, Event::End(ended) if ended == end) {
            return;
        }
        each(event, range, stream);
    }
}
