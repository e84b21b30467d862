//! Values that went wrong as a whole: each is mended in the working copy and told as one finding, at its beginning.

use std::ops::Range;
use std::sync::Arc;

use crate::document::lines::{Kind, line_end};
use crate::document::outline::Statement;
use crate::document::outline_value::Fault;
use crate::document::working::Edits;
use crate::model::{Finding, Place, SourceFile};

/// A value with its fault.
pub(crate) struct Faulty<'a> {
    source: &'a Arc<SourceFile>,
    range: &'a Range<usize>,
    key: &'a str,
}

/// Mends the value of a statement, if its fault is one of the whole value.
pub(crate) fn mend(source: &Arc<SourceFile>, statement: &Statement, edits: &mut Edits) -> Option<Finding> {
    let key = match &statement.kind {
        Kind::Pair(key) => key.as_str(),
        _ => "",
    };
    let faulty = Faulty { source, range: &statement.range, key };
    Some(match statement.fault.as_ref()? {
        Fault::TextOpen { mark, end } => faulty.text_open(mark, *end, edits),
        Fault::TextClosedEarly { mark, inner } => faulty.text_closed_early(mark, inner, edits),
        Fault::TextNotOpened { instead, mark } => faulty.text_not_opened(instead, mark, edits),
        Fault::BracketNotOpened { at, open } => faulty.bracket_not_opened(*at, *open, edits),
        Fault::LinesJoined { at } => faulty.lines_joined(*at, edits),
        Fault::BracketOpen { open, closers, end } => faulty.bracket_open(*open, closers, *end, edits),
    })
}

impl Faulty<'_> {
    fn finding(&self, range: Range<usize>, message: String) -> Finding {
        Finding::error("toml-syntax", Place::new(self.source, range), message)
    }

    fn line(&self, at: usize) -> Range<usize> {
        let text = &self.source.text;
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        start..start + text[start..line_end(text, start)].trim_end().len()
    }

    fn text_open(&self, open: &Range<usize>, end: usize, edits: &mut Edits) -> Finding {
        let mark = &self.source.text[open.clone()];
        // On a line of its own, so that nothing in the last line, such as a quotation mark, touches it.
        edits.insert(end, &format!("\n{mark}"));
        self.finding(open.clone(), format!("the text of `{}` begins here and is never closed", self.key))
            .help(format!("put {mark} on a line of its own where the text ends"))
    }

    fn text_closed_early(&self, open: &Range<usize>, inner: &[Range<usize>], edits: &mut Edits) -> Finding {
        let mark = &self.source.text[open.clone()];
        inner.iter().for_each(|range| edits.blank(range.clone()));
        let finding =
            self.finding(open.clone(), format!("the text of `{}` has {mark} inside, which ends it", self.key));
        let Some(first) = inner.first().map(|range| Place::new(self.source, range.clone())) else { return finding };
        let (line, _) = first.line_column();
        finding
            .label(first, "it ends here already")
            .help(format!("take the {mark} in line {line} out; a text ends at the first one"))
    }

    fn text_not_opened(&self, instead: &Range<usize>, mark: &str, edits: &mut Edits) -> Finding {
        edits.blank(instead.clone());
        edits.insert(instead.start, mark);
        let range = self.range.start..self.line(self.range.start).end;
        let key = self.key;
        self.finding(range, format!("the text of `{key}` ends with {mark} but does not begin with it"))
            .help(format!("write {key} = {mark}"))
    }

    fn bracket_not_opened(&self, at: usize, open: char, edits: &mut Edits) -> Finding {
        edits.insert(at, &open.to_string());
        let line = self.line(at).end;
        let key = self.key;
        if open == '[' {
            self.finding(self.range.start..line, format!("the list `{key}` ends with ] but does not begin with ["))
                .help(format!("write {key} = ["))
        } else {
            self.finding(at..line, format!("this entry of `{key}` ends with }} but does not begin with {{"))
                .help("put a { at the beginning of the line")
        }
    }

    fn lines_joined(&self, at: usize, edits: &mut Edits) -> Finding {
        edits.insert(at, "\n");
        let rest = &self.source.text[at..self.line(at).end];
        let start = at + (rest.len() - rest.trim_start().len());
        self.finding(start..at + rest.len(), "two lines of the file have become one".to_owned())
            .help("begin a new line here")
    }

    fn bracket_open(&self, open: usize, closers: &str, end: usize, edits: &mut Edits) -> Finding {
        let bracket = &self.source.text[open..open + 1];
        let close = if bracket == "[" { "]" } else { "}" };
        if closers.is_empty() {
            // An entry in the middle of a list: it is left out, the others stay.
            edits.blank(self.line(open));
        } else {
            // Behind a line end, in case the last line ends with a comment.
            edits.insert(end, &format!("\n{closers}"));
        }
        self.finding(open..open + 1, format!("the {bracket} that begins here is never closed"))
            .help(format!("put a {close} behind the last value of `{}`", self.key))
    }
}
