//! The tree as HTML with every style inline.

use std::collections::BTreeMap;

use crate::model::{Picture, is_right_to_left};
use crate::render::files::gallery::shown_size;
use crate::render::markdown::out::Out;
use crate::render::markdown::tree::{Block, Callout, Inline, Table};
use crate::render::template::region::Run;
use crate::render::template::sentinel::html;
use crate::render::words::Words;

/// Writes HTML.
pub(crate) struct HtmlWriter<'w> {
    styles: &'w BTreeMap<&'static str, String>,
    pictures: &'w [Picture],
    words: &'static Words,
    out: Out,
}

impl<'w> HtmlWriter<'w> {
    /// The runs of some blocks.
    pub(crate) fn write(
        blocks: &[Block],
        styles: &'w BTreeMap<&'static str, String>,
        pictures: &'w [Picture],
        words: &'static Words,
    ) -> Vec<Run> {
        let mut writer = Self { styles, pictures, words, out: Out::default() };
        writer.blocks(blocks);
        writer.out.runs
    }

    fn style(&self, name: &str) -> &'w str {
        self.styles.get(name).map_or("", String::as_str)
    }

    fn literal(&mut self, text: &str) {
        self.out.literal(text);
    }

    fn open(&mut self, element: &str, style: &str) {
        let style = self.style(style);
        self.literal(&format!("<{element} style=\"{style}\">"));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            let next = blocks.get(index + 1);
            match block {
                // The heading right above a table is its caption, so that nothing is said twice.
                Block::Heading(_, words) if matches!(next, Some(Block::Table(table)) if table.caption == *words) => {}
                Block::Table(table) => {
                    let before = index.checked_sub(1).and_then(|before| blocks.get(before));
                    self.table(table, before.filter(|block| matches!(block, Block::Heading(..))));
                }
                _ => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, inlines) => {
                let element = format!("h{level}");
                self.open(&element, &element);
                self.inlines(inlines);
                self.literal(&format!("</{element}>\n"));
            }
            Block::Paragraph(inlines) => {
                self.open("p", "p");
                self.inlines(inlines);
                self.literal("</p>\n");
            }
            Block::Plain(inlines) => self.inlines(inlines),
            Block::Button(address, label) => self.button(address, label),
            Block::List(first, items) => self.list(*first, items),
            Block::Callout(kind, blocks) => self.callout(*kind, blocks),
            Block::Quote(blocks) => {
                self.boxed("quote");
                self.blocks(blocks);
                self.literal(BOX_END);
            }
            Block::Lang(tag, blocks) => {
                // The cell around it is aligned to the left.
                let style = if is_right_to_left(tag) { " style=\"text-align:right;\"" } else { "" };
                self.literal(&format!("<div{}{style}>\n", lang(tag)));
                self.blocks(blocks);
                self.literal("</div>\n");
            }
            Block::Table(table) => self.table(table, None),
            Block::Rule => {
                let (outer, inner) = (self.style("box"), self.style("rule"));
                self.literal(&format!("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{outer}\"><tr><td class=\"line\" style=\"{inner}\">&nbsp;</td></tr></table>\n"));
            }
            Block::Code(code) => {
                let style = self.style("code");
                self.literal(&format!("<pre style=\"margin:0 0 16px 0;white-space:pre-wrap;{style}\">"));
                self.out.html(code);
                self.literal("</pre>\n");
            }
            Block::Statement(tag) => self.out.statement(*tag),
        }
    }

    /// A box in a table of its own: Outlook's Word engine pads and colours cells only.
    fn boxed(&mut self, style: &str) {
        let (outer, inner) = (self.style("box"), self.style(style));
        self.literal(&format!("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{outer}\">\n<tr><td class=\"{style} txt\" style=\"{inner}\">"));
    }

    fn callout(&mut self, kind: Callout, blocks: &[Block]) {
        self.boxed(if kind == Callout::Note { "note" } else { "warning" });
        self.open("p", "label");
        self.literal(&format!("<strong>{}:</strong></p>\n", kind.word(self.words)));
        self.blocks(blocks);
        self.literal(BOX_END);
    }

    fn button(&mut self, address: &str, label: &[Inline]) {
        let colour = self.style("button_colour");
        let (outer, cell, link) = (self.style("button_box"), self.style("button_cell"), self.style("button"));
        self.literal(&format!("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{outer}\">\n<tr><td align=\"center\" class=\"btn\" bgcolor=\"{colour}\" style=\"{cell}\"><a class=\"btn-words\" href=\""));
        self.out.html_address(address);
        self.literal(&format!("\" style=\"{link}\">"));
        self.inlines(label);
        self.literal("</a></td></tr>\n</table>\n");
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) {
        let element = if first.is_some() { "ol" } else { "ul" };
        let style = self.style("list");
        let start = first.filter(|first| *first != 1).map_or(String::new(), |first| format!(" start=\"{first}\""));
        self.literal(&format!("<{element}{start} style=\"{style}\">\n"));
        for item in items {
            self.open("li", "item");
            self.blocks(item);
            self.literal("</li>\n");
        }
        self.literal(&format!("</{element}>\n"));
    }

    fn table(&mut self, table: &Table, heading: Option<&Block>) {
        let style = self.style("table");
        self.literal(&format!(
            "<table class=\"txt\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{style}\">\n"
        ));
        if !table.caption.is_empty() {
            self.open("caption", "caption");
            match heading {
                Some(heading) => self.block(heading),
                None => self.inlines(&table.caption),
            }
            self.literal("</caption>\n");
        }
        self.literal("<thead><tr>");
        for (column, cell) in table.head.iter().enumerate() {
            self.cell("th scope=\"col\"", ("th", "cell"), table, column);
            self.inlines(cell);
            self.literal("</th>");
        }
        self.literal("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.literal("<tr>");
            for (column, cell) in row.iter().enumerate() {
                // A telephone number stays on one line where there is room for it.
                let number = |c: char| c.is_ascii_digit() || " +()".contains(c);
                let is_number = matches!(cell.as_slice(), [Inline::Text(text)] if text.chars().all(number));
                self.cell("td", ("td", if is_number { "cell num" } else { "cell" }), table, column);
                self.inlines(cell);
                self.literal("</td>");
            }
            self.literal("</tr>\n");
        }
        self.literal("</tbody>\n</table>\n");
    }

    fn cell(&mut self, element: &str, (style, class): (&str, &str), table: &Table, column: usize) {
        let align = table.align.get(column).copied().unwrap_or("left");
        let style = self.style(style);
        // Behind the last column there is nothing to keep away from, and a telephone has no room to give.
        let (end, edge) = if column + 1 == table.head.len() { (" end", "padding-right:0;") } else { ("", "") };
        self.literal(&format!(
            "<{element} align=\"{align}\" class=\"{class}{end}\" style=\"{style}{edge}text-align:{align};\">"
        ));
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Statement(tag) => self.out.statement(*tag),
            Inline::Strong(inner) => self.wrapped("strong", inner),
            Inline::Emphasis(inner) => self.wrapped("em", inner),
            Inline::Link(address, label) => {
                let whole = matches!(label.as_slice(), [Inline::Text(word)] if Self::is_long(word));
                let style = self.style(if whole { "address" } else { "a" });
                self.literal("<a class=\"lnk\" href=\"");
                self.out.html_address(address);
                self.literal(&format!("\" style=\"{style}\">"));
                match label.as_slice() {
                    [Inline::Text(word)] if whole => self.out.html(word),
                    // A telephone number stays on one line.
                    [Inline::Text(number)] if address.starts_with("tel:") => {
                        self.out.html(&number.replace(' ', "\u{a0}"));
                    }
                    _ => self.inlines(label),
                }
                self.literal("</a>");
            }
            Inline::Picture(index, alt) => self.picture(*index, alt),
            Inline::Break => self.literal("<br>\n"),
            Inline::Lang(tag, inner) => {
                self.literal(&format!("<span{}>", lang(tag)));
                self.inlines(inner);
                self.literal("</span>");
            }
            Inline::Code(code) => {
                self.open("code", "code");
                self.out.html(code);
                self.literal("</code>");
            }
        }
    }

    /// Whether a word does not fit beside the margins of a telephone.
    fn is_long(word: &str) -> bool {
        word.chars().count() > 24 && !word.contains(' ')
    }

    /// Words; one that is wider than a telephone may be broken, where else it would push the message aside.
    fn text(&mut self, text: &str) {
        if !text.split(' ').any(Self::is_long) {
            self.out.html(text);
            return;
        }
        let style = self.style("long");
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.literal(" ");
            }
            if Self::is_long(word) {
                self.literal(&format!("<span style=\"{style}\">"));
                self.out.html(word);
                self.literal("</span>");
            } else {
                self.out.html(word);
            }
        }
    }

    fn wrapped(&mut self, element: &str, inner: &[Inline]) {
        self.literal(&format!("<{element}>"));
        self.inlines(inner);
        self.literal(&format!("</{element}>"));
    }

    fn picture(&mut self, index: usize, alt: &str) {
        let Some(picture) = self.pictures.get(index) else { return };
        let (width, height) = shown_size(picture, 552);
        self.literal(&format!("<img src=\"cid:{}\" width=\"{width}\" height=\"{height}\" alt=\"", picture.content_id));
        self.out.html(alt);
        let style = self.style("picture");
        self.literal(&format!("\" style=\"{style}max-width:{width}px;\">"));
    }
}

/// The language of what stands within, for the voice of a screen reader (WCAG 3.1.2), and its direction.
fn lang(tag: &str) -> String {
    let direction = if is_right_to_left(tag) { " dir=\"rtl\"" } else { "" };
    format!(" lang=\"{}\"{direction}", html(tag))
}

const BOX_END: &str = "</td></tr>\n</table>\n";
