//! Reading on behind syntax errors. The parser recovers by tokens, which turns one forgotten mark into a page of
//! nonsense; this goes by statements: one fault is reported, its statement mended or blanked out in a working copy,
//! and the copy parsed again, until nothing is left to report.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use crate::document::broken::Broken;
use crate::document::headings;
use crate::document::lines::{Kind, line_end};
use crate::document::node::Entry;
use crate::document::outline::{Statement, outline};
use crate::document::outline_value::floor;
use crate::document::working::{Edits, Working};
use crate::document::{faults, scalar, syntax};
use crate::model::{Finding, Findings, Place, SourceFile};

/// At most so many faults of one file are shown: with more it is no document of this kind.
const MOST: usize = 60;

/// About so many bytes are parsed again and again: a list of 10 MB gets its first few faults only.
const BUDGET: usize = 24 * 1024 * 1024;

/// A document that does not parse.
pub(crate) struct Recovery<'a> {
    source: &'a Arc<SourceFile>,
    statements: Vec<Statement>,
    edits: Edits,
    broken: Broken,
    /// Lines that were blanked out or mended, by their beginning: a second fault in one of them takes the statement.
    touched: Vec<usize>,
}

impl<'a> Recovery<'a> {
    /// Takes the document apart.
    pub(crate) fn new(source: &'a Arc<SourceFile>) -> Self {
        let statements = outline(&source.text);
        Self { source, statements, edits: Edits::default(), broken: Broken::default(), touched: Vec::new() }
    }

    /// Reports every fault, up to a number that a person can read, and reads what is left.
    pub(crate) fn run(self, findings: &mut Findings) -> (Vec<Entry>, Broken) {
        let mut all = Findings::new();
        let read = self.read(&mut all);
        let mut all: Vec<Finding> = all.into_iter().collect();
        all.sort_by_key(|finding| finding.place.range.start);
        let more = all.len().saturating_sub(MOST);
        if let Some(first) = all.get(MOST).filter(|_| more > 0) {
            let message = format!("and {more} more faults from here on");
            let finding = Finding::error("toml-syntax", first.place.clone(), message);
            findings.push(finding.help("mend the first ones, then check again"));
        }
        all.truncate(MOST);
        findings.extend(all);
        read
    }

