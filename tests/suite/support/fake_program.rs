//! A program of the system in place of the real one: found through PATH, it writes down how it was called and answers as it
//! was told.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder of such programs.
pub struct FakePrograms {
    folder: PathBuf,
}

impl FakePrograms {
    /// In a folder of the test's own.
    pub fn new(folder: &Path) -> Self {
        let folder = folder.join("programs");
        fs::create_dir_all(&folder).expect("the folder can be made");
        Self { folder }
    }

    /// A program that answers with lines of a shell: `case "$*" in *show*) echo …;; esac`.
    #[cfg(unix)]
    pub fn with(self, name: &str, lines: &str) -> Self {
        let path = self.folder.join(name);
        let calls = self.folder.join("calls");
        let text = format!("#!/bin/sh\necho \"{name} $*\" >>'{}'\n{lines}\n", calls.display());
        fs::write(&path, text).expect("the program can be written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&path, mode).expect("it can be made a program");
        self
    }

    /// PATH with these first.
    pub fn path(&self) -> String {
        format!("{}:/usr/bin:/bin", self.folder.display())
    }

    /// How they were called, in order; forgotten then.
    pub fn calls(&self) -> Vec<String> {
        let calls = self.folder.join("calls");
        let text = fs::read_to_string(&calls).unwrap_or_default();
        let _ = fs::remove_file(&calls);
        text.lines().map(str::to_owned).collect()
    }
}
