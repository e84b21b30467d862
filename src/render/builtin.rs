//! The layouts that are built in, with their blocks, as the author of a template sees them.

use std::collections::BTreeSet;

use crate::document::ProjectFolder;
use crate::render::template::tag::{Tag, scan};

/// The most bytes of a template.
pub(crate) const LIMIT: u64 = 1_000_000;

/// A layout that is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// `broadcast.html` or `broadcast.txt`; as a parent it is called `builtin/…`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub purpose: &'static str,
    /// The whole template.
    pub source: &'static str,
}

/// A block of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in a few words.
    pub purpose: &'static str,
    /// From `{% block … %}` to `{% endblock … %}`.
    pub source: &'static str,
}

/// What a project's own template does to a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Override {
    /// There is none: the layout is as built in.
    Nothing,
    /// It extends the layout and replaces these blocks.
    Blocks(BTreeSet<String>),
    /// It stands for the whole layout.
    Whole,
}

/// The built-in layouts.
pub const LAYOUTS: [BuiltIn; 2] = [
    BuiltIn {
        name: "broadcast.html",
        purpose: "the page that mail programs show",
        source: include_str!("builtin/broadcast.html"),
    },
    BuiltIn {
        name: "broadcast.txt",
        purpose: "the plain text beside it",
        source: include_str!("builtin/broadcast.txt"),
    },
];

const PURPOSES: [(&str, &str); 13] = [
    ("head", "the style sheet: small screens and dark mode"),
    ("header", "the band with the organisation and the week"),
    ("banner", "what was wrong and what is right, in a correction; or that this is a proof"),
    ("title", "the number of the day, its date, theme and summary"),
    ("correction", "the further words of a correction"),
    ("intro", "the week's introduction"),
    ("body", "the day's own text"),
    ("links", "the day's links"),
    ("attachments", "what is attached to the message"),
    ("teaser", "what comes next in the week"),
    ("closing", "the week's closing words, and the link to all resources"),
    ("signature", "who writes, with telephone, address and logo"),
    ("footer", "why people get the message, and how to stop it"),
];

impl BuiltIn {
    /// The layout of a name, with or without `builtin/`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.strip_prefix("builtin/").unwrap_or(name);
        LAYOUTS.iter().find(|layout| layout.name == name)
    }

    /// Its blocks, in their order.
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let tags = scan(self.source).0;
        let ends = tags.iter().filter(|tag| tag.word == "endblock");
        let starts = tags.iter().filter(|tag| tag.word == "block");
        // No block of these layouts holds another one.
        starts.zip(ends).filter_map(|(start, end)| self.block(start, end)).collect()
    }

    fn block(&self, start: &Tag, end: &Tag) -> Option<Block> {
        let name = block_name(self.source, start)?;
        let (name, purpose) = PURPOSES.iter().find(|(known, _)| *known == name)?;
        Some(Block { name, purpose, source: self.source.get(start.range.start..end.range.end)? })
    }

    /// A template that extends this layout and repeats these blocks of it, to be changed.
    #[must_use]
    pub fn with_blocks(&self, blocks: &[Block]) -> String {
        let mut out = format!("{{% extends \"builtin/{}\" %}}\n", self.name);
        for block in blocks {
            // What a hyphen at the end takes away stands outside the block, and stays with the layout.
            let source =
                block.source.strip_suffix("-%}").map_or_else(|| block.source.to_owned(), |s| format!("{s}%}}"));
            out.push_str(&source);
            out.push('\n');
        }
        out
    }

    /// What the project's own template does to this layout.
    #[must_use]
    pub fn overridden(&self, project: &ProjectFolder) -> Override {
        let mut blocks = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut name = self.name.to_owned();
        loop {
            let Ok(bytes) = project.read(&format!("templates/{name}"), LIMIT) else {
                return if blocks.is_empty() && seen.is_empty() { Override::Nothing } else { Override::Blocks(blocks) };
            };
            let text = String::from_utf8_lossy(&bytes);
            let tags = scan(&text).0;
            seen.insert(name);
            let own = tags.iter().filter(|tag| tag.word == "block").filter_map(|tag| block_name(&text, tag));
            blocks.extend(own.map(str::to_owned));
            let parent = tags.iter().find(|tag| tag.word == "extends").and_then(|tag| quoted(&text, tag));
            match parent {
                Some(parent) if parent.starts_with("builtin/") => return Override::Blocks(blocks),
                // A template that extends itself is a fault that `check` shows.
                Some(parent) if !seen.contains(parent) => name = parent.to_owned(),
                _ => return Override::Whole,
            }
        }
    }
}

/// The name in `{% block name %}`.
pub(crate) fn block_name<'t>(text: &'t str, tag: &Tag) -> Option<&'t str> {
    text.get(tag.inner.clone())?.split_whitespace().nth(1)
}

/// The name in `{% extends "name" %}` or `{% include "name" %}`.
pub(crate) fn quoted<'t>(text: &'t str, tag: &Tag) -> Option<&'t str> {
    text.get(tag.inner.clone())?.split(['"', '\'', '`']).nth(1)
}

#[cfg(test)]
mod tests {
    use super::{LAYOUTS, PURPOSES};
    use crate::render::tests::sample::{Sample, parts, recipient};

    #[test]
    fn every_block_of_a_layout_has_its_line() {
        for layout in LAYOUTS {
            let blocks: Vec<&str> = layout.blocks().iter().map(|block| block.name).collect();
            let known: Vec<&str> = PURPOSES.iter().map(|(name, _)| *name).collect();
            assert_eq!(blocks.len(), layout.source.matches("{% block ").count(), "{}", layout.name);
            assert!(known.ends_with(&blocks), "{}: {blocks:?}", layout.name);
        }
    }

    #[test]
    fn what_is_ejected_makes_the_same_message() {
        let built_in = Sample::new().full().attach("chart.pdf", None).parts();
        for layout in LAYOUTS {
            let path = format!("templates/{}", layout.name);
            let mut ejected = vec![layout.source.to_owned(), layout.with_blocks(&layout.blocks())];
            ejected.extend(layout.blocks().into_iter().map(|block| layout.with_blocks(&[block])));
            for own in ejected {
                let sample = Sample::new().full().attach("chart.pdf", None).file(&path, own.as_bytes());
                let compiled = sample.compiled();
                assert_eq!(parts(&compiled, &recipient(&[])), built_in, "{own}");
            }
        }
    }
}
