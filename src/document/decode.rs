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
    let source = SourceFile::new(path, text);
    if let Some(note) = note {
        let message = format!("the file was saved with {note}; it was read as such");
        let finding = Finding::warning("encoding", Place::new(&source, 0..0), message);
        findings.push(finding.help("choose \"UTF-8\" when saving, so that every other program reads it as well"));
    }
    Some(source)
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
