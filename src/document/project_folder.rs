//! The project folder: how it is found, and the only way in which the officer's files are opened: inside it, regular,
//! not too large, never through a link that leads out.

use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

/// A folder with a `weekcast.toml` or a `broadcasts/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFolder {
    root: PathBuf,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Not there.
    #[error("there is no file \"{0}\"")]
    Missing(String),
    /// Absolute, or with `..`, or a link that leads out of the project folder.
    #[error("\"{0}\" leads out of the project folder")]
    Outside(String),
    /// A folder, a device, a pipe.
    #[error("\"{0}\" is not a regular file")]
    NotRegular(String),
    /// Larger than allowed.
    #[error("\"{path}\" has {size} bytes, more than the {limit} that are allowed")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The most that is allowed, in bytes.
        limit: u64,
    },
    /// The system said no.
    #[error("\"{path}\" cannot be read: {cause}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
}

impl FileFault {
    /// The rule of the finding that reports it.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Missing(_) => "file-missing",
            Self::Outside(_) => "file-outside",
            Self::NotRegular(_) => "file-not-regular",
            Self::TooLarge { .. } => "file-too-large",
            Self::Unreadable { .. } => "file-unreadable",
        }
    }
}

impl ProjectFolder {
    /// The folder at `root`.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Walks up from `start` to the first folder with a `weekcast.toml` or a `broadcasts/`.
    #[must_use]
    pub fn find(start: &Path) -> Option<Self> {
        start
            .ancestors()
            .find(|folder| folder.join("weekcast.toml").is_file() || folder.join("broadcasts").is_dir())
            .map(Self::at)
    }

    /// Its path.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of something in it, not checked.
    #[must_use]
    pub fn join(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Whether a regular file is there.
    #[must_use]
    pub fn has(&self, relative: &str) -> bool {
        self.root.join(relative).is_file()
    }

    /// Reads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// [`FileFault`] when it is missing, leads out of the folder, is not regular, is too large or cannot be read.
    pub fn read(&self, relative: &str, limit: u64) -> Result<Vec<u8>, FileFault> {
        let path = self.inside(relative)?;
        let unreadable = |cause| FileFault::Unreadable { path: relative.to_owned(), cause };
        // The size is asked of the open file, so that it cannot be swapped between the question and the reading.
        let file = File::open(&path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(FileFault::NotRegular(relative.to_owned()));
        }
        let too_large = |size| FileFault::TooLarge { path: relative.to_owned(), size, limit };
        if about.len() > limit {
            return Err(too_large(about.len()));
        }
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > limit { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
    }

    /// The real path of a file inside the folder.
    pub(in crate::document) fn inside(&self, relative: &str) -> Result<PathBuf, FileFault> {
        let outside = || FileFault::Outside(relative.to_owned());
        // A backslash or a drive letter is a path on Windows; it is refused everywhere, so that a week moves safely.
        let plain =
            Path::new(relative).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !plain || relative.is_empty() || relative.contains(['\\', '\0']) || relative.get(1..2) == Some(":") {
            return Err(outside());
        }
        let path = self.root.join(relative);
        let unreadable = |cause| FileFault::Unreadable { path: relative.to_owned(), cause };
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Err(FileFault::Missing(relative.to_owned()));
            }
            Err(cause) => return Err(unreadable(cause)),
        };
        let root = self.root.canonicalize().map_err(unreadable)?;
        if !real.starts_with(&root) {
            return Err(outside());
        }
        if !real.is_file() {
            return Err(FileFault::NotRegular(relative.to_owned()));
        }
        Ok(real)
    }
}

#[cfg(test)]
mod tests {
    use super::{FileFault, ProjectFolder};

    #[test]
    fn only_regular_files_inside_the_folder_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let project = ProjectFolder::at(folder.path().join("p"));
        std::fs::create_dir_all(folder.path().join("p/sub")).unwrap();
        std::fs::write(folder.path().join("p/sub/a.txt"), "hello").unwrap();
        std::fs::write(folder.path().join("secret"), "s").unwrap();
        assert_eq!(project.read("sub/a.txt", 5).unwrap(), b"hello");
        assert!(matches!(project.read("sub/a.txt", 4), Err(FileFault::TooLarge { size: 5, .. })));
        assert!(matches!(project.read("sub/b.txt", 4), Err(FileFault::Missing(_))));
        assert!(matches!(project.read("../secret", 9), Err(FileFault::Outside(_))));
        assert!(matches!(project.read("/etc/passwd", 9), Err(FileFault::Outside(_))));
        assert!(matches!(project.read("sub\\a.txt", 9), Err(FileFault::Outside(_))));
        assert!(matches!(project.read("sub", 9), Err(FileFault::NotRegular(_))));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../../secret", folder.path().join("p/sub/link")).unwrap();
            assert!(matches!(project.read("sub/link", 9), Err(FileFault::Outside(_))));
        }
    }
}
