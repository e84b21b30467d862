//! The folder of a preview: old files are replaced, and nothing else is ever touched.
//!
//! A manifest lists what weekcast wrote. Only what it lists is removed or written over, and no link is followed below the
//! folder, so that a preview can neither lose the officer's files nor be led out of its place.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::preview::error::PreviewError;

/// The list of the files that weekcast wrote, in the preview's folder.
pub const MANIFEST: &str = ".weekcast-preview";
/// Each file is written here and then put in its place, so that none is ever half there.
const PART: &str = ".weekcast-preview.part";
const FIRST_LINE: &str = "weekcast preview, format 1: the files below are replaced by the next preview";
/// What file managers leave behind makes a folder no one's.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", PART];
/// A manifest of this program is far smaller.
const LONGEST_MANIFEST: u64 = 4 << 20;

/// A file of a preview: its path below the folder, with `/`, and its content.
pub(in crate::preview) type File<'a> = (String, std::borrow::Cow<'a, [u8]>);

/// Replaces the preview in `folder` by these files.
///
/// # Errors
/// [`PreviewError::Foreign`] before anything is changed, if a file that weekcast did not write is in the way;
/// [`PreviewError::Manifest`]; [`PreviewError::Disk`].
pub(in crate::preview) fn replace(folder: &Path, files: &[File<'_>]) -> Result<Vec<PathBuf>, PreviewError> {
    let old = earlier(folder)?;
    let new: BTreeSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
    for path in &new {
        refuse_foreign(folder, path, &old)?;
    }
    make_folder(folder)?;
    // Both are listed until the work is done, so that a preview that was interrupted is cleared by the next.
    write_manifest(folder, &old.union(&new).cloned().collect())?;
    for path in old.difference(&new) {
        remove(folder, path)?;
    }
    let mut written = Vec::with_capacity(files.len());
    for (path, content) in files {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let mut place = folder.to_owned();
        for part in parent.split('/').filter(|part| !part.is_empty()) {
            place.push(part);
            make_folder(&place)?;
        }
        let place = folder.join(path);
        put(folder, &place, content)?;
        written.push(place);
    }
    write_manifest(folder, &new)?;
    Ok(written)
}

/// What an earlier preview left; nothing if there was none.
fn earlier(folder: &Path) -> Result<BTreeSet<String>, PreviewError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => {
            return Err(PreviewError::Foreign(folder.to_owned()));
        }
        Err(cause) => return Err(disk("read", folder, cause)),
    };
    let manifest = folder.join(MANIFEST);
    let Ok(about) = fs::symlink_metadata(&manifest) else {
        for entry in entries {
            let name = entry.map_err(|cause| disk("read", folder, cause))?.file_name();
            if !LITTER.iter().any(|litter| *litter == name) {
                return Err(PreviewError::Foreign(folder.join(name)));
            }
        }
        return Ok(BTreeSet::new());
    };
    let damaged = || PreviewError::Manifest(manifest.clone());
    if !about.is_file() || about.len() > LONGEST_MANIFEST {
        return Err(damaged());
    }
    let text = fs::read_to_string(&manifest).map_err(|cause| disk("read", &manifest, cause))?;
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Err(damaged());
    }
    let below = |line: &str| {
        let plain = Path::new(line).components().all(|part| matches!(part, Component::Normal(_)));
        plain && !line.is_empty() && !line.contains(['\\', ':', '\0'])
    };
    lines.map(|line| below(line).then(|| line.to_owned()).ok_or_else(damaged)).collect()
}

/// Refuses a path that is taken by something that no earlier preview wrote, or that leads through a link.
fn refuse_foreign(folder: &Path, path: &str, old: &BTreeSet<String>) -> Result<(), PreviewError> {
    let mut place = folder.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let Ok(about) = fs::symlink_metadata(&place) else { return Ok(()) };
        let ours = if parts.peek().is_some() { about.is_dir() } else { !about.is_dir() && listed(old, path) };
        if !ours {
            return Err(PreviewError::Foreign(place));
        }
    }
    Ok(())
}

/// Whether the manifest lists a file, by the rules of the system's file names.
fn listed(old: &BTreeSet<String>, path: &str) -> bool {
    let one_case = cfg!(any(windows, target_os = "macos"));
    old.contains(path) || (one_case && old.iter().any(|known| known.to_lowercase() == path.to_lowercase()))
}

/// Removes a file that the manifest lists, and the folders that it leaves empty.
fn remove(folder: &Path, path: &str) -> Result<(), PreviewError> {
    let parents: Vec<PathBuf> = path.match_indices('/').map(|(end, _)| folder.join(&path[..end])).collect();
    let real = |parent: &PathBuf| fs::symlink_metadata(parent).is_ok_and(|about| about.is_dir());
    if !parents.iter().all(real) {
        return Ok(());
    }
    let place = folder.join(path);
    match fs::remove_file(&place) {
        Ok(()) => {}
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(disk("removed", &place, cause)),
    }
    for parent in parents.iter().rev() {
        // Fails, as it should, when something else is in it.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}

fn write_manifest(folder: &Path, paths: &BTreeSet<String>) -> Result<(), PreviewError> {
    let mut text = format!("{FIRST_LINE}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    put(folder, &folder.join(MANIFEST), text.as_bytes())
}

/// Readable by its owner only: lists of people are personal data.
fn make_folder(folder: &Path) -> Result<(), PreviewError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| disk("made", folder, cause))
}

fn put(folder: &Path, place: &Path, content: &[u8]) -> Result<(), PreviewError> {
    let part = folder.join(PART);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Left by a run that was stopped; `create_new` follows no link.
    let opened = options.open(&part).or_else(|_| fs::remove_file(&part).and_then(|()| options.open(&part)));
    let mut file = opened.map_err(|cause| disk("written", &part, cause))?;
    file.write_all(content).map_err(|cause| disk("written", place, cause))?;
    drop(file);
    fs::rename(&part, place).map_err(|cause| disk("written", place, cause))
}

fn disk(action: &'static str, path: &Path, cause: io::Error) -> PreviewError {
    PreviewError::Disk { action, path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests;
