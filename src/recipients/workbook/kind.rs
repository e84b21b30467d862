//! Which files are workbooks.

/// The bytes at the beginning of a ZIP file, which XLSX, ODS and Word documents are.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";

/// The bytes at the beginning of the older files of Office, and of newer ones under a password.
pub(crate) const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// A sheet as text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// Its rows, a line each from the first of the sheet on, cells parted by tabs.
    pub(crate) text: String,
}

/// Whether a file is a workbook, by its bytes or else its name.
pub(crate) fn is_one(path: &str, bytes: &[u8]) -> bool {
    let lower = path.to_lowercase();
    let named = [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers"].iter().any(|ending| lower.ends_with(ending));
    named || bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}
