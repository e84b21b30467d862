//! The paths of MAIL and RCPT: `<mailbox>`, `<>` and `<postmaster>` (RFC 5321 §4.1.2).

/// RFC 5321 §4.5.3.1.3: a path has at most 256 octets, brackets included.
const LONGEST_PATH: usize = 254;

/// Splits `<mailbox> parameters`. A source route is dropped (RFC 5321 §4.1.1.3); `postmaster` may lack a domain.
pub fn split_path(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('<')?;
    let (path, rest) = inner.split_at_checked(closing_bracket(inner)?)?;
    let parameters = rest.strip_prefix('>')?;
    if path.len() > LONGEST_PATH || !(parameters.is_empty() || parameters.starts_with(' ')) {
        return None;
    }
    let mailbox = if path.starts_with('@') { path.split_once(':')?.1 } else { path };
    let known = mailbox.is_empty() || mailbox.eq_ignore_ascii_case("postmaster") || is_mailbox(mailbox);
    known.then(|| (mailbox.to_owned(), parameters.trim_start()))
}

/// Where the `>` stands that is not inside a quoted local part.
fn closing_bracket(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let atoms = !local.is_empty() && !local.contains([' ', '<', '>', '@', '"', ',', ';']);
    (quoted || atoms) && !domain.is_empty() && !domain.contains([' ', '<', '>'])
}
