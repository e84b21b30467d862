//! Syntax errors in the officer's words.

use std::ops::Range;
use std::sync::Arc;

use crate::document::lines::{line_end, pair};
use crate::document::outline_value::floor;
use crate::model::{Finding, Place, SourceFile};

/// Quotation marks that word processors put in.
const CURLY: &str = "“”„‟‘’‚‛«»";

/// Messages of the parser that say little to the officer: a word of them, what is shown instead (if anything), and the
/// remedy.
const HELP: [(&str, Option<&str>, &str); 13] = [
    (
        "visible characters",
        Some("a control character stands in the text"),
        "delete it, and type the words around it anew",
    ),
    (
        "escape",
        Some("\\ begins an escape in \"…\", and this is none"),
        "write paths with /, or put the value in '…', where \\ is a letter like any other",
    ),
    ("duplicate key", None, "each key may stand once in its table; remove or rename one of the two"),
    ("missing opening quote", None, "put the value in straight quotation marks: \"…\""),
    ("must be quoted", None, "put the value in straight quotation marks: \"…\""),
    ("multi-line", None, "close the text with three of the same marks on a line of their own"),
    ("expected `\"`", Some("the text is not closed"), "close it with the mark that opens it, on the same line"),
    ("expected `'`", Some("the text is not closed"), "close it with the mark that opens it, on the same line"),
    ("expected `=`", None, "write the key, an equals sign and the value: key = \"value\""),
    ("missing comma", None, "put a comma between the values, and a ] or } after the last"),
    ("date", None, "write dates as 2027-03-15 and times as \"08:30\""),
    ("time", None, "write dates as 2027-03-15 and times as \"08:30\""),
    (
        "expected newline",
        Some("something stands behind the value"),
        "write \\\" for a quotation mark inside \"…\", and # before a comment",
    ),
];

/// The finding for an error of the parser at a range of the file.
pub(crate) fn finding(source: &Arc<SourceFile>, range: Range<usize>, message: &str) -> Finding {
    let text = &source.text;
    let start = text[..floor(text, range.start)].rfind('\n').map_or(0, |newline| newline + 1);
    // An error at the very end of a line is told by the parser at the beginning of the next.
    let start = if range.is_empty() && start > 0 && range.start == start && text.len() > start {
        text[..start - 1].rfind('\n').map_or(0, |newline| newline + 1)
    } else {
        start
    };
    let end = start + text[start..line_end(text, start)].trim_end().len();
    if let Some(finding) = curly(source, start..end) {
        return finding;
    }
    let begin = range.start.min(end).max(start);
    let place = Place::new(source, begin..range.end.min(end).max(begin));
    if let Some(finding) = bare_value(&text[start..end], begin - start, place.clone()) {
        return finding;
    }
    // With Windows line ends the parser stumbles over the carriage return, which is not what is wrong.
    let message = if text[begin..].starts_with('\r') { "expected `\"`" } else { message };
    match HELP.into_iter().find(|(word, ..)| message.contains(word)) {
        Some((_, better, help)) => Finding::error("toml-syntax", place, better.unwrap_or(message)).help(help),
        None => Finding::error("toml-syntax", place, message)
            .help("compare the line with one like it, or with the example that `weekcast init` writes"),
    }
}

/// A value without quotation marks, or none at all, where the parser stopped at its beginning.
fn bare_value(line: &str, at: usize, place: Place) -> Option<Finding> {
    let (key, from) = pair(line)?;
    let value = line[from..].split('#').next().unwrap_or_default();
    let begin = from + (value.len() - value.trim_start().len());
    let value = value.trim();
    if at < from || at > begin || value.contains(['[', '{']) {
        return None;
    }
    let finding = |message: String| Finding::error("toml-syntax", place, message);
    Some(match value.chars().next() {
        None => finding(format!("`{key}` has no value")).help("write a value behind the =, or delete the line"),
        Some(c) if c.is_alphabetic() && value.contains('=') => {
            let inner = value.trim_end_matches('}').trim_end();
            finding(format!("the values of `{key}` have no {{ before them"))
                .help(format!("write {key} = {{ {inner} }}"))
        }
        Some(c) if c.is_alphabetic() => {
            let inner = value.trim_matches(['"', '\'']);
            finding(format!("the text of `{key}` has no quotation mark before it"))
                .help(format!("write {key} = \"{inner}\""))
        }
        Some(c) if c.is_ascii_digit() && value.contains(['/', '.', ' ', ':']) => {
            finding(format!("{value} is neither a date, a time nor a number"))
                .help("write dates as 2027-03-15, times as \"08:30\", and everything else in quotation marks")
        }
        _ => return None,
    })
}

/// Whether a line has a straight quotation mark without its second, and no curly one to blame.
pub(crate) fn unpaired_quote(line: &str) -> bool {
    let plain = line.replace("\\\\", "").replace("\\\"", "");
    plain.matches('"').count() % 2 == 1 && !line.contains(|c| CURLY.contains(c))
}

/// The finding for a line of a list in which a quotation mark has no second.
pub(crate) fn missing_quote(source: &Arc<SourceFile>, line: Range<usize>) -> Finding {
    let text = &source.text[line.clone()];
    let start = line.start + (text.len() - text.trim_start().len());
    let place = Place::new(source, start..line.start + text.trim_end().len());
    Finding::error("toml-syntax", place, "a quotation mark is missing in this line")
        .help("each text has one \" before it and one behind it")
}

/// The finding for a space that is not the one of the keyboard.
pub(crate) fn foreign_space(source: &Arc<SourceFile>, range: Range<usize>) -> Finding {
    let code = source.text[range.clone()].chars().next().map_or(0, u32::from);
    let message = format!("a space stands here that is not the usual one (U+{code:04X})");
    let help = "delete it and type a space; such spaces come with words copied from web pages or documents";
    Finding::error("toml-syntax", Place::new(source, range), message).help(help)
}

/// A curly quotation mark where a value begins.
fn curly(source: &Arc<SourceFile>, line: Range<usize>) -> Option<Finding> {
    let text = &source.text[line.clone()];
    let begins = |at: usize| text[..at].trim_end().ends_with(['=', '[', ',', '{']);
    let (at, quote) = text.char_indices().find(|(at, c)| CURLY.contains(*c) && begins(*at))?;
    let inner_start = at + quote.len_utf8();
    let inner_end = text[inner_start..].find(|c| CURLY.contains(c)).map_or(text.len(), |end| inner_start + end);
    let close = text[inner_end..].chars().next().map_or(inner_end, |c| inner_end + c.len_utf8());
    let inner = text[inner_start..inner_end].trim_end_matches(['"', ',']);
    let message = format!("{quote} is used as a quotation mark; TOML needs straight ones");
    let place = Place::new(source, line.start + at..line.start + close);
    let help = format!("type \"{inner}\" with the straight quotation mark of the keyboard");
    Some(Finding::error("curly-quotes", place, message).help(help))
}
