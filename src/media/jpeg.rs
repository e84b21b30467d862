//! The segments of a JPEG (ITU-T T.81, annex B), without a look at the picture itself.

use std::ops::Range;

/// One marker segment before the picture's data.
pub(in crate::media) struct Segment {
    /// The second octet of its marker.
    pub(in crate::media) marker: u8,
    /// Marker, length and content.
    pub(in crate::media) whole: Range<usize>,
    /// The content alone.
    pub(in crate::media) content: Range<usize>,
}

/// The segments up to the first scan, and where that begins; nothing where they are damaged.
pub(in crate::media) fn segments(bytes: &[u8]) -> Option<(Vec<Segment>, usize)> {
    let mut segments = Vec::new();
    let mut at = 2;
    bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2)? else { return None };
        match marker {
            // Any number of fill octets may stand before a marker.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD7 => at += 2,
            0xDA => return Some((segments, at)),
            0x00 | 0xD8 | 0xD9 => return None,
            _ => {
                let [high, low] = *bytes.get(at + 2..at + 4)? else { return None };
                let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
                if end < at + 4 || end > bytes.len() {
                    return None;
                }
                segments.push(Segment { marker, whole: at..end, content: at + 4..end });
                at = end;
            }
        }
    }
}

/// Whether the end of the picture is missing.
pub(in crate::media) fn is_cut_off(bytes: &[u8]) -> bool {
    segments(bytes).is_none_or(|(_, scan)| !bytes[scan..].windows(2).any(|pair| pair == b"\xFF\xD9"))
}

/// Whether it is made for printing: four colours instead of three.
pub(in crate::media) fn is_cmyk(bytes: &[u8]) -> bool {
    let Some((segments, _)) = segments(bytes) else { return false };
    let frame = |marker| matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
    let frame = segments.iter().find(|segment| frame(segment.marker));
    frame.and_then(|frame| bytes.get(frame.content.clone())?.get(5).copied()) == Some(4)
}

/// The blocks of metadata: Exif without its prefix, XMP without its name, everything else that tells of people.
pub(in crate::media) fn metadata<'b>(bytes: &'b [u8], prefix: &[u8]) -> Vec<&'b [u8]> {
    let Some((segments, _)) = segments(bytes) else { return Vec::new() };
    let told = segments.iter().filter(|segment| matches!(segment.marker, 0xE1 | 0xED));
    told.filter_map(|segment| bytes.get(segment.content.clone())?.strip_prefix(prefix)).collect()
}

/// The same picture to the bit without metadata: colour profile, density and what decoding needs stay.
pub(in crate::media) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let (segments, scan) = segments(bytes)?;
    let mut out = b"\xFF\xD8".to_vec();
    for segment in segments {
        let content = bytes.get(segment.content.clone())?;
        let keep = match segment.marker {
            0xE0 => content.starts_with(b"JFIF\0"),
            0xE2 => content.starts_with(b"ICC_PROFILE\0"),
            // How the colours are to be read.
            0xEE => content.starts_with(b"Adobe"),
            0xE1..=0xEF | 0xFE => false,
            _ => true,
        };
        if keep {
            out.extend_from_slice(bytes.get(segment.whole)?);
        }
    }
    // Phones put a second picture, or a film, behind the end of the first.
    out.extend_from_slice(bytes.get(scan..end_of_picture(bytes, scan))?);
    Some(out)
}

/// The end of the last scan. Inside one, 0xFF is followed by zero or a restart; between scans stand whole segments.
fn end_of_picture(bytes: &[u8], scan: usize) -> usize {
    let mut at = scan;
    while let Some(&[0xFF, marker]) = bytes.get(at..at + 2) {
        if marker == 0xD9 {
            return at + 2;
        }
        let length = bytes.get(at + 2..at + 4).map_or(0, |two| usize::from(two[0]) << 8 | usize::from(two[1]));
        at += if matches!(marker, 0xFF) { 1 } else { 2 + length };
        if matches!(marker, 0xDA) {
            let data = bytes.get(at..).unwrap_or_default();
            let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
            at += data.windows(2).position(is_marker).unwrap_or(data.len());
        }
    }
    bytes.len()
}
