//! Replaces what is in a folder of ours.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::own_folder::disk::Folder;
use crate::own_folder::error::FolderError;
use crate::own_folder::kind::FolderKind;
use crate::own_folder::manifest::{self, Listing};

/// A file: its path below the folder, with `/`, and its content. Names are of letters, digits, `-`, `.` and `_`, and none
/// begins with a dot.
pub type File<'a> = (String, Cow<'a, [u8]>);

/// Replaces what an earlier run wrote to `folder` by these files; answers with their places.
///
/// # Errors
/// [`FolderError::Foreign`] before anything is changed, if something that weekcast did not write is there and no manifest,
/// or is in the way; [`FolderError::Manifest`], before anything is changed too; [`FolderError::Disk`].
pub fn replace(kind: FolderKind, folder: &Path, files: &[File<'_>]) -> Result<Vec<PathBuf>, FolderError> {
    replace_noting(kind, folder, files, None)
}

/// The same; `note` is one line that stands in the manifest and comes back from [`check`](crate::own_folder::check()).
///
/// # Errors
/// As [`replace`].
pub fn replace_noting(
    kind: FolderKind,
    folder: &Path,
    files: &[File<'_>],
    note: Option<&str>,
) -> Result<Vec<PathBuf>, FolderError> {
    let folder = Folder { kind, path: folder };
    let old = manifest::earlier(folder)?;
    let new: Listing = files.iter().map(|(path, content)| manifest::entry(path, content)).collect();
    for path in new.keys() {
        if !manifest::is_plain(path) {
            // The manifest would be damaged.
            return Err(folder.fault("written", &folder.path.join(path), io::ErrorKind::InvalidFilename.into()));
        }
        refuse_foreign(folder, path, &old)?;
    }
    folder.make()?;
    // Both are listed until the work is done, so that a run that was interrupted is cleared by the next.
    let both: Listing = old.iter().chain(&new).map(|(path, hash)| (path.clone(), hash.clone())).collect();
    manifest::write(folder, &both, None)?;
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        folder.remove(path)?;
    }
    let written = files.iter().map(|(path, content)| folder.put(path, content)).collect::<Result<_, _>>()?;
    manifest::write(folder, &new, note)?;
    Ok(written)
}

/// Refuses a path that is taken by something that no earlier run wrote, or that leads through a link.
fn refuse_foreign(folder: Folder<'_>, path: &str, old: &Listing) -> Result<(), FolderError> {
    let mut place = folder.path.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let Ok(about) = fs::symlink_metadata(&place) else { return Ok(()) };
        let ours = if parts.peek().is_some() { about.is_dir() } else { !about.is_dir() && lists(old, path) };
        if !ours {
            return Err(folder.foreign(place));
        }
    }
    Ok(())
}

/// Whether the manifest lists a file, by the rules of the system's file names.
fn lists(old: &Listing, path: &str) -> bool {
    let one_case = cfg!(any(windows, target_os = "macos"));
    old.contains_key(path) || (one_case && old.keys().any(|known| known.to_lowercase() == path.to_lowercase()))
}

#[cfg(test)]
mod tests;
