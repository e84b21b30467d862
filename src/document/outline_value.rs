//! How far a value goes in a document that does not parse, and whether its text or bracket was left open.

use std::ops::Range;

use crate::document::lines::{begins_statement, line_end, pair};

/// What is wrong with a value as a whole. Offsets are of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `'''` without its second; the text should end at `end`.
    TextOpen { mark: Range<usize>, end: usize },
    /// `'''` stands inside the text: it ends at the first of `inner`, and more of it follows.
    TextClosedEarly { mark: Range<usize>, inner: Vec<Range<usize>> },
    /// The text ends with `'''` but does not begin with it; `instead` stands where that should be.
    TextNotOpened { instead: Range<usize>, mark: &'static str },
    /// `]` or `}` closes values whose opening bracket is missing at `at`.
    BracketNotOpened { at: usize, open: char },
    /// The next key stands on the last line of this statement, at `at`.
    LinesJoined { at: usize },
    /// `[` or `{` without its second.
    BracketOpen { open: usize, closers: String, end: usize },
}

/// Files beyond this many bytes are lists of people, which hold no long texts.
const LARGE: usize = 128 * 1024;

/// A text whose first mark is missing has its second within so many bytes: some pages.
const NEAR: usize = 16 * 1024;

const MARKS: [&str; 2] = ["'''", "\"\"\""];

/// Where the value that begins at `from` ends, and its fault.
pub(crate) fn read(text: &str, from: usize) -> (usize, Option<Fault>) {
    let end = line_end(text, from);
    let at = from + (text[from..end].len() - text[from..end].trim_start_matches([' ', '\t']).len());
    let value = text[at..end].trim_end();
    if let Some(mark) = MARKS.into_iter().find(|mark| value.starts_with(mark)) {
        return long_text(text, at, mark);
    }
    let bare = value.split('#').next().unwrap_or_default().trim();
    let unopened = matches!(bare, "" | "''" | "\"\"")
        || bare.starts_with(|c: char| c.is_alphabetic() && !matches!(bare, "true" | "false"))
        || (bare.starts_with(['"', '\'']) && !closed(value));
    if let (true, Some((stop, mark))) = (unopened, last_mark(text, end)) {
        let instead = if matches!(bare, "''" | "\"\"" | "'" | "\"") { at..at + bare.len() } else { at..at };
        return (stop, Some(Fault::TextNotOpened { instead, mark }));
    }
    if bare.is_empty()
        && let Some(stop) = bracket_not_opened(text, end)
    {
        return (stop, Some(Fault::BracketNotOpened { at: at.min(end), open: '[' }));
    }
    brackets(text, at)
}

/// The end of the line `]` that closes the values below a key without `[`.
fn bracket_not_opened(text: &str, from: usize) -> Option<usize> {
    let lines = text.get(from + 1..)?;
    if text.len() > LARGE || !lines.trim_start().starts_with(['{', '"', '\'']) {
        return None;
    }
    let lines = &text[from + 1..next_statement(text, from).unwrap_or(text.len())];
    let close = lines.find("\n]").or_else(|| lines.find("\n ]"))?;
    Some(line_end(text, from + 1 + close + 1))
}

/// Whether a text in single marks is closed on its line.
fn closed(value: &str) -> bool {
    let Some(mark) = value.chars().next() else { return false };
    value[1..].contains(mark)
}

fn long_text(text: &str, open: usize, mark: &'static str) -> (usize, Option<Fault>) {
    let first_line = line_end(text, open);
    let Some(close) = find_close(text, open + 3, mark).filter(|close| *close < first_line || !opens(text, *close))
    else {
        let next = next_statement(text, first_line).unwrap_or(text.len());
        let end = without_comments(text, first_line.min(next), next);
        let stop = if next == text.len() { next } else { next - 1 };
        return (stop.max(open + 3), Some(Fault::TextOpen { mark: open..open + 3, end }));
    };
    // Up to two quotation marks may stand directly before the closing ones (TOML, "Multi-line basic strings").
    let quote = text.as_bytes()[close];
    let extra = text.as_bytes()[close + 3..].iter().take(2).take_while(|byte| **byte == quote).count();
    let after = close + 3 + extra;
    let limit = next_statement(text, line_end(text, after)).unwrap_or(text.len());
    let more: Vec<usize> = text[after..limit].match_indices(mark).map(|(at, _)| after + at).collect();
    // A mark in a comment between two keys is none, but one in a Markdown heading inside the text is.
    let Some(last) = more.iter().rposition(|at| !in_comment(text, *at, line_end(text, after))) else {
        return (after, None);
    };
    let inner = std::iter::once(close..after).chain(more[..last].iter().map(|at| *at..at + 3)).collect();
    (more[last] + 3, Some(Fault::TextClosedEarly { mark: open..open + 3, inner }))
}

