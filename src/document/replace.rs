//! The only way in which a file of the officer's is changed: whole, or not at all. A picture's original is kept beside it
//! first, under a name that nobody uses; of a text the few lines that change are shown, and no copy is kept: beside the
//! weeks it would be a week itself.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::document::project_folder::{FileFault, ProjectFolder};

/// More originals of one file than this are a mistake.
const MOST: u32 = 99;

/// Why a file cannot be replaced; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceFault {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] FileFault),
    /// It changed since it was looked at.
    #[error("\"{0}\" was changed by another program")]
    Changed(String),
    /// The system said no.
    #[error("\"{path}\" cannot be written: {cause}")]
    Write {
        /// The file.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
}

impl ProjectFolder {
    /// Replaces a file whose content is `old` by `new`, and keeps the original beside it as `NAME.original.EXT`; answers
    /// with that name. A link is followed and stays.
    ///
    /// # Errors
    /// [`ReplaceFault`]; then the file is as it was.
    pub fn replace_keeping(&self, relative: &str, old: &[u8], new: &[u8]) -> Result<String, ReplaceFault> {
        let path = self.unchanged(relative, old)?;
        let fault = |cause| ReplaceFault::Write { path: relative.to_owned(), cause };
        let kept = keep(&path, old).map_err(fault)?;
        put(&path, new).map_err(fault)?;
        Ok(kept.file_name().unwrap_or_default().to_string_lossy().into_owned())
    }

    /// Replaces a file whose content is `old` by `new`. A link is followed and stays.
    ///
    /// # Errors
    /// [`ReplaceFault`]; then the file is as it was.
    pub fn replace(&self, relative: &str, old: &[u8], new: &[u8]) -> Result<(), ReplaceFault> {
        let path = self.unchanged(relative, old)?;
        put(&path, new).map_err(|cause| ReplaceFault::Write { path: relative.to_owned(), cause })
    }

    fn unchanged(&self, relative: &str, old: &[u8]) -> Result<PathBuf, ReplaceFault> {
        let path = self.inside(relative)?;
        if self.read(relative, old.len() as u64).ok().as_deref() != Some(old) {
            return Err(ReplaceFault::Changed(relative.to_owned()));
        }
        Ok(path)
    }
}

/// Writes beside the file and takes its place. The name begins with a dot: it is no week, not even for a moment.
fn put(path: &Path, new: &[u8]) -> io::Result<()> {
    let part = named(path, "part");
    let part = part.with_file_name(format!(".{}", part.file_name().unwrap_or_default().to_string_lossy()));
    // Left by a run that was stopped.
    write_new(&part, new).or_else(|_| fs::remove_file(&part).and_then(|()| write_new(&part, new)))?;
    fs::set_permissions(&part, fs::metadata(path)?.permissions())?;
    fs::rename(&part, path)
}

/// Writes the original beside the file, unless it is there already.
fn keep(path: &Path, old: &[u8]) -> io::Result<PathBuf> {
    for number in 1..=MOST {
        let kept = named(path, &if number == 1 { "original".to_owned() } else { format!("original-{number}") });
        match write_new(&kept, old) {
            Ok(()) => {
                // What others could not read, they cannot read now.
                fs::set_permissions(&kept, fs::metadata(path)?.permissions())?;
                return Ok(kept);
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Err(_) if fs::symlink_metadata(&kept)?.is_file() && fs::read(&kept)? == old => return Ok(kept),
            Err(_) => {}
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// `poster.png` as `poster.original.png`.
fn named(path: &Path, word: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}.{word}{ending}"))
}

/// Writes a file that was not there, down to the disk.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all())
}

#[cfg(test)]
mod tests {
    use super::{ProjectFolder, ReplaceFault};

    #[test]
    fn every_original_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let project = ProjectFolder::at(folder.path());
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        std::fs::write(folder.path().join("a.b.png"), "one").unwrap();
        assert_eq!(project.replace_keeping("a.b.png", b"one", b"two").unwrap(), "a.b.original.png");
        assert_eq!(project.replace_keeping("a.b.png", b"two", b"one").unwrap(), "a.b.original-2.png");
        assert_eq!(project.replace_keeping("a.b.png", b"one", b"three").unwrap(), "a.b.original.png");
        assert_eq!(
            (read("a.b.png"), read("a.b.original.png"), read("a.b.original-2.png")),
            ("three".to_owned(), "one".to_owned(), "two".to_owned())
        );
        assert!(matches!(project.replace_keeping("a.b.png", b"one", b"x"), Err(ReplaceFault::Changed(_))));
        project.replace("a.b.png", b"three", b"four").unwrap();
        assert!(matches!(project.replace("a.b.png", b"three", b"x"), Err(ReplaceFault::Changed(_))));
        assert_eq!(read("a.b.png"), "four");
        assert!(matches!(project.replace_keeping("../x.png", b"", b"x"), Err(ReplaceFault::Read(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
