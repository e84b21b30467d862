//! Text in XML 1.0. What the files hold is flat enough to be written out; only the values need care.

/// A value between tags. Control characters, which XML cannot hold, were refused before.
pub(in crate::scheduler) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Neither half of a surrogate pair can be in a str; these two are no characters of XML (§2.2).
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_is_escaped() {
        assert_eq!(super::escaped("a&<b>\"c'\u{e9}\u{ffff}"), "a&amp;&lt;b&gt;&quot;c&apos;\u{e9}\u{fffd}");
    }
}
