//! Text from outside (notes, replies of servers) made fit for a page that a board reads.

use crate::spreadsheet::visible;

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
    use super::without_addresses;

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
