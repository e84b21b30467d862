//! What Office and OpenDocument files tell: they are ZIP archives, of which only the directory and two small texts are
//! read.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::media::xmp;

/// More entries than this has no document.
const ENTRIES: usize = 10_000;
/// The most bytes that one text is inflated to.
const TEXT: u64 = 262_144;

/// The archive, if it is one of a bearable size; nothing is inflated.
pub(in crate::media) fn archive(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (archive.len() <= ENTRIES).then_some(archive)
}

/// Who wrote the document and who saved it last, each once.
pub(in crate::media) fn people(bytes: &[u8]) -> Vec<String> {
    let Some(mut archive) = archive(bytes) else { return Vec::new() };
    let mut people: Vec<String> = Vec::new();
    for part in ["docProps/core.xml", "meta.xml"] {
        let mut text = Vec::new();
        let Ok(file) = archive.by_name(part) else { continue };
        if file.take(TEXT).read_to_end(&mut text).is_err() {
            continue;
        }
        for name in ["dc:creator", "cp:lastModifiedBy", "meta:initial-creator"] {
            people.extend(xmp::value(&text, name).filter(|person| !people.contains(person)));
        }
    }
    people
}

/// Whether an entry of the archive asks for a password.
pub(in crate::media) fn is_locked(bytes: &[u8]) -> bool {
    let Some(mut archive) = archive(bytes) else { return false };
    (0..archive.len()).any(|index| archive.by_index_raw(index).is_ok_and(|entry| entry.encrypted()))
}

/// The ending that a document should have by what is inside: `docx`, `xlsx`, `pptx`, `odt`, …; nothing if it is none.
#[must_use]
pub fn office_kind(bytes: &[u8]) -> Option<&'static str> {
    const PARTS: [(&str, &str); 3] =
        [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")];
    const TYPES: [(&str, &str); 3] = [
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("application/vnd.oasis.opendocument.presentation", "odp"),
    ];
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let mut archive = archive(bytes)?;
    if let Some((_, ending)) = PARTS.iter().find(|(part, _)| archive.index_for_name(part).is_some()) {
        return Some(ending);
    }
    let mut own = String::new();
    archive.by_name("mimetype").ok()?.take(200).read_to_string(&mut own).ok()?;
    TYPES.iter().find(|(kind, _)| *kind == own.trim()).map(|(_, ending)| *ending)
}
