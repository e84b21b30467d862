//! Text from outside (names, notes, replies of servers) made fit for a page and a spreadsheet.

/// Replaces what a reader cannot see: control characters by a space, and bidirectional controls, which make a text read
/// other than it is, by U+FFFD.
#[must_use]
pub(in crate::report) fn visible(text: &str) -> String {
    let seen = |c: char| match c {
        c if c.is_control() => ' ',
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c => c,
    };
    text.chars().map(seen).collect::<String>().trim().to_owned()
}

/// Visible text without addresses, for pages and logs: servers like to repeat the address, and a board need not see it.
#[must_use]
pub fn without_addresses(text: &str) -> String {
    let ends = |c: char| c.is_whitespace() || "<>()[]\"',;:".contains(c);
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends) {
        let word = piece.trim_end_matches(ends);
        if word.contains('@') {
            out.push_str("(address)");
            out.push_str(&piece[word.len()..]);
        } else {
            out.push_str(piece);
        }
    }
    out.replace("<(address)>", "(address)").replace("((address))", "(address)")
}

#[cfg(test)]
mod tests {
    use super::{visible, without_addresses};

    #[test]
    fn what_cannot_be_seen_is_replaced() {
        assert_eq!(visible(" a\u{1b}[2J\r\nb\u{202E}c\0"), "a [2J  b\u{FFFD}c");
    }

    #[test]
    fn addresses_are_left_out() {
        for (text, expected) in [
            ("no address here", "no address here"),
            ("<asha@board.example>: user unknown", "(address): user unknown"),
            ("asha@board.example", "(address)"),
            ("to=asha+x@board.example, again", "(address), again"),
            ("caf\u{e9} \"b@c.example\" (d@e.example)", "caf\u{e9} \"(address)\" (address)"),
        ] {
            assert_eq!(without_addresses(text), expected, "{text}");
        }
    }
}
