//! The encodings in which spreadsheet programs and telephones save lists: recognised without a guess where the bytes
//! say it, and always named. Nothing is replaced: bytes that fit no encoding are an error.

use std::sync::Arc;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::model::{Finding, Findings, Place, SourceFile};

/// How many bytes tell UTF-16 without a mark from other files.
const SAMPLE: usize = 4096;

/// More NUL characters than a slip leaves: the file is no text.
const NULS: usize = 20;

/// A list as text, with the name of its encoding.
#[derive(Debug, Clone)]
pub struct ListText {
    /// The text, with `\n` or `\r\n` as line ends.
    pub source: Arc<SourceFile>,
    /// The name of the encoding, for people.
    pub encoding: &'static str,
}

/// Decodes a list; what cannot be read is reported.
pub fn decode_list(path: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<ListText> {
    let (text, encoding) = match decoded(bytes) {
        Ok(decoded) => decoded,
        Err((before, message)) => {
            let source = SourceFile::new(path, before);
            let at = source.text.len();
            let finding = Finding::error("encoding", Place::new(&source, at..at), message);
            findings.push(finding.help("open it in the program that made it and save it as \"CSV UTF-8\""));
            return None;
        }
    };
    if text.bytes().filter(|byte| *byte == 0).count() > NULS {
        let finding = Finding::error("encoding", Place::file(path), "the file is not text");
        findings.push(finding.help("save the list as \"CSV UTF-8\" or as an Excel workbook (.xlsx)"));
        return None;
    }
    Some(ListText { source: SourceFile::new(path, with_line_feeds(text)), encoding })
}

/// The text and its encoding, or what could be read and why no more.
fn decoded(mut bytes: Vec<u8>) -> Result<(String, &'static str), (String, &'static str)> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
        return String::from_utf8(bytes).map(|text| (text, "UTF-8 with a byte order mark")).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            (before, "the file begins as UTF-8 but is not from here on")
        });
    }
    if let Some((little, mark)) = utf16(&bytes) {
        let read = if little { u16::from_le_bytes } else { u16::from_be_bytes };
        let units: Vec<u16> = bytes[mark..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        return match String::from_utf16(&units) {
            Ok(text) if bytes.len().is_multiple_of(2) => Ok((text, if little { "UTF-16 LE" } else { "UTF-16 BE" })),
            _ => Err((String::new(), "the file begins as UTF-16 but is damaged")),
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, "UTF-8")),
        Err(error) => old(&error.into_bytes()),
    }
}

/// Whether the bytes are UTF-16, whether little-endian, and how long the mark is. Without a mark, most units of a list
/// are ASCII, of which one byte is zero.
fn utf16(bytes: &[u8]) -> Option<(bool, usize)> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some((true, 2)),
        [0xFE, 0xFF, ..] => return Some((false, 2)),
        _ => {}
    }
    let pairs = bytes[..bytes.len().min(SAMPLE)].chunks_exact(2);
    let total = pairs.len();
    let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
    let (high, low) = (zeros(0), zeros(1));
    match (high * 2 > total, low * 2 > total) {
        (false, true) if high * 20 < total => Some((true, 0)),
        (true, false) if low * 20 < total => Some((false, 0)),
        _ => None,
    }
}

/// Bytes that are not UTF-8: Mac OS Roman where lines end as only old Macs end them, else Windows-1252.
fn old(bytes: &[u8]) -> Result<(String, &'static str), (String, &'static str)> {
    let mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    let (encoding, name): (&Encoding, _) =
        if mac { (MACINTOSH, "Mac OS Roman") } else { (WINDOWS_1252, "Windows-1252") };
    let text = |bytes: &[u8]| encoding.decode_without_bom_handling(bytes).0.into_owned();
    if !mac && let Some(at) = (0..bytes.len()).find(|at| not_windows(bytes, *at)) {
        return Err((text(&bytes[..at]), "the file is neither UTF-8 nor Windows-1252 from here on"));
    }
    Ok((text(bytes), name))
}

/// A byte that Windows-1252 leaves empty, or a mark that stands where only a letter can: that is the code page of
/// MS-DOS, whose letters lie there.
fn not_windows(bytes: &[u8], at: usize) -> bool {
    let near = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    match bytes[at] {
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D => true,
        // Marks that nobody writes behind a letter: low quotes, a florin, a per mille, a single angle quote.
        0x82..=0x84 | 0x88 | 0x89 | 0x8B => near(at.checked_sub(1)),
        0x86 | 0x87 | 0x93..=0x95 | 0x98 | 0x99 | 0x9B | 0xA1..=0xA5 => {
            near(at.checked_sub(1)) && near(at.checked_add(1))
        }
        _ => false,
    }
}

/// Lone carriage returns become line ends where the file has no other, so that lines are counted as editors show them.
fn with_line_feeds(text: String) -> String {
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::decode_list;
    use crate::model::Findings;

    #[test]
    fn each_encoding_is_recognised_or_refused() {
        let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for (bytes, expected) in [
            (b"a\xC3\xA9\r\nb".to_vec(), Some(("a\u{e9}\r\nb", "UTF-8"))),
            (b"\xEF\xBB\xBFa".to_vec(), Some(("a", "UTF-8 with a byte order mark"))),
            (b"\xEF\xBB\xBFa\xE9b".to_vec(), None),
            (wide("\u{FEFF}aé", u16::to_le_bytes), Some(("aé", "UTF-16 LE"))),
            (wide("\u{FEFF}aé", u16::to_be_bytes), Some(("aé", "UTF-16 BE"))),
            (wide("Email\tSiân", u16::to_le_bytes), Some(("Email\tSiân", "UTF-16 LE"))),
            (wide("Email\tSiân", u16::to_be_bytes), Some(("Email\tSiân", "UTF-16 BE"))),
            (b"\xFF\xFEa".to_vec(), None),
            (b"Si\xE2n O\x92Hara \x80".to_vec(), Some(("Siân O’Hara €", "Windows-1252"))),
            (b"Si\x89n\rb\r".to_vec(), Some(("Siân\nb\n", "Mac OS Roman"))),
            (b"Si\x83n caf\x82s\nb".to_vec(), None),
            (b"Nu\xA4ez\nb".to_vec(), None),
            (b"Zo\x89 N\nb".to_vec(), None),
            (b"\x84Asha\x93 \x96 \xA3 5, Zo\xEB\nb".to_vec(), Some(("„Asha“ – £ 5, Zoë\nb", "Windows-1252"))),
            (b"a\x81b\n".to_vec(), None),
            (vec![0; 400], None),
            (b"a\0b\n".to_vec(), Some(("a\0b\n", "UTF-8"))),
            (b"a\rb\r".to_vec(), Some(("a\nb\n", "UTF-8"))),
            (Vec::new(), Some(("", "UTF-8"))),
        ] {
            let mut findings = Findings::new();
            let read = decode_list("a.csv", bytes.clone(), &mut findings);
            let shown = read.as_ref().map(|read| (read.source.text.as_str(), read.encoding));
            assert_eq!(shown, expected, "{bytes:?}");
            assert_eq!(findings.errors(), usize::from(expected.is_none()), "{bytes:?}");
        }
    }
}
