//! Long lines of the text part folded to 72 columns, with the indent that each line's own beginning asks for.

/// Width of the text part in characters (RFC 5322 recommends at most 78).
pub(crate) const WIDTH: usize = 72;

/// The text part without trailing spaces, with at most two blank lines together and one line end at its end.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank > 2 || line.is_empty() && out.is_empty() {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Folds every line that is too long; words, and so addresses, stay whole. No line ends in a space.
pub(crate) fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for line in text.split('\n') {
        fold(line.trim_end(), &mut out);
        out.push('\n');
    }
    out.pop();
    out
}

fn fold(line: &str, out: &mut String) {
    if line.len() <= WIDTH || line.chars().count() <= WIDTH {
        out.push_str(line);
        return;
    }
    let (first, next) = indent(line);
    out.push_str(first);
    let mut column = first.chars().count();
    let mut at_start = true;
    for word in line[first.len()..].split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !at_start && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&next);
            column = next.chars().count();
        } else if !at_start {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        at_start = false;
    }
}

/// What a line begins with, and what its continuations begin with: bars stay, list markers become spaces.
fn indent(line: &str) -> (&str, String) {
    let mut end = 0;
    let mut next = String::new();
    loop {
        let rest = &line[end..];
        if rest.starts_with(' ') {
            next.push(' ');
            end += 1;
        } else if rest.starts_with("| ") {
            next.push_str("| ");
            end += 2;
        } else {
            break;
        }
    }
    let rest = &line[end..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = match rest {
        _ if rest.starts_with("* ") => 2,
        _ if (1..=3).contains(&digits) && rest[digits..].starts_with(". ") => digits + 2,
        _ => 0,
    };
    next.push_str(&" ".repeat(marker));
    (&line[..end + marker], next)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_folded_with_hanging_indents_and_addresses_stay_whole() {
        let long = "word ".repeat(20);
        let folded = wrap(&format!("1. {long}"));
        assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [72, 32]);
        assert!(folded.lines().nth(1).unwrap().starts_with("   word"));
        let folded = wrap(&format!("| * {long}"));
        assert!(folded.lines().nth(1).unwrap().starts_with("|   word"));
        let address = format!("https://x.example/{}", "a".repeat(100));
        assert_eq!(wrap(&format!("See {address} now")), format!("See\n{address}\nnow"));
        assert_eq!(wrap("a  \n\n b "), "a\n\n b");
        assert_eq!(wrap(&format!("  {}", "a".repeat(90))), format!("  {}", "a".repeat(90)));
    }
}
