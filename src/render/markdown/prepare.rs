//! An officer's text made ready for Markdown: tags become single characters, statements on lines of their own become
//! paragraphs of their own, and what word processors leave behind becomes what Markdown knows.

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
        out.copy_clean(text, at..tag.range.start.max(at));
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
    out.copy_clean(text, at..text.len());
    out
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
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let origin = |offset: usize| source.origin(start + offset..start + offset);
        let blank = line.chars().all(|c| c.is_whitespace() || c == '>' || is_statement(c));
        if blank && line.contains(is_statement) {
            let prefix: String = line.chars().take_while(|c| !is_statement(*c)).collect();
            let empty = format!("{}\n", prefix.trim_end());
            out.insert(&empty, origin(0));
            for (at, statement) in line.char_indices().filter(|(_, c)| is_statement(*c)) {
                out.insert(&format!("{prefix}{statement}\n{empty}"), origin(at));
            }
        } else {
            let (marker, length) = marker(line);
            match marker {
                Some(marker) => out.insert(&marker, origin(0)),
                None => pieces(source, start..start + length, &mut out),
            }
            pieces(source, start + length..start + line.len(), &mut out);
        }
        start += line.len();
    }
    out
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

/// A list marker that a word processor made, as Markdown writes it, and how many bytes it replaces: `•⇥` becomes `* `,
/// and a non-breaking space behind a marker an ordinary one.
fn marker(line: &str) -> (Option<String>, usize) {
    let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let rest = &line[indent..];
    let is_space = |c: char| c == ' ' || c == '\t' || c == '\u{a0}';
    let bullets = ['•', '●', '▪', '◦', '‣', '\u{f0b7}'];
    if let Some(bullet) = rest.chars().next().filter(|c| bullets.contains(c)) {
        let after = &rest[bullet.len_utf8()..];
        let spaces = after.len() - after.trim_start_matches(is_space).len();
        // Word indents its bullets; four spaces would be a code block to Markdown.
        let prefix: String = line[..indent].chars().filter(|c| *c == '>').collect();
        let prefix = if prefix.is_empty() { prefix } else { format!("{prefix} ") };
        let nested = if bullet == '◦' { "  " } else { "" };
        return (Some(format!("{prefix}{nested}* ")), indent + bullet.len_utf8() + spaces);
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let width = match rest.as_bytes().first() {
        Some(b'-' | b'*' | b'+') => 1,
        Some(b'#') => rest.len() - rest.trim_start_matches('#').len(),
        _ if digits > 0 && rest[digits..].starts_with(['.', ')']) => digits + 1,
        _ => 0,
    };
    if width > 0 && rest[width..].starts_with('\u{a0}') {
        return (Some(format!("{} ", &line[..indent + width])), indent + width + '\u{a0}'.len_utf8());
    }
    (None, 0)
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
            ("•\tone\n  •\u{a0}two\n1.\u{a0}three", "* one\n* two\n1. three"),
            ("\u{F0001}x", "\u{FFFD}x"),
        ] {
            assert_eq!(prepared(value), expected, "{value}");
        }
    }
}
