//! The outline of a document that does not parse: its headings and its keys with their values, told apart by lines as
//! a person would, so that one slip (a text that is not closed, a bracket left open) stays one slip and does not turn
//! the rest of the file into nonsense.

use std::ops::Range;

use crate::document::lines::{Kind, begins_statement, heading, line_end, pair};
use crate::document::outline_value::{self, Fault};

/// One heading, or one key with its value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// All of it, without the last line end.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: Kind,
    /// Offset of the heading that it stands below; 0 where there is none.
    pub(crate) heading: usize,
    /// What is wrong with the value as a whole.
    pub(crate) fault: Option<Fault>,
}

/// Takes a text apart.
pub(crate) fn outline(text: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let (mut at, mut below) = (0, 0);
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = at + line.trim_end().len();
        let mut statement = Statement { range: start..trimmed, kind: Kind::Stray, heading: below, fault: None };
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            at = end + 1;
            continue;
        }
        let joined = after_heading(line).map(|length| at + length);
        if let Some(kind) = heading(&text[at..joined.unwrap_or(end)]) {
            statement.kind = kind;
            below = start;
            if let Some(joined) = joined {
                statement.range.end = joined;
                statement.fault = Some(Fault::LinesJoined { at: joined });
            }
            at = joined.unwrap_or(end + 1);
            statements.push(statement);
            continue;
        }
        if let Some((key, value)) = pair(line) {
            let (stop, fault) = outline_value::read(text, at + value);
            let key = key.split('.').next().unwrap_or_default().trim_matches(['"', '\'']);
            statement.kind = Kind::Pair(key.to_owned());
            statement.range.end = start.max(text[..stop].trim_end().len());
            at = line_end(text, stop) + 1;
            let joined = text[..stop].ends_with(['"', '\'', ']', '}']) && begins_statement(&text[stop..at - 1]);
            at = if joined { stop } else { at };
            statement.fault = fault.or(joined.then_some(Fault::LinesJoined { at: stop }));
            statements.push(statement);
            continue;
        }
        at = end + 1;
        statements.push(statement);
    }
    statements
}

/// Where a key follows a heading on its line.
fn after_heading(line: &str) -> Option<usize> {
    let close = line.trim_start().starts_with('[').then(|| line.find(']'))??;
    let end = close + (line[close..].len() - line[close..].trim_start_matches(']').len());
    begins_statement(&line[end..]).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{Kind, begins_statement, outline};
    use crate::document::outline_value::Fault;

    #[test]
    fn statements_are_told_apart() {
        let text = "# c\n[week]\na = 1\nb = '''\n[[x]]\nc = \"d\"\n'''\n\n[[x]\nlist = [\n  1, # ]\n]\nwords\n";
        let found: Vec<_> = outline(text).into_iter().map(|s| (&text[s.range], s.kind, s.fault)).collect();
        let heading = |name: &str, open, close| Kind::Heading { name: name.into(), open, close };
        assert_eq!(
            found,
            [
                ("[week]", heading("week", 1, 1), None),
                ("a = 1", Kind::Pair("a".into()), None),
                ("b = '''\n[[x]]\nc = \"d\"\n'''", Kind::Pair("b".into()), None),
                ("[[x]", heading("x", 2, 1), None),
                ("list = [\n  1, # ]\n]", Kind::Pair("list".into()), None),
                ("words", Kind::Stray, None),
            ]
        );
    }

    #[test]
    fn slips_of_whole_values_are_seen() {
        let kinds = |text: &str| -> Vec<&'static str> {
            let name = |fault: Option<Fault>| match fault {
                None => "fine",
                Some(Fault::TextOpen { .. }) => "open",
                Some(Fault::TextClosedEarly { .. }) => "early",
                Some(Fault::TextNotOpened { .. }) => "not opened",
                Some(Fault::BracketOpen { .. }) => "bracket",
                Some(Fault::BracketNotOpened { .. }) => "no bracket",
                Some(Fault::LinesJoined { .. }) => "joined",
            };
            outline(text).into_iter().map(|statement| name(statement.fault)).collect()
        };
        for (text, expected) in [
            ("a = '''\nx\n[[b]]\nc = '''\ny\n'''\n", &["open", "fine", "fine"][..]),
            ("a = '''\nx\nc = '''\ny\n'''\n", &["open", "fine"]),
            ("a = '''\nx\n", &["open"]),
            ("a = '''\nx\n''' y\nz\n'''\nb = 1\n", &["early", "fine"]),
            ("a = '''\nx ''' y ''' z\n'''\nb = '''c'''\n", &["early", "fine"]),
            ("a = \nx\n'''\nb = 1\n", &["not opened", "fine"]),
            ("a = ''\nx\n'''\nb = 1\n", &["not opened", "fine"]),
            ("a = [\"x\"\nb = 1\n", &["bracket", "fine"]),
            ("a = { x = 1\nb = 1\n", &["bracket", "fine"]),
            ("a = {\n  x = 1,\n  y = 2\n}\nb = 1\n", &["fine", "fine"]),
            ("a = [\n  { x = 1,\n  { x = 2 },\n]\nb = 1\n", &["bracket", "fine"]),
            ("a = ''\nb = ''\n", &["fine", "fine"]),
            ("a = '''\n## x'''y'''\nz\n'''\nb = 1\n", &["early", "fine"]),
            ("[[b]]a = 1\nc = 2\n", &["joined", "fine", "fine"]),
            ("a = '''\nx\n'''b = 1\n", &["joined", "fine"]),
            ("a = [\n  { x = 1 },\n  x = 2 },\n]\nb = 1\n", &["no bracket", "fine"]),
            ("a =\n  { x = 1 },\n]\nb = 1\n", &["no bracket", "fine"]),
            ("a = [\n  { x = \"y, z = \"1#2\" },\n]\nb = 1\n", &["fine", "fine"]),
            ("a = '''x'''\n# a comment with ''' in it\nb = 1\n", &["fine", "fine"]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_begins_no_statement() {
        for line in ["[week]", "[[broadcast]] # Monday", "theme = \"x\"", "date = 2027-01-01", "at=“x”"] {
            assert!(begins_statement(line), "{line}");
        }
        for line in ["[link](url)", "a = b", "## Heading", "1. one = \"x\"", "[!NOTE]", "> [!NOTE]", "words", ""] {
            assert!(!begins_statement(line), "{line}");
        }
    }
}
