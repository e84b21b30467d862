//! Rust source as far as the rules of the house need it: comments, strings and test modules blanked out, then paths.

use std::fs;
use std::path::Path;

/// The `.rs` files below a folder, as (path relative to it, text), sorted.
pub fn files_under(top: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(top).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("a source file is UTF-8")));
            }
        }
    }
    files.sort();
    files
}

/// Whether a text declares a module, in a file of its own.
pub fn is_module_declared(text: &str, name: &str) -> bool {
    let declaration = format!("mod {name};");
    without_comments(text).lines().any(|line| line.trim().ends_with(&declaration))
}

/// The code outside test modules, with comments and the insides of strings replaced by spaces.
pub fn product_code(text: &str) -> String {
    without_tests(&without_comments(text))
}

/// Replaces comments and literals by spaces, keeping line ends, so that words in them are not taken for code.
pub fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let previous = code.chars().next_back();
        let blank = comment_length(rest).or_else(|| literal_length(rest, previous));
        let (piece, tail) = rest.split_at(blank.unwrap_or(first.len_utf8()));
        if blank.is_some() {
            code.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            code.push_str(piece);
        }
        rest = tail;
    }
    code
}

fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.strip_prefix("/*").map(|inner| inner.find("*/").map_or(text.len(), |end| end + 4))
}

/// The length of a string, raw string or character that begins here.
fn literal_length(text: &str, previous: Option<char>) -> Option<usize> {
    if let Some(inner) = text.strip_prefix('"') {
        return Some(1 + end_of_quoted(inner, '"'));
    }
    let begins_word = !previous.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if begins_word && (text.starts_with("r\"") || text.starts_with("r#")) {
        let hashes = text[1..].chars().take_while(|c| *c == '#').count();
        let inner = text[1 + hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(inner.find(&end).map_or(text.len(), |at| 2 + hashes + at + end.len()));
    }
    let inner = text.strip_prefix('\'')?;
    let mut characters = inner.chars();
    // 'a' is a character and 'a a lifetime.
    match (characters.next()?, characters.next()?) {
        ('\\', _) => Some(1 + end_of_quoted(inner, '\'')),
        (character, '\'') => Some(character.len_utf8() + 2),
        _ => None,
    }
}

fn end_of_quoted(inner: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    inner.len()
}

/// Removes each item that stands under `#[cfg(test)]`, up to its `;` or its closing brace.
fn without_tests(code: &str) -> String {
    let mark = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(mark) {
        let (head, item) = rest.split_at(start);
        kept.push_str(head);
        let length = end_of_item(item);
        kept.extend(item[..length].chars().filter(|c| *c == '\n'));
        rest = &item[length..];
    }
    kept.push_str(rest);
    kept
}

fn end_of_item(item: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in item.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (character == '}' || character == ';') {
            return at + 1;
        }
    }
    item.len()
}

/// Every path that begins with a root such as `crate`, without it, as segments; groups in braces are taken apart.
pub fn paths_from(code: &str, root: &str) -> Vec<Vec<String>> {
    let mark = format!("{root}::");
    let mut paths = Vec::new();
    for (start, _) in code.match_indices(&mark) {
        let begins_word = !code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if begins_word {
            paths.extend(expand(&code[start + mark.len()..]));
        }
    }
    paths
}

/// Takes `a::{b, c::d}` apart: one path for each leaf; `self` names the path itself.
pub fn expand(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('{') {
        return branches(inner).into_iter().flat_map(expand).collect();
    }
    let length = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    let (segment, rest) = text.split_at(length);
    if segment.is_empty() || segment == "self" {
        return vec![Vec::new()];
    }
    let tails = rest.strip_prefix("::").map_or_else(|| vec![Vec::new()], expand);
    tails.into_iter().map(|tail| [vec![segment.to_owned()], tail].concat()).collect()
}

/// The parts between the commas of a group whose opening brace is already gone.
fn branches(inner: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, character) in inner.char_indices() {
        let ends_part = depth == 0 && matches!(character, ',' | '}');
        if ends_part && !inner[start..at].trim().is_empty() {
            parts.push(&inner[start..at]);
        }
        match character {
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            '{' => depth += 1,
            ',' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    parts
}