    fn read(mut self, findings: &mut Findings) -> (Vec<Entry>, Broken) {
        headings::mend(self.source, &mut self.statements, &mut self.edits, &mut self.broken, findings);
        for statement in &self.statements {
            findings.extend(faults::mend(self.source, statement, &mut self.edits));
        }
        self.strays(findings);
        let mut left = BUDGET;
        for _ in 0..MOST {
            let working = self.edits.apply(&self.source.text);
            let (document, errors) = DeTable::parse_recoverable(&working.text);
            let Some(error) = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start)) else {
                return (scalar::entries(self.source, &working, document.into_inner()), self.broken);
            };
            let mended = self.mend(&working, error.span().unwrap_or(0..0), error.message(), findings);
            left = left.saturating_sub(working.text.len());
            if !mended || left == 0 {
                break;
            }
        }
        // What is left cannot be told apart: no key of it counts as missing.
        self.broken.structure = true;
        let working = self.edits.apply(&self.source.text);
        let (document, _) = DeTable::parse_recoverable(&working.text);
        (scalar::entries(self.source, &working, document.into_inner()), self.broken)
    }

    /// Lines that are neither heading nor key: those that follow each other are one fault.
    fn strays(&mut self, findings: &mut Findings) {
        let mut run: Option<Range<usize>> = None;
        let mut runs = Vec::new();
        for statement in &self.statements {
            match (&mut run, statement.kind == Kind::Stray) {
                (Some(range), true) => range.end = statement.range.end,
                (None, true) => run = Some(statement.range.clone()),
                (_, false) => runs.extend(run.take()),
            }
        }
        runs.extend(run);
        for range in runs {
            let line = &self.source.text[range.start..line_end(&self.source.text, range.start).min(range.end)];
            let word = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
            if let Some(statement) = self.statements.iter().find(|s| s.range.start == range.start) {
                self.broken.lost.push(statement.heading);
            }
            let key = if word.is_empty() { "key" } else { word };
            let place = Place::new(self.source, range.start..range.start + line.len());
            let message = "the line is neither a heading, nor a key with a value, nor a comment";
            let text = self.source.text[range.clone()].trim_end();
            let help = match line.len() < range.len() || !line.contains(['"', '\'', ':']) {
                true if text.ends_with("'''") => {
                    "write the key above the text, such as body = ''', which the ''' below it closes".to_owned()
                }
                true => "text stands between ''' and '''; a comment begins with #".to_owned(),
                false => format!("write the key, an equals sign and the value: {key} = \"…\""),
            };
            findings.push(Finding::error("toml-syntax", place, message).help(help));
            self.edits.blank(range);
        }
    }

    /// Reports one error of the parser, and mends or blanks out what it stands in; `false` where that did not help.
    fn mend(&mut self, working: &Working, span: Range<usize>, message: &str, findings: &mut Findings) -> bool {
        let text = &self.source.text;
        let range = working.range(span);
        let line = line_of(text, range.start);
        let at = range.start.min(line.end);
        let tries = self.touched.iter().filter(|touched| **touched == line.start).count();
        self.touched.push(line.start);
        if let (Some(space), 0) = (foreign_space(text, &line), tries) {
            findings.push(syntax::foreign_space(self.source, space.clone()));
            self.edits.blank(space);
            return true;
        }
        let index = self.statements.partition_point(|statement| statement.range.start <= at);
        let Some(statement) = index.checked_sub(1).and_then(|index| self.statements.get(index)) else {
            findings.push(syntax::finding(self.source, range, message));
            self.edits.blank(line);
            return tries == 0;
        };
        let whole = statement.range.clone();
        let inner = line.start > whole.start && line.end < whole.end;
        let bracketed =
            text[whole.clone()].split_once('=').is_some_and(|(_, v)| v.trim_start().starts_with(['[', '{']));
        let unpaired = bracketed && syntax::unpaired_quote(&text[line.clone()]);
        if tries == 0 && unpaired {
            findings.push(syntax::missing_quote(self.source, line.clone()));
        } else if tries == 0 {
            findings.push(self.first_of_two(statement, syntax::finding(self.source, range, message), message));
        }
        if !unpaired && message.contains("missing comma") && tries == 0 && at > whole.start {
            self.edits.insert(at, ",");
        } else if inner && tries < 2 {
            self.edits.blank(line);
        } else {
            if let (Kind::Pair(key), false) = (&statement.kind, message.starts_with("duplicate")) {
                self.broken.keys.push((statement.heading, key.clone()));
            }
            if message.contains("expected newline") {
                self.broken.lost.push(statement.heading);
            }
            self.broken.structure |= !matches!(statement.kind, Kind::Pair(_));
            self.edits.blank(whole.start..whole.end.max(line.end));
        }
        tries < 3
    }

    /// For a key that stands twice: where it stands first.
    fn first_of_two(&self, statement: &Statement, finding: Finding, message: &str) -> Finding {
        if !message.starts_with("duplicate") {
            return finding;
        }
        let first = self
            .statements
            .iter()
            .find(|other| other.kind == statement.kind && other.heading == statement.heading)
            .filter(|other| other.range.start < statement.range.start);
        match (first, &statement.kind) {
            (Some(first), Kind::Pair(key)) => {
                let place = Place::new(self.source, first.range.start..first.range.start + key.len());
                Finding { message: format!("`{key}` stands here a second time"), ..finding }.label(place, "first here")
            }
            _ => finding,
        }
    }
}

/// The line that holds an offset, without its line end.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..start + text[start..line_end(text, start)].trim_end_matches('\r').len()
}

/// A space that only looks like one, such as web pages and word processors use, outside quotation marks.
fn foreign_space(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let mut quoted = false;
    for (at, character) in text[line.clone()].char_indices() {
        quoted ^= matches!(character, '"');
        let foreign = !character.is_ascii() && (character.is_whitespace() || "\u{200B}\u{FEFF}".contains(character));
        if foreign && !quoted {
            return Some(line.start + at..line.start + at + character.len_utf8());
        }
    }
    None
}
