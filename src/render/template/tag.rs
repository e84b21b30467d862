//! Finds the template tags in a text, before anything else looks at it: `{{ … }}`, `{% … %}`, `{# … #}`.

use std::ops::Range;

use crate::model::{Finding, Text};

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `{{ … }}`: puts a value there.
    Value,
    /// `{% … %}`: steers.
    Statement,
    /// `{# … #}`, and the two marks of a raw block: leaves nothing.
    Nothing,
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// What it does.
    pub(crate) kind: TagKind,
    /// From the first brace to the last.
    pub(crate) range: Range<usize>,
    /// What stands between the delimiters and their hyphens.
    pub(crate) inner: Range<usize>,
    /// `{{-`: swallows the white space before it.
    pub(crate) trims_before: bool,
    /// `-}}`: swallows the white space after it.
    pub(crate) trims_after: bool,
    /// The first word of a statement, such as `if`.
    pub(crate) word: String,
}

/// A tag that is opened and not closed: where it opens, and what would close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unclosed {
    /// The opening delimiter.
    pub(crate) range: Range<usize>,
    /// `}}`, `%}` or `#}`.
    pub(crate) close: &'static str,
}

impl Unclosed {
    /// The finding for it.
    pub(crate) fn finding(&self, text: &Text) -> Finding {
        let opening = text.value().get(self.range.clone()).unwrap_or_default();
        let message = format!("\"{opening}\" is opened and not closed");
        let finding = Finding::error("template-syntax", text.at(self.range.clone()), message);
        finding.help(format!("close it with \"{}\"", self.close))
    }
}

/// All tags of a text in order, and those that are not closed.
pub(crate) fn scan(text: &str) -> (Vec<Tag>, Vec<Unclosed>) {
    let (mut tags, mut unclosed) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let (kind, close) = match text.as_bytes().get(start + 1) {
            Some(b'{') => (TagKind::Value, "}}"),
            Some(b'%') => (TagKind::Statement, "%}"),
            Some(b'#') => (TagKind::Nothing, "#}"),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(end) = end_of(text, start + 2, kind, close) else {
            unclosed.push(Unclosed { range: start..start + 2, close });
            at = start + 2;
            continue;
        };
        let tag = tag(text, kind, start..end);
        at = end;
        if tag.word == "raw" {
            at = raw_block(text, tag, &mut tags, &mut unclosed);
        } else {
            tags.push(tag);
        }
    }
    (tags, unclosed)
}

/// `{% raw %}`: its two marks leave nothing, and nothing between them is a tag.
fn raw_block(text: &str, open: Tag, tags: &mut Vec<Tag>, unclosed: &mut Vec<Unclosed>) -> usize {
    let mut from = open.range.end;
    while let Some(found) = text[from..].find("{%") {
        let start = from + found;
        let end = text[start + 2..].find("%}").map(|end| start + 2 + end + 2);
        if let Some(close) = end.map(|end| tag(text, TagKind::Nothing, start..end)).filter(|t| t.word == "endraw") {
            let end = close.range.end;
            tags.push(Tag { kind: TagKind::Nothing, ..open });
            tags.push(close);
            return end;
        }
        from = start + 2;
    }
    unclosed.push(Unclosed { range: open.range.clone(), close: "{% endraw %}" });
    open.range.end
}

fn tag(text: &str, kind: TagKind, range: Range<usize>) -> Tag {
    let mut inner = range.start + 2..range.end - 2;
    let trims_before = text[inner.clone()].starts_with('-');
    inner.start += usize::from(trims_before);
    let trims_after = text[inner.clone()].ends_with('-');
    inner.end -= usize::from(trims_after);
    let word = if text[range.clone()].starts_with("{%") {
        text[inner.clone()].split_whitespace().next().unwrap_or_default().to_owned()
    } else {
        String::new()
    };
    Tag { kind, range, inner, trims_before, trims_after, word }
}

/// The offset behind the closing delimiter, if there is one before the next tag opens.
fn end_of(text: &str, from: usize, kind: TagKind, close: &str) -> Option<usize> {
    if kind == TagKind::Nothing {
        return text[from..].find(close).map(|at| from + at + close.len());
    }
    let mut braces = 0_usize;
    let mut at = from;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        match character {
            '"' | '\'' | '`' => match string_end(rest, character) {
                Some(length) => {
                    at += length;
                    continue;
                }
                // A mark without its partner: the template engine says so, if the tag is closed at all.
                None => return close_before_next(text, from, close),
            },
            _ if braces == 0 && rest.starts_with(close) => return Some(at + close.len()),
            '{' if rest.starts_with("{{") || rest.starts_with("{%") => return None,
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        at += character.len_utf8();
    }
    None
}

fn close_before_next(text: &str, from: usize, close: &str) -> Option<usize> {
    let end = text[from..].find(close)?;
    let next = ["{{", "{%"].iter().filter_map(|open| text[from..].find(open)).min();
    next.is_none_or(|next| end < next).then_some(from + end + close.len())
}

/// Length of a string literal with its marks; it does not run over a blank line, so that an apostrophe in one paragraph
/// cannot swallow the next.
fn string_end(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == mark {
            return Some(at + 1);
        } else if rest[at..].starts_with("\n\n") {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{TagKind, scan};

    fn found(text: &str) -> Vec<&str> {
        scan(text).0.into_iter().map(|tag| &text[tag.range]).collect()
    }

    #[test]
    fn tags_are_found_with_strings_and_braces_inside() {
        for (text, expected) in [
            ("a {{ x }} b", vec!["{{ x }}"]),
            ("{{ x or \"}}\" }}{{- y -}}", vec!["{{ x or \"}}\" }}", "{{- y -}}"]),
            ("{{ {\"a\": {\"b\": 1}} }} {", vec!["{{ {\"a\": {\"b\": 1}} }}"]),
            ("{% if x == '%}' %}y{% endif %}", vec!["{% if x == '%}' %}", "{% endif %}"]),
            ("{# it's {{ nothing }} #}z", vec!["{# it's {{ nothing }} #}"]),
            ("{{ it's }} and so", vec!["{{ it's }}"]),
            ("{% raw %}{{ x }}{% endraw %}{{ y }}", vec!["{% raw %}", "{% endraw %}", "{{ y }}"]),
            ("{% raw %}{%}{% endraw %}{{ y }}", vec!["{% raw %}", "{% endraw %}", "{{ y }}"]),
            ("no { tag } here }}", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn unclosed_tags_are_reported_and_do_not_swallow_the_next() {
        let text = "a {{ x \n\n b {{ y }} {% if";
        let (tags, unclosed) = scan(text);
        assert_eq!(tags.len(), 1);
        assert_eq!(&text[tags[0].range.clone()], "{{ y }}");
        assert_eq!(unclosed.iter().map(|u| (u.range.start, u.close)).collect::<Vec<_>>(), [(2, "}}"), (20, "%}")]);
    }

    #[test]
    fn the_word_and_the_hyphens_are_read() {
        let (tags, _) = scan("{%- if x -%}{{-y-}}");
        assert_eq!((tags[0].kind, tags[0].word.as_str()), (TagKind::Statement, "if"));
        assert!(tags[0].trims_before && tags[0].trims_after && tags[1].trims_before && tags[1].trims_after);
        assert_eq!(tags[1].inner, 15..16);
    }
}
