//! Bytes of a file to text: UTF-8 with or without a byte order mark, UTF-16 as Windows editors save it, always said.

use std::sync::Arc;

use crate::model::{Finding, Findings, Place, SourceFile};

/// Decodes a text file; what was assumed beyond plain UTF-8 becomes a warning, what cannot be read an error.
pub fn decode(path: &str, bytes: &[u8], findings: &mut Findings) -> Option<Arc<SourceFile>> {
    let (text, note) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(path, rest, findings)?, Some("a byte order mark (BOM)")),
        [0xFF, 0xFE, rest @ ..] => (utf16(path, rest, u16::from_le_bytes, findings)?, Some("UTF-16")),
        [0xFE, 0xFF, rest @ ..] => (utf16(path, rest, u16::from_be_bytes, findings)?, Some("UTF-16")),
        _ => (utf8(path, bytes, findings)?, None),
    };
    if let Some(at) = text.find('\0') {
        let source = SourceFile::new(path, text.clone());
        let finding = Finding::error("encoding", Place::new(&source, at..at + 1), "the file holds a NUL character")
            .help("save it again as plain text in UTF-8");
        findings.push(finding);
        return None;
    }
    let (text, old) = line_ends(text);
    let source = SourceFile::new(path, text);
    if let Some(at) = old {
        let message = "lines end with a carriage return alone, as on old Macs; it was read as a line end";
        let finding = Finding::warning("encoding", Place::new(&source, at..at), message);
        findings.push(finding.help("save the file again with Windows or Unix line ends"));
    }
    if let Some(note) = note {
        let message = format!("the file was saved with {note}; it was read as such");
        let finding = Finding::warning("encoding", Place::new(&source, 0..0), message);
        findings.push(finding.help("choose \"UTF-8\" when saving, so that every other program reads it as well"));
    }
    Some(source)
}

/// The bytes of a text that take the place of these: in the same encoding, with a byte order mark where there was one.
#[must_use]
pub fn encode_like(old: &[u8], text: &str) -> Vec<u8> {
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| mark.into_iter().chain(text.encode_utf16().flat_map(bytes));
    match old {
        [0xEF, 0xBB, 0xBF, ..] => [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(),
        [0xFF, 0xFE, ..] => utf16([0xFF, 0xFE], u16::to_le_bytes).collect(),
        [0xFE, 0xFF, ..] => utf16([0xFE, 0xFF], u16::to_be_bytes).collect(),
        _ => text.as_bytes().to_vec(),
    }
}

/// Lone carriage returns become `\n`, one byte for one, so that lines are counted as every editor shows them; with the
/// place of the first.
fn line_ends(text: String) -> (String, Option<usize>) {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let Some(first) = text.match_indices('\r').map(|(at, _)| at).find(|at| lone(*at)) else { return (text, None) };
    // A NUL was refused before, so that it can stand for the carriage returns that stay.
    let text = text.replace("\r\n", "\0\n").replace('\r', "\n").replace("\0\n", "\r\n");
    (text, Some(first))
}

fn utf8(path: &str, bytes: &[u8], findings: &mut Findings) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let source = SourceFile::new(path, good);
            let at = source.text.len();
            let finding = Finding::error("encoding", Place::new(&source, at..at), "the file is not UTF-8 from here on")
                .help("open it in the editor that made it and save it as \"UTF-8\"");
            findings.push(finding);
            None
        }
    }
}

fn utf16(path: &str, bytes: &[u8], read: fn([u8; 2]) -> u16, findings: &mut Findings) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
    match String::from_utf16(&units) {
        Ok(text) if bytes.len().is_multiple_of(2) => Some(text),
        _ => {
            let finding = Finding::error("encoding", Place::file(path), "the file begins as UTF-16 but is damaged");
            findings.push(finding.help("save it again as \"UTF-8\""));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode_like};
    use crate::model::Findings;

    #[test]
    fn each_encoding_is_read_or_refused_with_its_place() {
        for (bytes, text, errors, warnings) in [
            (&b"a\xC3\xA9\r\nb"[..], Some("a\u{e9}\r\nb"), 0, 0),
            (b"\xEF\xBB\xBFa", Some("a"), 0, 1),
            (b"\xFF\xFEa\0\xE9\0", Some("a\u{e9}"), 0, 1),
            (b"\xFE\xFF\0a", Some("a"), 0, 1),
            (b"\xFF\xFEa", None, 1, 0),
            (b"\xFF\xFE\0\xD8", None, 1, 0),
            (b"caf\xE9", None, 1, 0),
            (b"a\0b", None, 1, 0),
            (b"a\rb\r\nc\r", Some("a\nb\r\nc\n"), 0, 1),
        ] {
            let mut findings = Findings::new();
            let source = decode("a.toml", bytes, &mut findings);
            assert_eq!(source.as_ref().map(|source| source.text.as_str()), text, "{bytes:?}");
            assert_eq!((findings.errors(), findings.warnings()), (errors, warnings), "{bytes:?}");
            // It goes back as it came, old line ends of Macs apart.
            if let Some(source) = source.filter(|source| !source.text.contains("a\nb")) {
                assert_eq!(encode_like(bytes, &source.text), bytes);
            }
        }
    }
}
