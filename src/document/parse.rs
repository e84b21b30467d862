//! TOML text to a [`Table`], with all syntax errors at once in the officer's words.

use std::sync::Arc;

use toml::de::DeTable;

use crate::document::broken::Broken;
use crate::document::scalar;
use crate::document::table::Table;
use crate::model::{Finding, Findings, Place, SourceFile};

/// Parses a document; what could be recovered is in the table, so that its other faults are found in the same pass.
pub fn parse(source: &Arc<SourceFile>, findings: &mut Findings) -> Table {
    let (document, mut errors) = DeTable::parse_recoverable(&source.text);
    let entries = scalar::entries(source, document.into_inner());
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut broken = Broken::default();
    let mut line_seen = None;
    let mut unclosed = false;
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let (line, start) = line_of(&source.text, &span);
        if line.trim_start().starts_with('[')
            || error.message().contains("unclosed")
            || error.message().contains("multi-line")
        {
            broken.structure = true;
        }
        broken.keys.push((0, line.trim_start().split(['=', ' ', '\t']).next().unwrap_or_default().to_owned()));
        // Follow-on errors of one line, or of lines that an unclosed bracket swallowed, say nothing new.
        if line_seen == Some(start) || (unclosed && error.message().starts_with("unexpected")) {
            continue;
        }
        unclosed |= error.message().starts_with("missing comma");
        line_seen = Some(start);
        findings.push(finding(source, span, error.message()));
    }
    let place = Place::new(source, 0..0);
    Table::document(entries, place, Arc::new(broken))
}

/// The line that holds the beginning of a span, and its offset; an error at the very end of a line belongs to it.
fn line_of<'t>(text: &'t str, span: &std::ops::Range<usize>) -> (&'t str, usize) {
    let mut at = span.start.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text[..at].strip_suffix('\n').filter(|_| span.is_empty()).unwrap_or(&text[..at]);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    (&text[start..end], start)
}

fn finding(source: &Arc<SourceFile>, span: std::ops::Range<usize>, message: &str) -> Finding {
    let (line, start) = line_of(&source.text, &span);
    let line = line.trim_end_matches('\r');
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    // An empty span at the end of a line points behind its last character rather than at the next line.
    let span =
        if span.is_empty() { span.start.min(start + line.len())..span.start.min(start + line.len()) } else { span };
    if let Some(quote) = value.chars().next().filter(|c| "“”„‘’‚«".contains(*c)) {
        let at = start + line.find(quote).unwrap_or(0);
        let inner = value.trim_matches(|c: char| "“”„‘’‚«»".contains(c));
        return Finding::error(
            "curly-quotes",
            Place::new(source, at..start + line.len()),
            format!("{quote} is used as a quotation mark; TOML needs straight ones"),
        )
        .help(format!("type \"{inner}\" with the straight quotation mark of the keyboard"));
    }
    let finding = Finding::error("toml-syntax", Place::new(source, span), message);
    let help = if message.contains("escape") {
        "a backslash begins an escape in \"…\"; write paths with / or put the value in '…'"
    } else if message.starts_with("duplicate key") {
        "each key may stand once in its table; remove or rename one of the two"
    } else if message.starts_with("string values must be quoted") {
        "put the value in straight quotation marks: \"…\""
    } else if message.contains("multi-line") {
        "close the text with three of the same marks on a line of their own"
    } else if message.contains("expected `\"`") || message.contains("expected `'`") {
        "close the text with the same mark that opens it, on the same line"
    } else if message.contains("expected `=`") {
        "write the key, an equals sign and the value: key = \"value\""
    } else if message.contains("comma") {
        "put a comma between the values, and a ] or } after the last"
    } else if message.contains("date") || message.contains("time") {
        "write dates as 2027-03-15 and times as \"08:30\""
    } else if message.contains("expected `]`") {
        "close the bracket on the same line: [week] or [[broadcast]]"
    } else {
        return finding;
    };
    finding.help(help)
}
