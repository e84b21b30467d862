//! Source lines that are shown with a finding, without the secrets that they may hold.

use std::borrow::Cow;

/// The text with every quoted value of a line that sets `password` (or a token or secret) starred out, byte for byte, so
/// that all offsets stay.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    if !text.lines().any(sets_secret) {
        return Cow::Borrowed(text);
    }
    text.split_inclusive('\n').map(|line| if sets_secret(line) { starred(line) } else { line.to_owned() }).collect()
}

fn sets_secret(line: &str) -> bool {
    let key = line.split('=').next().unwrap_or_default().trim();
    line.contains('=') && ["password", "secret", "token"].iter().any(|word| key.eq_ignore_ascii_case(word))
}

/// Everything behind the equals sign that is not structure; an open quotation mark hides the rest of the line.
fn starred(line: &str) -> String {
    let (key, value) = line.split_at(line.find('=').map_or(line.len(), |at| at + 1));
    let mut quote = None;
    let mut out = key.to_owned();
    for c in value.chars() {
        match (quote, c) {
            (_, '\n' | '\r') => out.push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                out.push(c);
            }
            (Some(open), c) if c == open => {
                quote = None;
                out.push(c);
            }
            (Some(_), c) => out.push_str(&"*".repeat(c.len_utf8())),
            (None, c) => out.push(c),
        }
    }
    // A value without quotation marks is not structure either.
    if value.contains(['"', '\'']) { out } else { format!("{key}{}", stars(value)) }
}

fn stars(value: &str) -> String {
    value.chars().map(|c| if c.is_whitespace() { c.to_string() } else { "*".repeat(c.len_utf8()) }).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_password_is_starred_out_and_offsets_stay() {
        for (line, shown) in [
            ("host = \"a\"\n", "host = \"a\"\n"),
            ("password = \"hé rse\"\nport = 1\n", "password = \"*******\"\nport = 1\n"),
            ("  password = 'x", "  password = '*"),
            ("password = horse\n", "password = *****\n"),
            ("password = { env = \"PW\" }\n", "password = { env = \"**\" }\n"),
        ] {
            assert_eq!(masked(line), shown);
            assert_eq!(masked(line).len(), line.len());
        }
    }
}
