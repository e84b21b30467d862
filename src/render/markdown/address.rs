//! The address of a link as the officer wrote it, made whole: the scheme that she left out, the name of a server in
//! A-labels.

use crate::render::template::sentinel::{is_allowed_address, tag};

/// The whole address, or why nobody should follow it.
pub(crate) fn whole(written: &str) -> Result<String, String> {
    let written = written.trim();
    if written.is_empty() {
        return Err("the link has no address".to_owned());
    }
    if written.starts_with(|c| tag(c).is_some()) {
        return Ok(written.to_owned());
    }
    if written.to_ascii_lowercase().starts_with("tel:") && is_allowed_address(written) {
        return Ok(written.chars().filter(|c| !c.is_whitespace()).collect());
    }
    if written.contains(['“', '”', '„']) {
        return Err("curly quotation marks stand in the address".to_owned());
    }
    if is_allowed_address(written) {
        return Ok(with_ascii_host(written));
    }
    let has_scheme = written.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !scheme.contains('.')
    });
    if has_scheme {
        return Err(format!("\"{}:\" is not followed in mail", written.split(':').next().unwrap_or_default()));
    }
    if written.starts_with("www.") {
        return Ok(with_ascii_host(&format!("https://{written}")));
    }
    let is_mailbox = written.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !local.contains('/') && domain.contains('.') && !domain.contains('@')
    });
    if is_mailbox {
        return Ok(format!("mailto:{written}"));
    }
    let shown: String = written.chars().map(|c| if tag(c).is_some() { '…' } else { c }).collect();
    Err(format!("\"{shown}\" leads nowhere from a message"))
}

/// What a reader needs of an address: a mailbox or a number without its scheme.
pub(crate) fn shown(address: &str) -> &str {
    match address.strip_prefix("mailto:").filter(|rest| !rest.contains('?')) {
        Some(mailbox) => mailbox,
        None => address.strip_prefix("tel:").unwrap_or(address),
    }
}

fn with_ascii_host(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if host.is_ascii() || host.chars().any(|c| tag(c).is_some()) {
        return address.to_owned();
    }
    match idna::domain_to_ascii(host) {
        Ok(ascii) => format!("{scheme}://{ascii}{path}"),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn addresses_are_made_whole_or_refused() {
        for (written, expected) in [
            ("https://x.example/a", Some("https://x.example/a")),
            ("www.x.example/a", Some("https://www.x.example/a")),
            ("a@x.example", Some("mailto:a@x.example")),
            ("tel:+441632960123", Some("tel:+441632960123")),
            ("https://münchen.example/é", Some("https://xn--mnchen-3ya.example/é")),
            ("tel:01632 960123", Some("tel:01632960123")),
            ("https://x.example/“a”", None),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            ("file:///etc/passwd", None),
            ("#top", None),
            ("page.html", None),
            ("", None),
        ] {
            assert_eq!(whole(written).ok().as_deref(), expected, "{written}");
        }
    }
}
