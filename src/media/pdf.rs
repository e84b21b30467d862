//! Who made a PDF, and whether it opens without a password.

use lopdf::Document;

use crate::media::search::{find, words};
use crate::media::xmp;

/// What is known of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::media) struct Pdf {
    /// Whoever it names as its author.
    pub(in crate::media) author: Option<String>,
    /// Whether it asks for a password.
    pub(in crate::media) locked: bool,
}

/// Looks at a PDF. Only its tables and one dictionary are read; a damaged one tells nothing.
pub(in crate::media) fn look(bytes: &[u8]) -> Pdf {
    let read = Document::load_metadata_mem(bytes);
    // One that opens with the empty password has pages to count.
    let locked = match &read {
        Ok(read) => read.encrypted && read.page_count == 0,
        Err(lopdf::Error::InvalidPassword) => true,
        Err(_) => false,
    };
    let named = read.ok().and_then(|read| read.author).and_then(|author| words(&author));
    let packet = || find(bytes, b"<x:xmpmeta").and_then(|at| bytes.get(at..));
    let author = named.or_else(|| xmp::value(packet()?, "dc:creator"));
    Pdf { author, locked }
}
