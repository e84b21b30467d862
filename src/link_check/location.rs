//! Addresses as they are asked: without fragment, in ASCII; and where a page sends on to (RFC 9110 §10.2.2).

/// What is asked for an address: no fragment, and what RFC 3986 does not let stand percent-encoded.
pub(crate) fn asked(address: &str) -> String {
    let page = address.split('#').next().unwrap_or(address);
    let mut out = String::with_capacity(page.len());
    for byte in page.trim().bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The address that a `Location` means, seen from the page that sent it; `None` for what is no web address.
pub(crate) fn resolved(page: &str, location: &str) -> Option<String> {
    let location = asked(location);
    let (scheme, rest) = page.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let path = path.split('?').next().unwrap_or_default();
    let lower = location.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(location);
    }
    if let Some(rest) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let has_scheme = location.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    if has_scheme {
        return None;
    }
    let folder = &path[..path.rfind('/').map_or(0, |at| at + 1)];
    Some(match location.chars().next() {
        None => page.to_owned(),
        Some('/') => format!("{scheme}://{authority}{location}"),
        Some('?') => format!("{scheme}://{authority}{path}{location}"),
        Some(_) if folder.is_empty() => format!("{scheme}://{authority}/{location}"),
        Some(_) => format!("{scheme}://{authority}{folder}{location}"),
    })
}

/// Whether two addresses differ in no more than the stroke at their end.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::{asked, resolved};

    #[test]
    fn locations_are_seen_from_their_page() {
        let page = "https://board.example/a/b?c=d";
        for (location, expected) in [
            ("https://other.example/x#y", Some("https://other.example/x")),
            ("//other.example/x", Some("https://other.example/x")),
            ("/x", Some("https://board.example/x")),
            ("x", Some("https://board.example/a/x")),
            ("?x", Some("https://board.example/a/b?x")),
            ("", Some("https://board.example/a/b?c=d")),
            ("mailto:a@board.example", None),
        ] {
            assert_eq!(resolved(page, location).as_deref(), expected, "{location}");
        }
        assert_eq!(resolved("https://board.example", "x").as_deref(), Some("https://board.example/x"));
        assert_eq!(asked(" https://board.example/é x#top"), "https://board.example/%C3%A9%20x");
    }
}
