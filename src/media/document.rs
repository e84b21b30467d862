//! What a document tells of the people who made it, and whether it can be opened.

use crate::media::macros::OLE;
use crate::media::search::{find, holds_utf16};
use crate::media::{office, pdf};

/// Who wrote a PDF, an Office or an OpenDocument file, and who saved it last; of anything else nothing is told.
#[must_use]
pub fn people(bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(b"%PDF-") {
        pdf::author(bytes).into_iter().collect()
    } else if bytes.starts_with(b"PK") {
        office::people(bytes)
    } else {
        Vec::new()
    }
}

/// Whether a document asks for a password.
#[must_use]
pub fn is_locked(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"%PDF-") {
        // What says so is never compressed; most documents need no closer look.
        find(bytes, b"/Encrypt").is_some() && pdf::is_locked(bytes)
    } else if bytes.starts_with(b"PK") {
        office::is_locked(bytes)
    } else {
        // A locked Office file since 2007 is an old one around it.
        bytes.starts_with(OLE) && holds_utf16(bytes, "EncryptedPackage")
    }
}
