//! The chunks of a PNG (ISO/IEC 15948), without a look at the picture itself.

use std::ops::Range;

/// One chunk.
pub(in crate::media) struct Chunk {
    /// Its name.
    pub(in crate::media) name: [u8; 4],
    /// Length, name, content and checksum.
    pub(in crate::media) whole: Range<usize>,
    /// The content alone.
    pub(in crate::media) content: Range<usize>,
}

/// What tells of people, devices, places and times, or of nothing that is shown.
const METADATA: [&[u8; 4]; 5] = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"];

/// The chunks up to the end; nothing where they are damaged or cut off.
pub(in crate::media) fn chunks(bytes: &[u8]) -> Option<Vec<Chunk>> {
    let mut chunks = Vec::new();
    let mut at = 8;
    bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    loop {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let name: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let content = at + 8;
        let end = content.checked_add(usize::try_from(u32::from_be_bytes(length)).ok()?)?;
        bytes.get(content..end.checked_add(4)?)?;
        chunks.push(Chunk { name, whole: at..end + 4, content: content..end });
        if name == *b"IEND" {
            return Some(chunks);
        }
        at = end + 4;
    }
}

/// The contents of the chunks of a name.
pub(in crate::media) fn contents<'b>(bytes: &'b [u8], name: &[u8; 4]) -> Vec<&'b [u8]> {
    let chunks = chunks(bytes).unwrap_or_default();
    let own = chunks.into_iter().filter(|chunk| chunk.name == *name);
    own.filter_map(|chunk| bytes.get(chunk.content)).collect()
}

/// The same picture to the bit without metadata.
pub(in crate::media) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    for chunk in chunks(bytes)? {
        if !METADATA.contains(&&chunk.name) {
            out.extend_from_slice(bytes.get(chunk.whole)?);
        }
    }
    Some(out)
}
