//! The part of a link or picture between ( and ), mended where Markdown would not take it: names of files with spaces,
//! and the curly quotation marks that word processors put around `"button"`.

use crate::render::markdown::edit::Edit;
use crate::render::markdown::links;
use crate::render::markdown::signs::is_space;

const QUOTES: [char; 9] = ['"', '“', '”', '„', '‟', '″', '\'', '‘', '’'];
/// How far the brackets of one link are looked for, in bytes.
const REACH: usize = 2000;

/// What to change in a line.
pub(crate) fn edits(line: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let line = before_code(line);
    let mut at = 0;
    while let Some(found) = line[at..].find("](") {
        let (bracket, open) = (at + found, at + found + 2);
        at = open;
        let Some(length) = closing(&line[open..]) else { continue };
        let inner = &line[open..open + length];
        let start = open + inner.len() - inner.trim_start_matches(is_space).len();
        let (target, title) = split(inner.trim_matches(is_space));
        let is_plain = !target.contains(is_space)
            && title
                .is_none_or(|title| line[start + target.len()..].starts_with(&format!(" {title}")) && title.is_ascii());
        if is_plain
            || target.is_empty()
            || target.contains(['<', '>'])
            || !(is_picture(line, bracket) || is_web(target))
        {
            continue;
        }
        let end = start + target.len();
        edits.push(Edit::insert(start, "<"));
        edits.push(Edit::insert(end, ">"));
        if let Some(title) = title {
            let from = start + inner.trim_matches(is_space).len() - title.len();
            let inside = title.trim_matches(QUOTES);
            let left = title.len() - title.trim_start_matches(QUOTES).len();
            edits.push(Edit { range: end..from + left, with: " \"".to_owned() });
            edits.push(Edit { range: from + left + inside.len()..from + title.len(), with: "\"".to_owned() });
        }
    }
    edits
}

/// Signs of emphasis within a bare web address, which are part of it.
pub(crate) fn bare(line: &str) -> Vec<Edit> {
    let line = before_code(line);
    let is_web_page = |at: usize, address: &str| {
        !(address.starts_with("mailto:") || line[..at].ends_with('<') || line[..at].ends_with("]("))
    };
    let found = links::find(line).into_iter().filter(|found| is_web_page(found.range.start, &found.address));
    let signs = found.flat_map(|found| {
        line[found.range.clone()]
            .match_indices(['_', '*'])
            .map(move |(at, _)| found.range.start + at)
            .collect::<Vec<_>>()
    });
    signs.filter(|at| !line[..*at].ends_with('\\')).map(|at| Edit::insert(at, "\\")).collect()
}

/// Within `code` nothing is a link.
fn before_code(line: &str) -> &str {
    line.split('`').next().unwrap_or(line)
}

/// Length up to the `)` that closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices().take_while(|(at, _)| *at < REACH) {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The address or file, and the title in its quotation marks.
fn split(inner: &str) -> (&str, Option<&str>) {
    let Some(at) = inner.find(|c| QUOTES.contains(&c)).filter(|at| *at > 0 && inner.ends_with(QUOTES)) else {
        return (inner, None);
    };
    let (target, title) = inner.split_at(at);
    let before = target.trim_end_matches(is_space);
    let inside = title.trim_matches(QUOTES);
    let good = before.len() < target.len() && !inside.is_empty() && !inside.contains(QUOTES);
    if good { (before, Some(title)) } else { (inner, None) }
}

fn is_picture(line: &str, bracket: usize) -> bool {
    let mut depth = 0_usize;
    for (at, character) in line[..bracket].char_indices().rev().take(REACH) {
        match character {
            ']' => depth += 1,
            '[' if depth == 0 => return line[..at].ends_with('!'),
            '[' => depth -= 1,
            _ => {}
        }
    }
    false
}

fn is_web(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    ["https://", "http://", "www.", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{bare, edits};
    use crate::render::markdown::edit::applied;

    #[test]
    fn names_with_spaces_and_curly_titles_are_taken() {
        for (line, expected) in [
            ("![a](my poster.png) b", "![a](<my poster.png>) b"),
            ("![a [b]](poster (1).png)", "![a [b]](<poster (1).png>)"),
            ("![a](poster.png)", "![a](poster.png)"),
            ("![a](<my poster.png>)", "![a](<my poster.png>)"),
            ("[a](https://x.example “button”)", "[a](<https://x.example> \"button\")"),
            ("[a](https://x.example\u{a0}\"button\")", "[a](<https://x.example> \"button\")"),
            ("[a](https://x.example \"button\")", "[a](https://x.example \"button\")"),
            ("[a](www.x.example/my file.pdf)", "[a](<www.x.example/my file.pdf>)"),
            ("[a](https://x.example 'button')", "[a](https://x.example 'button')"),
            ("[a](tel:01632 960123)", "[a](<tel:01632 960123>)"),
            ("[note](see page 4)", "[note](see page 4)"),
            ("`![a](b c.png)`", "`![a](b c.png)`"),
            ("![a](b c.png", "![a](b c.png"),
        ] {
            assert_eq!(applied(line, &edits(line)), expected);
        }
        for (line, expected) in [
            ("See https://x.example/_a_b_.", "See https://x.example/\\_a\\_b_."),
            ("**www.x.example/*a**", "**www.x.example/\\*a**"),
            ("<https://x.example/_a_>", "<https://x.example/_a_>"),
            ("_a_ b*c*", "_a_ b*c*"),
        ] {
            assert_eq!(applied(line, &bare(line)), expected);
        }
    }
}
