//! The steps on the disk below one folder: make, put, remove. Files and folders are readable by their owner only.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::own_folder::error::FolderError;
use crate::own_folder::kind::FolderKind;

/// A folder and what it is for.
#[derive(Clone, Copy)]
pub(in crate::own_folder) struct Folder<'a> {
    pub(in crate::own_folder) kind: FolderKind,
    pub(in crate::own_folder) path: &'a Path,
}

impl Folder<'_> {
    /// Makes the folder itself, or closes it to others: lists of people are personal data.
    pub(in crate::own_folder) fn make(self) -> Result<(), FolderError> {
        self.make_one(self.path)?;
        // An empty folder that was there before may be open to others. Where it is not ours to close, the files still are.
        #[cfg(unix)]
        let _ = fs::set_permissions(self.path, std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(())
    }

    /// Writes a file, `path` being below the folder with `/`, and the folders that it is in; answers with its place.
    pub(in crate::own_folder) fn put(self, path: &str, content: &[u8]) -> Result<PathBuf, FolderError> {
        for parent in self.parents(path) {
            self.make_one(&parent)?;
        }
        let lasts = self.kind.is_record || path == self.kind.manifest;
        let (part, place) = (self.path.join(self.kind.part()), self.path.join(path));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // Left by a run that was stopped; `create_new` follows no link.
        let opened = options.open(&part).or_else(|_| fs::remove_file(&part).and_then(|()| options.open(&part)));
        let mut file = opened.map_err(|cause| self.fault("written", &part, cause))?;
        let written = file.write_all(content).and_then(|()| if lasts { file.sync_all() } else { Ok(()) });
        // Windows renames no open file.
        drop(file);
        written.and_then(|()| fs::rename(&part, &place)).map_err(|cause| self.fault("written", &place, cause))?;
        Ok(place)
    }

    /// Removes a file, and the folders that it leaves empty. A link is removed, not what it leads to.
    pub(in crate::own_folder) fn remove(self, path: &str) -> Result<(), FolderError> {
        let parents = self.parents(path);
        let real = |parent: &PathBuf| fs::symlink_metadata(parent).is_ok_and(|about| about.is_dir());
        if !parents.iter().all(real) {
            return Ok(());
        }
        let place = self.path.join(path);
        match fs::remove_file(&place) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(self.fault("removed", &place, cause)),
            _ => {}
        }
        for parent in parents.iter().rev() {
            // Fails, as it should, when something else is in it.
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
        Ok(())
    }

    pub(in crate::own_folder) fn fault(self, action: &'static str, path: &Path, cause: io::Error) -> FolderError {
        FolderError::Disk { noun: self.kind.noun, action, path: path.to_owned(), cause }
    }

    pub(in crate::own_folder) fn foreign(self, path: PathBuf) -> FolderError {
        FolderError::Foreign { noun: self.kind.noun, path }
    }

    /// The folders between this one and a file, the outermost first.
    fn parents(self, path: &str) -> Vec<PathBuf> {
        path.match_indices('/').map(|(end, _)| self.path.join(&path[..end])).collect()
    }

    fn make_one(self, path: &Path) -> Result<(), FolderError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(|cause| self.fault("made", path, cause))
    }
}
