//! What one line of a TOML file is: a heading, a key with its value, or neither.

/// What a statement is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `[name]` or `[[name]]`, with the number of brackets on each side.
    Heading {
        /// The name between the brackets.
        name: String,
        /// How many `[`.
        open: usize,
        /// How many `]`.
        close: usize,
    },
    /// `key = value`: the key, the first part of a dotted one.
    Pair(String),
    /// Neither.
    Stray,
}

/// Where the line that holds an offset ends: at its `\n`, or at the end of the text.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    text[at.min(text.len())..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// A heading, well formed or nearly.
pub(crate) fn heading(line: &str) -> Option<Kind> {
    let content = without_comment(line).trim();
    let inner = content.trim_start_matches('[');
    let name = inner.trim_end_matches(']');
    let (open, close) = (content.len() - inner.len(), inner.len() - name.len());
    let name = name.trim();
    let plain = plain_name(name);
    // Any name between brackets on both sides; where one side is missing, or none of a name's letters stand there, it
    // is more likely a link or a list.
    let bracketed = (1..=3).contains(&open) && close <= 3 && !name.contains(|c| "[](){}=".contains(c));
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '"');
    let closed_only = open == 0 && (1..=3).contains(&close) && plain;
    ((bracketed && begins) || closed_only).then(|| Kind::Heading { name: name.to_owned(), open, close })
}

/// Letters, digits, dashes and dots, beginning with a letter; parts may be in quotation marks.
fn plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.\"'".contains(c))
}

/// The line up to a comment.
pub(crate) fn without_comment(line: &str) -> &str {
    line.split_once('#').map_or(line, |(content, _)| content)
}

/// A key and the offset of what follows its equals sign.
pub(crate) fn pair(line: &str) -> Option<(&str, usize)> {
    let (key, _) = line.split_once('=')?;
    let name = key.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.\"'\u{A0}".contains(c);
    (!name.is_empty() && name.chars().all(plain)).then_some((name, key.len() + 1))
}

/// Whether a line cannot be inside a text or a list: a heading, or a key with the beginning of a value.
pub(crate) fn begins_statement(line: &str) -> bool {
    if matches!(heading(line), Some(Kind::Heading { name, open: 1.., close: 1.. }) if plain_name(&name)) {
        return true;
    }
    let Some((key, value)) = pair(line) else { return false };
    let value = line[value..].trim();
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && (value.starts_with(|c: char| c.is_ascii_digit() || "\"'[{“‘".contains(c))
            || value.starts_with("true")
            || value.starts_with("false"))
}
