//! Who made a PDF, and whether it opens without a password. Only its tables and one dictionary are read; lopdf inflates at
//! most 256 MB for that, and a damaged file tells nothing.

use lopdf::Document;

use crate::media::search::{find, words};
use crate::media::xmp;

/// Whoever it names as its author.
pub(in crate::media) fn author(bytes: &[u8]) -> Option<String> {
    let named = Document::load_metadata_mem(bytes).ok().and_then(|read| read.author);
    let packet = || find(bytes, b"<x:xmpmeta").and_then(|at| bytes.get(at..));
    named.and_then(|author| words(&author)).or_else(|| xmp::value(packet()?, "dc:creator"))
}

/// Whether it asks for a password. One that opens with the empty password has pages to count.
pub(in crate::media) fn is_locked(bytes: &[u8]) -> bool {
    match Document::load_metadata_mem(bytes) {
        Ok(read) => read.encrypted && read.page_count == 0,
        Err(error) => matches!(error, lopdf::Error::InvalidPassword),
    }
}
