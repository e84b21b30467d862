//! The tree as plain text: one long line for each paragraph and item, folded later to the width of the part, so that
//! what is merged into a line folds with it.

use crate::render::markdown::address::shown;
use crate::render::markdown::out::Out;
use crate::render::markdown::tree::{Block, Inline, Table, has_statement, words};
use crate::render::template::region::Run;
use crate::render::template::sentinel::tag;
use crate::render::words::Words;

/// Writes plain text.
pub(crate) struct TextWriter {
    words: &'static Words,
    out: Out,
    /// What every line begins with.
    prefix: String,
    /// What the next line begins with instead, such as `* `.
    marker: Option<String>,
    /// Links whose addresses follow the paragraph.
    pending: Vec<(String, Vec<Inline>)>,
}

impl TextWriter {
    /// The runs of some blocks.
    pub(crate) fn write(blocks: &[Block], words: &'static Words) -> Vec<Run> {
        let mut writer = Self { words, out: Out::default(), prefix: String::new(), marker: None, pending: Vec::new() };
        writer.blocks(blocks);
        writer.out.runs
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(_, inlines) => self.heading(inlines),
            Block::Paragraph(inlines) | Block::Plain(inlines) => {
                self.paragraph(inlines);
                self.blank();
            }
            Block::Button(address, label) => {
                self.paragraph(&[Inline::Link(address.clone(), label.clone())]);
                self.blank();
            }
            Block::List(first, items) => self.list(*first, items),
            Block::Callout(kind, blocks) => {
                self.begin();
                self.out.literal(&format!("| {}:\n", kind.word(self.words)));
                self.within("| ", blocks);
                self.blank();
            }
            Block::Quote(blocks) => {
                self.within("  ", blocks);
                self.blank();
            }
            Block::Lang(_, blocks) => self.blocks(blocks),
            Block::Table(table) => self.table(table),
            Block::Rule => {
                self.begin();
                self.out.literal("----------\n");
                self.blank();
            }
            Block::Code(code) => {
                for line in code.lines() {
                    self.begin();
                    self.out.text(line);
                    self.out.literal("\n");
                }
                self.blank();
            }
            Block::Statement(tag) => self.out.statement(*tag),
        }
    }

    fn begin(&mut self) {
        let start = self.marker.take().unwrap_or_else(|| self.prefix.clone());
        self.out.literal(&start);
    }

    /// The blank line behind a block; inside of a box it is a line of the box.
    fn blank(&mut self) {
        let line = format!("{}\n", self.prefix.trim_end());
        self.out.literal(&line);
    }

    fn within(&mut self, more: &str, blocks: &[Block]) {
        let outer = self.prefix.clone();
        let marker = self.marker.take();
        self.prefix.push_str(more);
        self.marker = marker.map(|marker| format!("{marker}{more}"));
        self.blocks(blocks);
        self.drop_blank();
        self.prefix = outer;
    }

    /// Takes back the blank line behind the last block of a box or item.
    fn drop_blank(&mut self) {
        let blank = format!("\n{}\n", self.prefix.trim_end());
        let literal = |run: &&mut Run| matches!(run, Run::Literal(_));
        if let Some(Run::Literal(last)) = self.out.runs.iter_mut().rev().find(literal)
            && last.ends_with(&blank)
        {
            last.truncate(last.len() - blank.len() + 1);
        }
    }

    fn heading(&mut self, inlines: &[Inline]) {
        if self.prefix.is_empty() && self.marker.is_none() {
            self.out.literal("\n");
        }
        let length = words(inlines).chars().map(|c| if tag(c).is_some() { 8 } else { 1 }).sum::<usize>();
        self.paragraph(inlines);
        self.begin();
        self.out.literal(&"-".repeat(length.clamp(3, 72 - self.prefix.len().min(40))));
        self.out.literal("\n");
        self.blank();
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) {
        let outer = self.prefix.clone();
        for (index, item) in items.iter().enumerate() {
            let marker = match first {
                Some(first) => format!("{}. ", first.saturating_add(index as u64)),
                None => "* ".to_owned(),
            };
            let before = self.marker.take().unwrap_or_else(|| outer.clone());
            self.prefix = format!("{outer}{}", " ".repeat(marker.len()));
            self.marker = Some(format!("{before}{marker}"));
            self.blocks(item);
            if self.marker.take().is_some() {
                // An empty item.
                self.out.literal(&format!("{before}{}\n", marker.trim_end()));
            }
            self.drop_blank();
            self.prefix.clone_from(&outer);
            self.blank();
        }
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            for head in &table.head {
                self.begin();
                self.out.literal("* ");
                self.inlines(head);
                self.out.literal("\n");
                let links = std::mem::take(&mut self.pending);
                self.addresses(links, "  ");
            }
            self.blank();
        }
        for row in &table.rows {
            for (column, cell) in row.iter().enumerate() {
                self.begin();
                self.out.literal(if column == 0 { "* " } else { "  " });
                if let Some(head) = table.head.get(column).filter(|head| !head.is_empty()) {
                    self.inlines(head);
                    self.out.literal(": ");
                }
                self.inlines(cell);
                self.out.literal("\n");
                let links = std::mem::take(&mut self.pending);
                self.addresses(links, "  ");
            }
            self.blank();
        }
    }

    /// A line of words, then the addresses of its links.
    fn paragraph(&mut self, inlines: &[Inline]) {
        self.begin();
        if let Some((before, address, label)) = last_link(inlines) {
            self.inlines(before);
            self.inlines(label);
            self.out.literal(":\n");
            let links = std::mem::take(&mut self.pending);
            self.begin();
            self.out.text_address(shown(address));
            self.out.literal("\n");
            self.addresses(links, "");
            return;
        }
        self.inlines(without_stop(inlines));
        self.out.literal("\n");
        let links = std::mem::take(&mut self.pending);
        self.addresses(links, "");
    }

    fn addresses(&mut self, links: Vec<(String, Vec<Inline>)>, indent: &str) {
        for (address, label) in links {
            self.begin();
            self.out.literal(indent);
            self.inlines(&label);
            self.out.literal(":\n");
            self.begin();
            self.out.literal(indent);
            self.out.text_address(shown(&address));
            self.out.literal("\n");
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let steered = has_statement(inlines);
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.out.text(text),
                Inline::Statement(tag) => self.out.statement(*tag),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Lang(_, inner) => self.inlines(inner),
                Inline::Link(address, label) if is_shown(address, label) => {
                    // `www.x.example` is shown with its scheme, so that every reader makes a link of it.
                    if address.starts_with("http") { self.out.text_address(address) } else { self.inlines(label) }
                }
                Inline::Link(address, label) => {
                    self.inlines(label);
                    if steered {
                        // Its address must come and go with its words.
                        self.out.literal(" (");
                        self.out.text_address(shown(address));
                        self.out.literal(")");
                    } else {
                        self.pending.push((address.clone(), label.clone()));
                    }
                }
                Inline::Picture(_, alt) => {
                    self.out.literal(&format!("[{}: ", self.words.image));
                    self.out.text(alt);
                    self.out.literal("]");
                }
                Inline::Break => {
                    self.out.literal("\n");
                    self.begin();
                }
            }
        }
    }
}