/// The next closing mark; in `"""` a backslash takes the mark behind it away.
fn find_close(text: &str, from: usize, mark: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + text.get(at..)?.find(mark)?;
        let before = &text[from..found];
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if mark == "'''" || backslashes.is_multiple_of(2) {
            return Some(found);
        }
        at = found + 1;
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Whether a mark is the opening one of another key.
fn opens(text: &str, at: usize) -> bool {
    let start = line_start(text, at);
    pair(&text[start..line_end(text, at)]).is_some_and(|(_, value)| {
        // None where the equals sign stands behind the mark.
        text.get(start + value..at).is_some_and(|between| between.trim().is_empty())
    })
}

fn in_comment(text: &str, at: usize, first_line: usize) -> bool {
    at > first_line && text[line_start(text, at)..at].trim_start().starts_with('#')
}

/// The last mark before the next statement, from the end of a line on: the end of its mark, and which it is.
fn last_mark(text: &str, from: usize) -> Option<(usize, &'static str)> {
    // Asked for each bare value: without these bounds a file of nothing else would take minutes.
    let near = &text[from..floor(text, from + NEAR)];
    if text.len() > LARGE || !MARKS.iter().any(|mark| near.contains(mark)) {
        return None;
    }
    let limit = next_statement(text, from).unwrap_or(text.len());
    let found = |mark: &'static str| {
        let at = text[from..limit].rfind(mark)? + from;
        (!in_comment(text, at, from)).then_some((at + 3, mark))
    };
    MARKS.into_iter().filter_map(found).max()
}

/// The last beginning of a character up to an offset.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the next line begins that must be a statement of its own.
fn next_statement(text: &str, line_end_before: usize) -> Option<usize> {
    let mut at = line_end_before + 1;
    while at < text.len() {
        let end = line_end(text, at);
        if begins_statement(&text[at..end]) {
            return Some(at);
        }
        at = end + 1;
    }
    None
}

/// The end of the last line between two offsets that is neither blank nor looks like a comment above what follows.
fn without_comments(text: &str, from: usize, to: usize) -> usize {
    let mut lines = &text[from..to];
    loop {
        lines = lines.trim_end();
        let start = lines.rfind('\n').map_or(0, |newline| newline + 1);
        if !lines[start..].trim_start().starts_with("# ") || to == text.len() {
            return from + lines.len();
        }
        lines = &lines[..start];
    }
}

fn brackets(text: &str, from: usize) -> (usize, Option<Fault>) {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut fault = None;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => {
                at = string_end(text, at);
                if open.is_empty() && begins_statement(&text[at..line_end(text, at)]) {
                    break;
                }
            }
            b'#' if text[..at].ends_with(char::is_whitespace) => at = line_end(text, at),
            b'[' | b'{' => {
                open.push(at);
                at += 1;
            }
            b']' | b'}' => {
                fault = close(text, &mut open, at).or(fault);
                at += 1;
                if open.is_empty() && begins_statement(&text[at..line_end(text, at)]) {
                    break;
                }
            }
            b'\n' if open.is_empty() => break,
            b'\n' if ends_here(text, at, open.last().map(|last| bytes[*last])) => break,
            _ => at += 1,
        }
    }
    let Some(first) = open.first().copied() else { return (at, fault) };
    let closers = open.iter().rev().map(|at| if bytes[*at] == b'[' { ']' } else { '}' }).collect();
    let end = text[..at.min(text.len())].trim_end().len();
    (end, Some(Fault::BracketOpen { open: first, closers, end }))
}

/// A closing bracket: what it says about the brackets that are open.
fn close(text: &str, open: &mut Vec<usize>, at: usize) -> Option<Fault> {
    let bytes = text.as_bytes();
    let matching = if bytes[at] == b']' { b'[' } else { b'{' };
    if !open.iter().any(|at| bytes[*at] == matching) {
        // Nothing of its kind is open. Alone at the end of a value it is the parser's to report.
        let line = line_start(text, at);
        let start = line + (text[line..at].len() - text[line..at].trim_start().len());
        return (matching == b'{' && !open.is_empty()).then_some(Fault::BracketNotOpened { at: start, open: '{' });
    }
    let mut fault = None;
    // One that closes an outer bracket: the inner ones were left open.
    while let Some(inner) = open.pop_if(|last| bytes[*last] != matching) {
        fault = Some(Fault::BracketOpen { open: inner, closers: String::new(), end: inner });
    }
    open.pop();
    fault
}

/// Whether a value that is still open ends before the line behind a line end.
fn ends_here(text: &str, newline: usize, open: Option<u8>) -> bool {
    let next = &text[newline + 1..line_end(text, newline + 1)];
    // A line that ends with a brace which nothing opens is an entry of the list without its first brace.
    let entry = next.trim_end().trim_end_matches(',').ends_with('}') && !next.contains('{');
    if !begins_statement(next) || (open == Some(b'[') && entry) {
        return false;
    }
    // Inside braces a key is what is expected, if a comma or the brace itself stands before it.
    let before = text[..newline].trim_end();
    open != Some(b'{') || next.trim_start().starts_with('[') || !before.ends_with([',', '{'])
}

/// The end of a string that begins at an offset. Of one that is not closed on its line only the mark counts, so that the
/// brackets behind it are still seen.
fn string_end(text: &str, at: usize) -> usize {
    if let Some(mark) = MARKS.into_iter().find(|mark| text[at..].starts_with(mark)) {
        return find_close(text, at + 3, mark).map_or(text.len(), |close| close + 3);
    }
    let end = line_end(text, at);
    let quote = text.as_bytes()[at];
    let mut inside = at + 1;
    while inside < end {
        match text.as_bytes()[inside] {
            b'\\' if quote == b'"' => inside += 2,
            byte if byte == quote => return inside + 1,
            _ => inside += 1,
        }
    }
    at + 1
}
