//! What the officer's Markdown says, as plain values: for the rules about words, which read no Markdown themselves.

use crate::model::place::Place;
use crate::model::text::Text;

/// Stands in words and addresses for a `{{ … }}`, which is filled in later: U+FFFC, the object replacement character.
pub const MERGED: char = '\u{FFFC}';

/// The Markdown texts of a week, each read once, whatever the days that share it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekProse {
    /// The introduction.
    pub intro: Option<Prose>,
    /// The closing words.
    pub closing: Option<Prose>,
    /// The body of each broadcast, in file order; `None` where its tags cannot be told apart.
    pub bodies: Vec<Option<Prose>>,
}

impl WeekProse {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Prose> {
        self.intro.iter().chain(self.bodies.iter().flatten()).chain(&self.closing)
    }

    /// Those that stand in one broadcast's message, by its index in the file.
    pub fn of_broadcast(&self, index: usize) -> impl Iterator<Item = &Prose> {
        let body = self.bodies.get(index).and_then(Option::as_ref);
        self.intro.iter().chain(body).chain(&self.closing)
    }
}

/// One Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Its words in order, without marks.
    pub passages: Vec<Passage>,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its links, buttons and bare addresses.
    pub links: Vec<ProseLink>,
    /// Its pictures.
    pub pictures: Vec<ProsePicture>,
    /// Its tables.
    pub tables: Vec<ProseTable>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph.
    Paragraph,
    /// A list item without paragraphs.
    Item,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// Lines kept as they are.
    Code,
}

/// Words that stand together; a line end in them is a new line of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Its words.
    pub words: Text,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As written: the number of `#`, 1 to 6.
    pub level: u8,
    /// Its words, trimmed.
    pub words: String,
    /// Where.
    pub place: Place,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseLink {
    /// The words that are the link; of a picture its alternative text.
    pub words: Text,
    /// Where it leads, with its scheme where that could be told.
    pub url: String,
    /// The whole link.
    pub place: Place,
    /// Whether it is an address in running text, which is its own words.
    pub bare: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProsePicture {
    /// Its alternative text, trimmed.
    pub alt: String,
    /// Its file as written.
    pub file: String,
    /// Where.
    pub place: Place,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseTable {
    /// The words of the cells of its head, trimmed.
    pub head: Vec<String>,
    /// The head.
    pub place: Place,
}
