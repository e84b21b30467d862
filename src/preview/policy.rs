//! What a browser lets the pages do: show themselves, and the message in its frame; nothing else.

/// The content security policy of the week's and the days' pages. It stands in each of them once, as
/// `<meta http-equiv="Content-Security-Policy" content="…">`; a server that adds a script puts its own there.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; \
     frame-src 'self' file:; base-uri 'none'; form-action 'none'";

/// The policy of a message: pictures beside the page and the message's own styles.
pub(in crate::preview) const MESSAGE_POLICY: &str =
    "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; form-action 'none'";

/// The same with pictures off, as many mail programs show a message at first.
pub(in crate::preview) const WITHOUT_PICTURES: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'";
