//! The names in a tag: which fields it looks at, and which names it brings in itself.

use std::ops::Range;

use crate::render::template::tag::{Tag, TagKind};

/// A field with the way to it, such as `recipient.first_name` or `recipient["First name"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// The names, outermost first, each with its range in the whole text.
    pub(crate) steps: Vec<(String, Range<usize>)>,
}

impl Path {
    /// The outermost name.
    pub(crate) fn root(&self) -> &str {
        self.steps.first().map_or("", |step| &step.0)
    }

    /// The names with dots between.
    #[cfg(test)]
    pub(crate) fn dotted(&self) -> String {
        self.steps.iter().map(|step| step.0.as_str()).collect::<Vec<_>>().join(".")
    }
}

/// What a tag speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Names {
    /// Fields that it looks at.
    pub(crate) paths: Vec<Path>,
    /// Names that `for` and `set` bring in.
    pub(crate) locals: Vec<String>,
}

impl Names {
    /// Whether the tag looks at the recipient.
    pub(crate) fn mention_recipient(&self) -> bool {
        self.paths.iter().any(|path| path.root() == "recipient" || path.root() == "__tera_context")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Text(String),
    Mark(char),
}

const KEYWORDS: [&str; 34] = [
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "elif",
    "else",
    "for",
    "true",
    "false",
    "True",
    "False",
    "none",
    "None",
    "null",
    "set",
    "set_global",
    "endif",
    "endfor",
    "endset",
    "break",
    "continue",
    "filter",
    "endfilter",
    "block",
    "endblock",
    "extends",
    "include",
    "raw",
    "endraw",
    "component",
    "endcomponent",
    "with",
];

/// What a tag speaks of; a comment speaks of nothing.
pub(crate) fn of_tag(text: &str, tag: &Tag) -> Names {
    if tag.kind == TagKind::Nothing { Names::default() } else { names(text, tag.inner.clone()) }
}

/// Reads the inside of a tag; `inner` is its range in `text`.
fn names(text: &str, inner: Range<usize>) -> Names {
    let tokens = tokens(&text[inner.clone()], inner.start);
    let mut names = Names::default();
    let mut at = 0;
    while let Some((token, range)) = tokens.get(at) {
        let before = at.checked_sub(1).map(|i| &tokens[i].0);
        at += 1;
        let Token::Name(name) = token else { continue };
        if let Some(Token::Name(word)) = before {
            if matches!(word.as_str(), "set" | "set_global") {
                names.locals.push(name.clone());
                continue;
            }
            if word == "for" {
                names.locals.push(name.clone());
                if tokens.get(at).map(|t| &t.0) == Some(&Token::Mark(',')) {
                    if let Some((Token::Name(second), _)) = tokens.get(at + 1) {
                        names.locals.push(second.clone());
                    }
                    at += 2;
                }
                continue;
            }
            // The name of a test, a block or a filter section is no field.
            let second = at.checked_sub(3).map(|i| &tokens[i].0);
            let negated = word == "not" && second == Some(&Token::Name("is".into()));
            if negated && name != "not" || matches!(word.as_str(), "is" | "block" | "endblock" | "filter" | "component")
            {
                continue;
            }
        }
        let next = tokens.get(at).map(|t| &t.0);
        let assigns = next == Some(&Token::Mark('=')) && tokens.get(at + 1).map(|t| &t.0) != Some(&Token::Mark('='));
        let called = next == Some(&Token::Mark('('));
        if before == Some(&Token::Mark('|')) || called || assigns || KEYWORDS.contains(&name.as_str()) {
            continue;
        }
        let mut path = Path { steps: vec![(name.clone(), range.clone())] };
        at = steps(&tokens, at, &mut path);
        names.paths.push(path);
    }
    names
}

/// Reads `.name`, `?.name` and `["name"]` that follow.
fn steps(tokens: &[(Token, Range<usize>)], mut at: usize, path: &mut Path) -> usize {
    loop {
        let token = |offset: usize| tokens.get(at + offset).map(|t| (&t.0, t.1.clone()));
        let optional = usize::from(matches!(token(0), Some((Token::Mark('?'), _))));
        match (token(optional), token(optional + 1), token(optional + 2)) {
            (Some((Token::Mark('.'), _)), Some((Token::Name(name), range)), _) => {
                path.steps.push((name.clone(), range));
                at += optional + 2;
            }
            (Some((Token::Mark('['), _)), Some((Token::Text(name), range)), Some((Token::Mark(']'), _))) => {
                path.steps.push((name.clone(), range));
                at += optional + 3;
            }
            _ => return at,
        }
    }
}

fn tokens(text: &str, base: usize) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match character {
            '"' | '\'' | '`' => {
                let inner = rest[1..].find(character).unwrap_or(rest.len() - 1);
                tokens.push((Token::Text(rest[1..1 + inner].to_owned()), base + at..base + at + inner + 2));
                (inner + 2).min(rest.len())
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let end = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
                let length = rest.find(end).unwrap_or(rest.len());
                tokens.push((Token::Name(rest[..length].to_owned()), base + at..base + at + length));
                length
            }
            c if c.is_ascii_digit() => {
                rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len()).max(1)
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push((Token::Mark(c), base + at..base + at + c.len_utf8()));
                }
                c.len_utf8()
            }
        };
        at += length;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn fields_are_found_and_filters_tests_and_keywords_are_not() {
        for (inner, paths, locals) in [
            ("recipient.first_name or \"x.y\"", vec!["recipient.first_name"], vec![]),
            ("recipient[\"First name\"] | upper", vec!["recipient.First name"], vec![]),
            ("if a?.b is not defined and c == 1.5", vec!["a.b", "c"], vec![]),
            ("for k, v in week.things", vec!["week.things"], vec!["k", "v"]),
            ("set x = y | default(value=z)", vec!["y", "z"], vec!["x"]),
            ("if not next", vec!["next"], vec![]),
            ("range(end=3)", vec![], vec![]),
            ("x if a else b", vec!["x", "a", "b"], vec![]),
            ("if \"schools\" in recipient.lists", vec!["recipient.lists"], vec![]),
        ] {
            let found = names(inner, 0..inner.len());
            assert_eq!(found.paths.iter().map(super::Path::dotted).collect::<Vec<_>>(), paths, "{inner}");
            assert_eq!(found.locals, locals, "{inner}");
        }
    }
}
