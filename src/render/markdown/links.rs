//! Bare web and e-mail addresses in running text; Markdown itself leaves them alone.

use std::ops::Range;

use crate::render::template::sentinel::tag;

/// An address in a text: its range, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bare {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// With its scheme.
    pub(crate) address: String,
}

/// All bare addresses of a text.
pub(crate) fn find(text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "<>\"“”".contains(c)) {
        let end = start + word.len();
        let word = word.trim_end_matches(|c: char| c.is_whitespace() || "<>\"“”".contains(c));
        if let Some((range, address)) = in_word(word) {
            found.push(Bare { range: start + range.start..start + range.end, address });
        }
        start = end;
    }
    found
}

fn in_word(word: &str) -> Option<(Range<usize>, String)> {
    let lower = word.to_ascii_lowercase();
    let begins = |prefix: &str| {
        let at = lower.find(prefix)?;
        let before = word[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && tag(c).is_none() && !"/.@-_".contains(c)).then_some(at)
    };
    for (prefix, scheme) in [("https://", ""), ("http://", ""), ("www.", "https://")] {
        let Some(at) = begins(prefix) else { continue };
        let end = at + end_of(&word[at..]);
        let rest = &word[at + prefix.len()..end.max(at + prefix.len())];
        let good = if scheme.is_empty() { !rest.is_empty() } else { rest.contains('.') };
        if good && rest.starts_with(|c: char| c.is_alphanumeric() || tag(c).is_some()) {
            return Some((at..end, format!("{scheme}{}", &word[at..end])));
        }
    }
    mailbox(word)
}

/// Punctuation at the end belongs to the sentence, and so does a closing bracket that nothing opened.
fn end_of(address: &str) -> usize {
    let mut end = address.len();
    while let Some(last) = address[..end].chars().next_back() {
        let open = |open: char, close: char| {
            last == close && address[..end].matches(close).count() > address[..end].matches(open).count()
        };
        if ".,;:!?'’*_…".contains(last) || open('(', ')') || open('[', ']') || open('{', '}') {
            end -= last.len_utf8();
        } else {
            break;
        }
    }
    end
}

fn mailbox(word: &str) -> Option<(Range<usize>, String)> {
    let at = word.find('@')?;
    let local = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'+-/=?^_`{|}~".contains(c);
    let start = word[..at]
        .rfind(|c: char| !local(c))
        .map_or(0, |before| before + word[before..].chars().next().map_or(1, char::len_utf8));
    let domain =
        word[at + 1..].find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(word.len() - at - 1);
    let end = at + 1 + word[at + 1..at + 1 + domain].trim_end_matches(['.', '-']).len();
    let start = start + (word[start..at].len() - word[start..at].trim_start_matches(['.', '\'']).len());
    let (name, host) = (word.get(start..at)?, word.get(at + 1..end)?);
    let good = !name.is_empty() && host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    good.then(|| (start..end, format!("mailto:{name}@{host}")))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn bare_addresses_are_found_without_the_punctuation_around_them() {
        for (text, expected) in [
            ("See https://x.example/a_b.", vec![("https://x.example/a_b", "https://x.example/a_b")]),
            ("(www.x.example/a)", vec![("www.x.example/a", "https://www.x.example/a")]),
            ("https://x.example/a_(b), ok", vec![("https://x.example/a_(b)", "https://x.example/a_(b)")]),
            ("Write to a.b@x.example.", vec![("a.b@x.example", "mailto:a.b@x.example")]),
            ("(a@x.example)", vec![("a@x.example", "mailto:a@x.example")]),
            ("www. and @home and a@b and http://", vec![]),
            (
                "https://x.example/?q=a@b.example",
                vec![("https://x.example/?q=a@b.example", "https://x.example/?q=a@b.example")],
            ),
            ("“https://x.example”", vec![("https://x.example", "https://x.example")]),
            (
                "two: www.a.example, www.b.example!",
                vec![("www.a.example", "https://www.a.example"), ("www.b.example", "https://www.b.example")],
            ),
        ] {
            let found = find(text);
            let found: Vec<_> = found.iter().map(|bare| (&text[bare.range.clone()], bare.address.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
