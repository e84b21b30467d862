//! Text from outside (names, notes, replies of servers) made fit for a page and a spreadsheet.

/// Replaces what a reader cannot see: control characters by a space, and bidirectional controls, which make a text read
/// other than it is, by U+FFFD.
#[must_use]
pub fn visible(text: &str) -> String {
    let seen = |c: char| match c {
        c if c.is_control() => ' ',
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c => c,
    };
    text.chars().map(seen).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_replaced() {
        assert_eq!(visible(" a\u{1b}[2J\r\nb\u{202E}c\0"), "a [2J  b\u{FFFD}c");
    }
}
