//! What a document tells of the people who made it, and whether it can be opened.

use crate::media::macros::OLE;
use crate::media::search::holds_utf16;
use crate::media::{office, pdf};

/// What else is in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Who wrote it and who saved it last.
    pub people: Vec<String>,
    /// Whether it asks for a password.
    pub locked: bool,
}

/// Looks at a PDF, an Office or an OpenDocument file; of anything else there is nothing to tell.
#[must_use]
pub fn look_into(bytes: &[u8]) -> Document {
    if bytes.starts_with(b"%PDF-") {
        let pdf = pdf::look(bytes);
        return Document { people: pdf.author.into_iter().collect(), locked: pdf.locked };
    }
    if bytes.starts_with(b"PK") {
        return Document { people: office::people(bytes), locked: office::is_locked(bytes) };
    }
    // A locked Office file since 2007 is an old one around it.
    let locked = bytes.starts_with(OLE) && holds_utf16(bytes, "EncryptedPackage");
    Document { people: Vec::new(), locked }
}
