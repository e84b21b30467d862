//! What the pages say of a mistake: the fact, its place, the lines around it, and the remedy.

use serde::Serialize;

use crate::model::Finding;
use crate::preview::excerpt::{ExcerptLine, excerpt};

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::preview) struct Trouble {
    message: String,
    /// File, line and column, in words; the file alone where it has no lines; nothing where no file is at fault.
    place: String,
    lines: Vec<ExcerptLine>,
    help: Option<String>,
}

impl Trouble {
    /// An error in a file.
    pub(in crate::preview) fn of(finding: &Finding) -> Self {
        let path = &finding.place.source.path;
        let lines = excerpt(&finding.place);
        let (line, column) = finding.place.line_column();
        let place = if lines.is_empty() { path.clone() } else { format!("{path}, line {line}, column {column}") };
        Self { message: finding.message.clone(), place, lines, help: finding.help.clone() }
    }

    /// Anything else.
    pub(in crate::preview) fn fault(words: String) -> Self {
        Self { message: words, place: String::new(), lines: Vec::new(), help: None }
    }
}
