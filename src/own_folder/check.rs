//! Compares a folder of ours with its manifest, and changes nothing.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::own_folder::disk::Folder;
use crate::own_folder::error::FolderError;
use crate::own_folder::kind::FolderKind;
use crate::own_folder::manifest::{self, LONGEST, Listing};

/// How a folder stands. Paths are below it, with `/`, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many files the manifest lists.
    pub files: usize,
    /// Their content is not the one that was written. Where it is the manifest itself, the others were not compared.
    pub changed: Vec<String>,
    /// They are listed and not there.
    pub missing: Vec<String>,
    /// They are there and not listed.
    pub added: Vec<String>,
    /// The note that was written with them.
    pub note: Option<String>,
}

/// Compares every file; nothing where there is no manifest.
///
/// # Errors
/// [`FolderError::Disk`] where something cannot be read.
pub fn check(kind: FolderKind, folder: &Path) -> Result<Option<Checked>, FolderError> {
    let folder = Folder { kind, path: folder };
    let place = folder.path.join(kind.manifest);
    let Ok(about) = fs::symlink_metadata(&place) else { return Ok(None) };
    let sealed = if about.is_file() && about.len() <= LONGEST {
        let text = fs::read(&place).map_err(|cause| folder.fault("read", &place, cause))?;
        manifest::sealed(kind, &text)
    } else {
        None
    };
    let Some((listing, note)) = sealed else {
        return Ok(Some(Checked { changed: vec![kind.manifest.to_owned()], ..Checked::default() }));
    };
    let mut checked = Checked { files: listing.len(), note, ..Checked::default() };
    for (path, hash) in &listing {
        match hash_of(&folder.path.join(path)) {
            Ok(found) if found.as_ref() == Some(hash) => {}
            Ok(_) => checked.changed.push(path.clone()),
            Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                checked.missing.push(path.clone())
            }
            Err(cause) => return Err(folder.fault("read", &folder.path.join(path), cause)),
        }
    }
    strangers(folder, "", &listing, &mut checked.added)?;
    checked.added.sort();
    Ok(Some(checked))
}

/// The hash of a file; nothing for what is no file, a link among them.
fn hash_of(path: &Path) -> io::Result<Option<String>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(Some(HEXLOWER.encode(&hash.finalize())))
}

/// Finds what is not listed; `below` is empty or ends with `/`.
fn strangers(folder: Folder<'_>, below: &str, listing: &Listing, found: &mut Vec<String>) -> Result<(), FolderError> {
    let place = folder.path.join(below);
    let fault = |cause| folder.fault("read", &place, cause);
    for entry in fs::read_dir(&place).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(fault)?.is_dir() {
            strangers(folder, &format!("{path}/"), listing, found)?;
        } else if path != folder.kind.manifest
            && !listing.contains_key(&path)
            && !manifest::is_litter(&entry.file_name())
        {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
