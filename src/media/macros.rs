//! Whether a document brings a program along.

use crate::media::office::archive;
use crate::media::search::holds_utf16;

/// The first bytes of Office files before 2007, and of locked ones since.
pub(in crate::media) const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Whether there are macros in an Office file, whatever it is called.
#[must_use]
pub fn has_macros(bytes: &[u8]) -> bool {
    if bytes.starts_with(OLE) {
        // The directory of the file names the storage that macros are kept in.
        return holds_utf16(bytes, "_VBA_PROJECT");
    }
    if !bytes.starts_with(b"PK") {
        return false;
    }
    let is_project = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin") || name.starts_with("basic/") && name.ends_with("script-lb.xml")
    };
    archive(bytes).is_some_and(|archive| archive.file_names().any(is_project))
}