/// The one link at the end of a paragraph, with what stands before it; a full stop behind it goes, since the address
/// follows on a line of its own.
fn last_link(inlines: &[Inline]) -> Option<(&[Inline], &str, &[Inline])> {
    if has_statement(inlines) {
        return None;
    }
    let end = match inlines {
        [.., Inline::Text(text)] if text.trim().chars().all(|c| ".:;,".contains(c)) => inlines.len() - 1,
        _ => inlines.len(),
    };
    match &inlines[..end] {
        [before @ .., Inline::Link(address, label)] if !is_shown(address, label) => Some((before, address, label)),
        _ => None,
    }
}

/// A paragraph without the full stop behind a web address at its end: a reader would take it for a part of the address.
fn without_stop(inlines: &[Inline]) -> &[Inline] {
    match inlines {
        [before @ .., Inline::Text(stop)] if stop.trim() == "." => match before.last() {
            Some(Inline::Link(address, label)) if address.starts_with("http") && is_shown(address, label) => before,
            _ => inlines,
        },
        _ => inlines,
    }
}

/// Whether the words of a link are its address already.
fn is_shown(address: &str, label: &[Inline]) -> bool {
    let words = words(label);
    let words = words.trim();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare =
        |text: &str| text.trim_end_matches('/').trim_start_matches("https://").trim_start_matches("http://").to_owned();
    // A British number is dialled with +44 and written with 0.
    let number = |text: &str| text.trim_start_matches("tel:").replacen("+44", "0", 1);
    bare(words) == bare(shown(address))
        || address.starts_with("tel:") && digits(&number(address)) == digits(&number(words))
}
