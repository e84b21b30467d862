//! The marks of Markdown and templates in running text, told from stars, hashes and underscores that are only such.

use std::ops::Range;

use crate::render::markdown::signs::is_divider;

/// A mark that was left over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// One remedy.
    pub(crate) help: &'static str,
    /// A warning if not.
    pub(crate) is_error: bool,
}

const BOX: &str = "a callout begins with > [!NOTE] or > [!WARNING] on a line of its own";
const VALUE: &str = "a value is written {{ week.title }}";
const CONDITION: &str = "a condition is written {% if … %} … {% endif %}";
const TIGHT: &str = "a link is written [words](https://…), with nothing between ] and (";

const STUCK: &str = "put a space before or behind the stars, outside of the bold words";

/// Marks that are never words, and the remedy.
const ALWAYS: [(&str, &str); 10] = [
    ("![", "a picture is written ![what it shows](file.png), on one line"),
    ("](", "a link is written [words](https://…), with no space in the address"),
    ("[!", BOX),
    (":::", BOX),
    ("{{", VALUE),
    ("{%", CONDITION),
    ("}}", VALUE),
    ("%}", CONDITION),
    ("][", "a link is written [words](https://…)"),
    (")[http", "a link is written [words](https://…), the words first"),
];

/// The first of each kind of mark; `begins` says whether the text begins a line.
pub(crate) fn find(text: &str, begins: bool) -> Vec<Found> {
    let mut found = Vec::new();
    for (mark, help) in ALWAYS {
        if let Some(at) = text.match_indices(mark).map(|(at, _)| at).find(|at| !is_escaped(text, *at)) {
            let help = if mark == "](" && target(&text[at + 2..]).contains(['“', '”', '‘', '’', '„']) {
                "write straight quotation marks, \" and \", in the link"
            } else {
                help
            };
            found.push(Found { range: at..at + mark.len(), help, is_error: true });
        }
    }
    let spaced = text.match_indices("] (").find(|(at, _)| {
        let rest = text[at + 3..].chars().take(8).collect::<String>().to_ascii_lowercase();
        ["http://", "https://", "www.", "mailto:"].iter().any(|scheme| rest.starts_with(scheme))
            && text[..*at].contains('[')
    });
    found.extend(spaced.map(|(at, _)| Found { range: at..at + 3, help: TIGHT, is_error: true }));
    found.extend(runs(text));
    if begins {
        found.extend(beginning(text));
    }
    if let Some((at, _)) = text.match_indices("[^").find(|(at, _)| !is_escaped(text, *at) && text[*at..].contains(']'))
    {
        let help = "a message has no footnotes; put the words where they belong";
        found.push(Found { range: at..at + 2, help, is_error: false });
    }
    found
}

fn target(rest: &str) -> &str {
    rest.split(')').next().unwrap_or_default()
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The first `**`, `__` and `~~`.
fn runs(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for sign in ['*', '_', '~'] {
        let (mut at, mut first) = (0, None);
        while let Some(start) = text[at..].find(sign).map(|found| at + found) {
            let length = text[start..].chars().take_while(|c| *c == sign).count();
            at = start + length;
            let (before, after) = (text[..start].chars().next_back(), text[at..].chars().next());
            if length == 2
                && !is_escaped(text, start)
                && let Some(help) = run_help(sign, before, after)
            {
                let found = Found { range: start..at, help, is_error: false };
                // Of two the one that is stuck to a word on both sides is the one to mend.
                if help == STUCK {
                    first = Some(found);
                    break;
                }
                first = first.or(Some(found));
            }
        }
        found.extend(first);
    }
    found
}

/// The remedy for two signs by what stands around them; none where they are no mark.
fn run_help(sign: char, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    let (opens, closes) = (after.is_some_and(char::is_alphanumeric), before.is_some_and(char::is_alphanumeric));
    let open = |side: Option<char>| side.is_none_or(char::is_whitespace);
    match sign {
        '~' => Some("nothing is struck out in a message; remove the marks"),
        // In the middle of a name they are part of it.
        '_' if opens && closes => None,
        '_' => Some("bold words are written **so**, with stars before and after them"),
        _ if open(before) && open(after) => Some("bold words are written **so**, with no space inside the stars"),
        _ if opens && !open(before) => Some(STUCK),
        _ => Some("bold words are written **so**, with stars before and after them and no space inside"),
    }
}

/// What only the beginning of a line can be.
fn beginning(text: &str) -> Option<Found> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let rest = &text[hashes..];
    let word = rest.split_whitespace().next().unwrap_or_default();
    // `#SaferInternetDay` is no heading; `#What to look for` was meant as one.
    let is_tag = word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit() || c == '_');
    let is_title = word.len() < rest.len() && !is_tag && !text.trim_end().ends_with(['.', '!', '?', ',']);
    let help = "a heading begins with ## and a space";
    if (2..=6).contains(&hashes) && !rest.starts_with(char::is_whitespace) {
        return Some(Found { range: 0..hashes, help, is_error: true });
    }
    if hashes == 1 && rest.starts_with(char::is_alphabetic) && is_title && !rest.contains('#') {
        return Some(Found { range: 0..1, help, is_error: false });
    }
    let is_row = text.starts_with('|') && text.len() > 2 && text.trim_end().ends_with('|');
    let help = "a table's second line is |---|---|, with a --- for each cell of the first line";
    (is_row || is_divider(text)).then_some(Found { range: 0..1, help, is_error: true })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn marks_are_told_from_signs() {
        for (text, expected) in [
            ("2 * 3 * 4, C#, snake_case__name, a*, * b", vec![]),
            ("Name: _____ and f*** and ****", vec![]),
            ("a ** b", vec!["**"]),
            ("[a][b]", vec!["]["]),
            ("Note:**text", vec!["**"]),
            ("a __b", vec!["__"]),
            ("a ~~b~~", vec!["~~"]),
            ("##Heading", vec!["##"]),
            ("#What to look for", vec!["#"]),
            ("#SaferInternetDay is on 9 February", vec![]),
            ("#safer #internet", vec![]),
            ("#1 in the county", vec![]),
            ("| a | b |", vec!["|"]),
            (":--|--:", vec![":"]),
            ("##(a)", vec!["##"]),
            ("[x] (https://x.example)", vec!["] ("]),
            ("[x] (see below)", vec![]),
            ("(x)[https://x.example]", vec![")[http"]),
            ("a[^1]", vec!["[^"]),
            ("\\[!NOTE\\] \\*\\*", vec![]),
            ("![a](b", vec!["![", "]("]),
            ("> :::note {{ x %}", vec![":::", "{{", "%}"]),
        ] {
            let found: Vec<&str> = find(text, true).into_iter().map(|found| &text[found.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(find("##x", false), vec![]);
    }
}
