//! The folder of a board pack: an earlier one is replaced, and nothing else is ever touched.
//!
//! A manifest lists what weekcast wrote, with the SHA-256 of each file in the form that `sha256sum -c` reads. Only what it
//! lists is removed or written over. Names have no folders in them, so that nothing leads out.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::report::error::ReportError;

/// The list of the files that weekcast wrote, in the pack's folder.
pub const MANIFEST: &str = ".weekcast-report";
/// Each file is written here and then put in its place, so that none is ever half there.
const PART: &str = ".weekcast-report.part";
const FIRST_LINE: &str = "# weekcast report, format 1: the files below are replaced by the next report";
/// What file managers leave behind makes a folder no one's.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", PART];
/// A manifest of this program is far smaller.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// File names with the hex of their content's SHA-256.
type Listing = BTreeMap<String, String>;

/// Replaces the pack in `folder` by these files; answers with their paths.
///
/// # Errors
/// [`ReportError::Foreign`] before anything is changed, if something that weekcast did not write is there and no manifest,
/// or is in the way; [`ReportError::Manifest`]; [`ReportError::Disk`].
pub(in crate::report) fn replace(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, ReportError> {
    let old = earlier(folder)?;
    let new: Listing =
        files.iter().map(|(name, content)| (name.clone(), HEXLOWER.encode(&Sha256::digest(content)))).collect();
    for name in new.keys() {
        let taken =
            fs::symlink_metadata(folder.join(name)).is_ok_and(|about| about.is_dir() || !old.contains_key(name));
        if taken {
            return Err(ReportError::Foreign(folder.join(name)));
        }
    }
    make_private(folder)?;
    // Both are listed until the work is done, so that a report that was interrupted is cleared by the next.
    let both: Listing = old.iter().chain(&new).map(|(name, hash)| (name.clone(), hash.clone())).collect();
    put(folder, MANIFEST, listing(&both).as_bytes())?;
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        remove(&folder.join(name))?;
    }
    for (name, content) in files {
        put(folder, name, content)?;
    }
    put(folder, MANIFEST, listing(&new).as_bytes())?;
    Ok(files.iter().map(|(name, _)| folder.join(name)).collect())
}

/// What an earlier report left; nothing if there was none.
fn earlier(folder: &Path) -> Result<Listing, ReportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Listing::new()),
        Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => {
            return Err(ReportError::Foreign(folder.to_owned()));
        }
        Err(cause) => return Err(disk("read", folder, cause)),
    };
    let manifest = folder.join(MANIFEST);
    let Ok(about) = fs::symlink_metadata(&manifest) else {
        for entry in entries {
            let name = entry.map_err(|cause| disk("read", folder, cause))?.file_name();
            if !LITTER.iter().any(|litter| *litter == name) {
                return Err(ReportError::Foreign(folder.join(name)));
            }
        }
        return Ok(Listing::new());
    };
    let damaged = || ReportError::Manifest(manifest.clone());
    if !about.is_file() || about.len() > LONGEST_MANIFEST {
        return Err(damaged());
    }
    let text = fs::read(&manifest).map_err(|cause| disk("read", &manifest, cause))?;
    listed(&String::from_utf8_lossy(&text)).ok_or_else(damaged)
}

/// The files of a manifest; nothing if it is not ours, or somebody changed it into something that could do harm.
fn listed(text: &str) -> Option<Listing> {
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return None;
    }
    let entry = |line: &str| {
        let (hash, name) = line.split_once("  ")?;
        let safe = !name.starts_with('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
        (safe && !name.is_empty() && hash.len() == 64).then(|| (name.to_owned(), hash.to_owned()))
    };
    lines.map(entry).collect()
}

fn listing(files: &Listing) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for (name, hash) in files {
        text.push_str(&format!("{hash}  {name}\n"));
    }
    text
}

/// Readable by its owner only: lists of people are personal data.
fn make_private(folder: &Path) -> Result<(), ReportError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| disk("made", folder, cause))?;
    // An empty folder that was there before may be open to others. Where it is not ours to close, the files still are.
    #[cfg(unix)]
    let _ = fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700));
    Ok(())
}

/// A link is removed, not what it leads to.
fn remove(place: &Path) -> Result<(), ReportError> {
    match fs::remove_file(place) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(disk("removed", place, cause)),
        _ => Ok(()),
    }
}

fn put(folder: &Path, name: &str, content: &[u8]) -> Result<(), ReportError> {
    let (part, place) = (folder.join(PART), folder.join(name));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Left by a run that was stopped; `create_new` follows no link.
    let opened = options.open(&part).or_else(|_| fs::remove_file(&part).and_then(|()| options.open(&part)));
    let mut file = opened.map_err(|cause| disk("written", &part, cause))?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| fs::rename(&part, &place)).map_err(|cause| disk("written", &place, cause))
}

fn disk(action: &'static str, path: &Path, cause: io::Error) -> ReportError {
    ReportError::Disk { action, path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests;
