//! The manifest: the files that weekcast wrote to a folder, in the form that `sha256sum -c` reads.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::own_folder::disk::Folder;
use crate::own_folder::error::FolderError;
use crate::own_folder::kind::FolderKind;

/// What file managers leave behind makes a folder no one's.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];
/// Octets; a manifest of this program is far smaller.
pub(in crate::own_folder) const LONGEST: u64 = 4 << 20;
/// Hexadecimal digits of a SHA-256.
const HASH_LENGTH: usize = 64;
/// `sha256sum -c` passes over such lines.
const COMMENT: &str = "# ";
const SEAL: &str = "# seal: ";

/// Paths below the folder, with `/`, and the hex of their content's SHA-256.
pub(in crate::own_folder) type Listing = BTreeMap<String, String>;

/// The line of a file.
pub(in crate::own_folder) fn entry(path: &str, content: &[u8]) -> (String, String) {
    (path.to_owned(), HEXLOWER.encode(&Sha256::digest(content)))
}

/// What an earlier run left; nothing if the folder is new or empty.
///
/// # Errors
/// [`FolderError::Foreign`] if something is there and no manifest; [`FolderError::Manifest`]; [`FolderError::Disk`].
pub(in crate::own_folder) fn earlier(folder: Folder<'_>) -> Result<Listing, FolderError> {
    let entries = match fs::read_dir(folder.path) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Listing::new()),
        Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => {
            return Err(folder.foreign(folder.path.to_owned()));
        }
        Err(cause) => return Err(folder.fault("read", folder.path, cause)),
    };
    let path = folder.path.join(folder.kind.manifest);
    let Ok(about) = fs::symlink_metadata(&path) else {
        for entry in entries {
            let name = entry.map_err(|cause| folder.fault("read", folder.path, cause))?.file_name();
            if name != *folder.kind.part() && !is_litter(&name) {
                return Err(folder.foreign(folder.path.join(name)));
            }
        }
        return Ok(Listing::new());
    };
    let listed = if about.is_file() && about.len() <= LONGEST {
        let text = fs::read(&path).map_err(|cause| folder.fault("read", &path, cause))?;
        listed(folder.kind, &String::from_utf8_lossy(&text))
    } else {
        None
    };
    listed.ok_or(FolderError::Manifest { noun: folder.kind.noun, path })
}

/// Writes the manifest, with a note for those who check the folder, and sealed by a hash of its own.
pub(in crate::own_folder) fn write(folder: Folder<'_>, files: &Listing, note: Option<&str>) -> Result<(), FolderError> {
    let mut text = format!("{}\n", first_line(folder.kind));
    if let Some(note) = note {
        text.push_str(&format!("{COMMENT}{note}\n"));
    }
    for (path, hash) in files {
        text.push_str(&format!("{hash}  {path}\n"));
    }
    text.push_str(&seal(&text));
    folder.put(folder.kind.manifest, text.as_bytes()).map(drop)
}

/// A manifest as it was written: its files and its note; nothing if it is not, to the last octet.
pub(in crate::own_folder) fn sealed(kind: FolderKind, text: &[u8]) -> Option<(Listing, Option<String>)> {
    let text = str::from_utf8(text).ok()?;
    let (above, _) = text.split_at_checked(text.rfind(SEAL)?)?;
    if text != format!("{above}{}", seal(above)) {
        return None;
    }
    let note = above.lines().skip(1).find_map(|line| line.strip_prefix(COMMENT));
    Some((listed(kind, above)?, note.map(str::to_owned)))
}

/// The last line: the hash of all above it.
fn seal(above: &str) -> String {
    format!("{SEAL}{}\n", HEXLOWER.encode(&Sha256::digest(above)))
}

/// What lies in a folder without being anybody's.
pub(in crate::own_folder) fn is_litter(name: &std::ffi::OsStr) -> bool {
    LITTER.iter().any(|litter| *litter == name)
}

/// Whether a path can stand in a manifest: it stays below the folder on every system and needs no escaping.
pub(in crate::own_folder) fn is_plain(path: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "-._".contains(c);
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain))
}

/// The files of a manifest; nothing if it is not ours, or somebody changed it into something that could do harm.
fn listed(kind: FolderKind, text: &str) -> Option<Listing> {
    let mut lines = text.lines();
    if lines.next() != Some(first_line(kind).as_str()) {
        return None;
    }
    let entry = |line: &str| {
        let (hash, path) = line.split_once("  ")?;
        let whole = hash.len() == HASH_LENGTH && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        (whole && is_plain(path)).then(|| (path.to_owned(), hash.to_owned()))
    };
    lines.filter(|line| !line.starts_with(COMMENT)).map(entry).collect()
}

/// `sha256sum -c` takes it for a comment.
fn first_line(kind: FolderKind) -> String {
    let noun = kind.noun;
    format!("# weekcast {noun}, format 1: the files below are replaced by the next {noun}")
}

#[cfg(test)]
mod tests;
