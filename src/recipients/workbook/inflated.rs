//! How much a workbook comes to when it is unpacked. Its own word for that is not believed: a file of 500 kB can hold
//! gigabytes, so it is unpacked once into nothing, up to the limit.

use std::io::{Cursor, Read as _};

/// The most that the parts of a workbook may come to, in bytes.
pub(crate) const LIMIT: u64 = 64 * 1024 * 1024;

/// More parts than any workbook of people has.
const PARTS: usize = 10_000;

/// Why a workbook is not opened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is larger than the limit.
    Large,
    /// It is no ZIP file, or damaged.
    Damaged,
    /// It is one, but of another kind: the first name in it.
    Other,
}

/// Unpacks every part: the workbook itself says which of them are its sheets, whatever their names.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > PARTS {
        return Err(Refusal::Large);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Refusal::Other);
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        let mut left = part.take(LIMIT + 1 - total);
        total += std::io::copy(&mut left, &mut std::io::sink()).map_err(|_| Refusal::Damaged)?;
        if total > LIMIT {
            return Err(Refusal::Large);
        }
    }
    Ok(())
}
