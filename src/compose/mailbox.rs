//! Mailboxes in the header (RFC 5322 §3.4): a display name in the shortest safe form, and the address.

use crate::compose::encoded_word::{column, is_plain, push_encoded, push_folded};
use crate::compose::error::ComposeError;
use crate::model::Address;

/// A quoted string is kept on one line, so a longer name is encoded.
const LONGEST_QUOTED: usize = 60;
/// Lines of the header should not be longer (RFC 5322 §2.1.1).
const LINE: usize = 78;

/// Appends `name <address>` to a header line that has been begun; a blank name is left out.
///
/// # Errors
/// [`ComposeError::Control`] when the name holds a control character or an override of the reading direction.
pub(in crate::compose) fn push_mailbox(
    out: &mut String,
    name: Option<&str>,
    address: &Address,
    field: &'static str,
) -> Result<(), ComposeError> {
    let name = name.unwrap_or_default().trim();
    refuse_hidden(name, field)?;
    if name.is_empty() {
        out.push_str(address.as_str());
        return Ok(());
    }
    push_phrase(out, name);
    let fits = column(out) + address.as_str().len() + 3 <= LINE;
    out.push_str(if fits { " <" } else { "\r\n <" });
    out.push_str(address.as_str());
    out.push('>');
    Ok(())
}

/// Appends a phrase (RFC 5322 §3.2.5): atoms, a quoted string, or encoded-words.
pub(in crate::compose) fn push_phrase(out: &mut String, text: &str) {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~ ".contains(c);
    if is_plain(text) && text.chars().all(atom) {
        push_folded(out, text);
    } else if is_plain(text) && text.len() <= LONGEST_QUOTED && !text.contains(['"', '\\']) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        // Quotation marks and backslashes are encoded too: escapes inside a quoted string are lost by some readers.
        push_encoded(out, text);
    }
}

/// Refuses what could begin another header line, or make a name look like another.
///
/// # Errors
/// [`ComposeError::Control`] with the name of the field.
pub(in crate::compose) fn refuse_hidden(text: &str, field: &'static str) -> Result<(), ComposeError> {
    // U+2028 and U+2029 are line ends to some readers; U+202A to U+202E and U+2066 to U+2069 turn text around.
    let hidden = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(hidden) { Err(ComposeError::Control(field)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::push_mailbox;
    use crate::compose::error::ComposeError;
    use crate::model::Address;

    fn mailbox(name: &str) -> Result<String, ComposeError> {
        let mut out = String::from("To: ");
        push_mailbox(&mut out, Some(name), &Address::parse("a@board.example").unwrap(), "name").map(|()| out)
    }

    #[test]
    fn names_take_the_shortest_safe_form() {
        for (name, expected) in [
            ("", "To: a@board.example"),
            ("  ", "To: a@board.example"),
            ("Asha Example", "To: Asha Example <a@board.example>"),
            ("Siobhan O'Neill", "To: Siobhan O'Neill <a@board.example>"),
            ("Example, Asha (DSL)", "To: \"Example, Asha (DSL)\" <a@board.example>"),
            ("Asha \"Ash\" E", "To: =?utf-8?q?Asha_=22Ash=22_E?= <a@board.example>"),
            ("Zo\u{eb}", "To: =?utf-8?q?Zo=C3=AB?= <a@board.example>"),
            ("=?utf-8?q?b@c?=", "To: =?utf-8?b?PT91dGYtOD9xP2JAYz89?= <a@board.example>"),
            ("<b@c.example>", "To: \"<b@c.example>\" <a@board.example>"),
        ] {
            assert_eq!(mailbox(name).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn hidden_characters_are_refused() {
        for name in ["a\r\nBcc: b@c.example", "a\nb", "a\rb", "a\0b", "a\u{202e}b", "a\u{2028}b", "a\u{85}b"] {
            assert_eq!(mailbox(name), Err(ComposeError::Control("name")), "{name:?}");
        }
    }
}
