//! What a text says, between reading and writing. Strings hold a private-use character for each `{{ … }}`.

use crate::render::words::Words;

/// A paragraph, a heading, a list, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading; 2 to 4, since the theme is the only heading of level 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// The text of a list item that has no paragraphs.
    Plain(Vec<Inline>),
    /// A link to act on.
    Button(String, Vec<Inline>),
    /// A list; its first number if it is numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A box that says what it is.
    Callout(Callout, Vec<Block>),
    /// Somebody's words.
    Quote(Vec<Block>),
    /// Words in another language, with its tag.
    Lang(String, Vec<Block>),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
    /// Text kept line by line.
    Code(String),
    /// A `{% … %}` between blocks.
    Statement(usize),
}

/// The two kinds of callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callout {
    /// `[!NOTE]` and `[!TIP]`.
    Note,
    /// `[!WARNING]`, `[!IMPORTANT]` and `[!CAUTION]`.
    Warning,
}

impl Callout {
    /// The word that both parts begin with: a colour alone says nothing (WCAG 1.4.1).
    pub(crate) fn word(self, words: &'static Words) -> &'static str {
        match self {
            Self::Note => words.note,
            Self::Warning => words.warning,
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// From the heading above it.
    pub(crate) caption: Vec<Inline>,
    /// `left`, `center` or `right` of each column.
    pub(crate) align: Vec<&'static str>,
    /// The cells of the head.
    pub(crate) head: Vec<Vec<Inline>>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Vec<Inline>>>,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Words.
    Text(String),
    /// A `{% … %}` between words.
    Statement(usize),
    /// Bold.
    Strong(Vec<Inline>),
    /// Italics.
    Emphasis(Vec<Inline>),
    /// A link: its address and its words.
    Link(String, Vec<Inline>),
    /// A picture: its number in the gallery and its alternative text.
    Picture(usize, String),
    /// A new line.
    Break,
    /// Words kept as they are.
    Code(String),
    /// Words in another language, with its tag.
    Lang(String, Vec<Inline>),
}

/// The words of some inlines, without statements.
pub(crate) fn words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) | Inline::Lang(_, inner) => {
                words(inner)
            }
            Inline::Picture(_, alt) => alt.clone(),
            Inline::Break => " ".to_owned(),
            Inline::Statement(_) => String::new(),
        })
        .collect()
}

/// Whether there is a statement anywhere in it.
pub(crate) fn has_statement(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Statement(_) => true,
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) | Inline::Lang(_, inner) => {
            has_statement(inner)
        }
        _ => false,
    })
}
