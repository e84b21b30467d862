//! An officer's text made ready for Markdown: tags become single characters, statements on lines of their own become
//! paragraphs of their own, and each line takes the shape that Markdown knows.

use crate::render::markdown::edit::Edit;
use crate::render::markdown::marker::Near;
use crate::render::markdown::shape::Shaper;
use crate::render::markdown::signs::is_dropped;
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;
use crate::render::template::sentinel::{of_tag, tag};
use crate::render::template::tag::{Tag, TagKind};

/// The text for the Markdown parser, traced to the officer's.
pub(crate) fn prepare(script: &Script) -> Mapped {
    lines(&with_sentinels(script), script)
}

/// Every tag as one character; comments leave nothing, hyphens take the white space beside them.
pub(crate) fn with_sentinels(script: &Script) -> Mapped {
    let text = script.text.value();
    let mut out = Mapped::default();
    let mut at = 0;
    for (index, tag) in script.tags.iter().enumerate() {
        copy(text, at..tag.range.start.max(at), &mut out);
        at = tag.range.end;
        let alone = tag.kind != TagKind::Value && is_alone(text, &script.tags, tag);
        if tag.trims_before && !alone {
            out.trim_end();
        }
        if tag.kind != TagKind::Nothing {
            out.insert(&of_tag(index).to_string(), tag.range.clone());
        } else if alone && text[at..].starts_with('\n') {
            at += 1;
        }
        if tag.trims_after && !alone {
            at += text[at..].len() - text[at..].trim_start().len();
        }
    }
    copy(text, at..text.len(), &mut out);
    out
}

/// A stretch of the original without our own characters, and without those that nobody sees.
fn copy(text: &str, range: std::ops::Range<usize>, out: &mut Mapped) {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut start = 0;
    for (at, character) in part.char_indices() {
        let end = at + character.len_utf8();
        if is_dropped(character, part[..at].chars().next_back(), part[end..].chars().next()) {
            out.copy_clean(text, range.start + start..range.start + at);
            start = end;
        }
    }
    out.copy_clean(text, range.start + start..range.end);
}

/// Whether nothing but steering stands on the tag's lines.
fn is_alone(text: &str, tags: &[Tag], tag: &Tag) -> bool {
    let start = text[..tag.range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[tag.range.end..].find('\n').map_or(text.len(), |at| tag.range.end + at);
    let mut rest = String::new();
    let mut at = start;
    for other in tags.iter().filter(|t| t.kind != TagKind::Value && t.range.start < end && t.range.end > start) {
        rest.push_str(text.get(at..other.range.start).unwrap_or_default());
        at = at.max(other.range.end);
    }
    rest.push_str(text.get(at..end).unwrap_or_default());
    rest.chars().all(|c| c.is_whitespace() || c == '>')
}

fn lines(source: &Mapped, script: &Script) -> Mapped {
    let is_statement =
        |c: char| tag(c).is_some_and(|index| script.tags.get(index).is_some_and(|t| t.kind == TagKind::Statement));
    let mut out = Mapped::default();
    let mut shaper = Shaper::default();
    let lines: Vec<&str> = source.text().split_inclusive('\n').collect();
    let words = |line: &&str| !line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
    let next: Vec<usize> = next(&lines, words);
    let (mut start, mut before) = (0, "");
    for (index, line) in lines.iter().enumerate() {
        let blank = line.chars().all(|c| c.is_whitespace() || c == '>' || is_statement(c));
        if blank && line.contains(is_statement) {
            let origin = |offset: usize| source.origin(start + offset..start + offset);
            let written: String = line.chars().take_while(|c| !is_statement(*c)).collect();
            let prefix = shaper.steering(&format!("{written}x"));
            let empty = format!("{}\n", prefix.trim_end());
            out.insert(&empty, origin(0));
            for (at, statement) in line.char_indices().filter(|(_, c)| is_statement(*c)) {
                out.insert(&format!("{prefix}{statement}\n{empty}"), origin(at));
            }
        } else {
            let after = next.get(index + 1).and_then(|next| lines.get(*next)).map_or("", |line| begin(line));
            let bare = line.trim_end_matches('\n');
            let edits = shaper.line(bare, Near { before, after });
            apply(source, start, bare, &edits, &mut out);
            pieces(source, start + bare.len()..start + line.len(), &mut out);
            before = if words(line) { begin(line) } else { before };
        }
        start += line.len();
    }
    out
}

/// For each line the first one with words from there on.
fn next(lines: &[&str], words: impl Fn(&&str) -> bool) -> Vec<usize> {
    let mut found = lines.len();
    let mut next: Vec<usize> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate().rev() {
        found = if words(line) { index } else { found };
        next.push(found);
    }
    next.reverse();
    next
}

/// A line from its first character on.
fn begin(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || c == '>')
}

/// A line with its changes; what is changed to itself stays a copy.
fn apply(source: &Mapped, start: usize, line: &str, edits: &[Edit], out: &mut Mapped) {
    let mut at = 0;
    for edit in edits {
        let range = edit.range.start.max(at)..edit.range.end.max(at);
        pieces(source, start + at..start + range.start, out);
        if line.get(range.clone()) == Some(edit.with.as_str()) {
            pieces(source, start + range.start..start + range.end, out);
        } else if !edit.with.is_empty() {
            out.insert(&edit.with, source.origin(start + range.start..start + range.end));
        }
        at = range.end;
    }
    pieces(source, start + at..start + line.len(), out);
}

/// Copies character by character where the source itself is not a copy, so that places stay exact.
fn pieces(source: &Mapped, range: std::ops::Range<usize>, out: &mut Mapped) {
    for (at, character) in source.text()[range.clone()].char_indices() {
        let length = character.len_utf8();
        let origin = source.origin(range.start + at..range.start + at + length);
        let text = &source.text()[range.start + at..range.start + at + length];
        // What fills as many bytes as it came from, and is no sign of ours, stands there as it is.
        if tag(character).is_none() && origin.len() == length {
            out.copy(text, origin.start);
        } else {
            out.insert(text, origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prepare;
    use crate::model::{Findings, Place, Text};
    use crate::render::template::script::Script;
    use crate::render::template::sentinel::of_tag;

    fn prepared(value: &str) -> String {
        let text = Text::synthetic(value, Place::file("w.toml"));
        let mut findings = Findings::new();
        let script = Script::read(&text, &mut findings).unwrap_or_else(|| panic!("{:?}", findings.sorted()));
        let mut out = prepare(&script).text().to_owned();
        for index in 0..script.tags.len() {
            out = out.replace(of_tag(index), &index.to_string());
        }
        out
    }

    #[test]
    fn tags_become_characters_and_lone_statements_paragraphs() {
        for (value, expected) in [
            ("a {{ week.title }} b", "a 0 b"),
            ("a {# x #}b", "a b"),
            ("a\n{# x #}\nb", "a\nb"),
            ("a  {{- week.title -}}  b", "a0b"),
            ("a\n{% if next %}\nb\n{% endif %}\n", "a\n\n0\n\nb\n\n1\n\n"),
            ("> {%- if next -%}\n> b{% endif %}", ">\n> 0\n>\n> b1"),
            ("•\tone\n  •\u{a0}two\n1.\u{a0}three", "* one\n  * two\n1. three"),
            ("\u{F0001}x", "\u{FFFD}x"),
        ] {
            assert_eq!(prepared(value), expected, "{value}");
        }
    }
}
