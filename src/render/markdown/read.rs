//! An officer's text to a tree: Markdown's events, cleaned of what has no place in a message.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::model::{Finding, Findings, Place};
use crate::render::files::gallery::Gallery;
use crate::render::markdown::tree::{Block, Callout, Inline, Table, has_statement};
use crate::render::markdown::{balance, prepare};
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
    let parser = Parser::new_ext(source.text(), OPTIONS).into_offset_iter();
    let events: Vec<_> = TextMergeWithOffset::new(parser).collect();
    if let Some(range) = too_deep(&events) {
        let place = script.text.at(source.origin(range));
        let finding =
            Finding::error("nesting", place, "lists, quotes or emphasis stand too deep within each other here");
        findings.push(finding.help("remove the repeated marks"));
        return Vec::new();
    }
    let shift = u8::from(events.iter().any(|(event, _)| is_top_heading(event)));
    let mut reader = Reader { script, source: &source, gallery, findings, shift, level: 1, heading: Vec::new() };
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
    /// Level of the last heading.
    level: u8,
    /// Words of the last heading, for the caption of a table.
    heading: Vec<Inline>,
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
            Event::Start(Tag::Paragraph) => self.paragraph(stream),
            Event::Start(Tag::Heading { level, .. }) => vec![self.heading(level as u8, stream)],
            Event::Start(Tag::BlockQuote(kind)) => vec![self.quote(kind, stream)],
            Event::Start(Tag::List(first)) => vec![self.list(first, stream)],
            Event::Start(Tag::Table(align)) => vec![self.table(&align, stream)],
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

    fn paragraph(&mut self, stream: &mut Stream<'s>) -> Vec<Block> {
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
        balance::hoist(inlines, self.script, Block::Paragraph, self.findings)
    }

    fn heading(&mut self, level: u8, stream: &mut Stream<'s>) -> Block {
        let inlines = self.inlines(stream);
        stream.next();
        balance::check(balance::of_inlines(&inlines), self.script, self.findings);
        // No gaps: a reader of headings must not wonder what is missing between level 2 and level 4.
        let level = (level + self.shift).clamp(2, 4).min(self.level + 1);
        self.level = level;
        self.heading = if has_statement(&inlines) { Vec::new() } else { inlines.clone() };
        Block::Heading(level, inlines)
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, stream: &mut Stream<'s>) -> Block {
        let blocks = self.blocks(stream);
        match kind {
            None => Block::Quote(blocks),
            Some(BlockQuoteKind::Note | BlockQuoteKind::Tip) => Block::Callout(Callout::Note, blocks),
            Some(_) => Block::Callout(Callout::Warning, blocks),
        }
    }

    fn list(&mut self, first: Option<u64>, stream: &mut Stream<'s>) -> Block {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = stream.next() {
            items.push(self.blocks(stream));
        }
        Block::List(first, items)
    }

    fn table(&mut self, align: &[Alignment], stream: &mut Stream<'s>) -> Block {
        let align = align.iter().map(|align| match align {
            Alignment::Right => "right",
            Alignment::Center => "center",
            _ => "left",
        });
        let mut table = Table { caption: self.heading.clone(), align: align.collect(), ..Table::default() };
        let mut row = Vec::new();
        for_each_until(stream, &TagEnd::Table, |event, stream| match event {
            Event::Start(Tag::TableCell) => {
                let cell = self.inlines(stream);
                stream.next();
                balance::check(balance::of_inlines(&cell), self.script, self.findings);
                row.push(cell);
            }
            Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
            Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
            _ => {}
        });
        Block::Table(table)
    }

    fn code(&mut self, range: &Range<usize>, stream: &mut Stream<'s>) -> Block {
        let mut code = String::new();
        for_each_until(stream, &TagEnd::CodeBlock, |event, _| {
            if let Event::Text(text) = event {
                code.push_str(&text);
            }
        });
        let place = self.place(range);
        let message = "lines that begin with four spaces, or stand between ```, are shown as program code";
        let help = "begin the lines at the left margin";
        self.findings.push(Finding::warning("code-block", place, message).help(help));
        self.no_statement(&code.clone(), range);
        Block::Code(code.trim_end().to_owned())
    }
}

fn for_each_until<'s>(stream: &mut Stream<'s>, end: &TagEnd, mut each: impl FnMut(Event<'s>, &mut Stream<'s>)) {
    while let Some((event, _)) = stream.next() {
        if matches!(&event, Event::End(ended) if ended == end) {
            return;
        }
        each(event, stream);
    }
}
