//! The files of a folder inside the project, such as a folder of contact cards.

use std::path::{Component, Path};

use crate::document::project_folder::{FileFault, ProjectFolder};

impl ProjectFolder {
    /// Whether a folder is there.
    #[must_use]
    pub fn has_folder(&self, relative: &str) -> bool {
        self.join(relative).is_dir()
    }

    /// The files of a folder whose names end in `ending` (lower case, with the dot), as paths from the project folder,
    /// in the order of their names. What lies in folders below it does not count, nor do names that are not Unicode.
    ///
    /// # Errors
    /// [`FileFault`] when the folder leads out of the project or cannot be read.
    pub fn files(&self, relative: &str, ending: &str) -> Result<Vec<String>, FileFault> {
        let relative = relative.trim_end_matches('/');
        let plain = Path::new(relative).components().all(|part| matches!(part, Component::Normal(_)));
        let unreadable = |cause| FileFault::Unreadable { path: relative.to_owned(), cause };
        let real = self.join(relative).canonicalize().map_err(unreadable)?;
        let root = self.root().canonicalize().map_err(unreadable)?;
        if !plain || relative.contains(['\\', '\0']) || !real.starts_with(root) {
            return Err(FileFault::Outside(relative.to_owned()));
        }
        let mut files = Vec::new();
        for entry in std::fs::read_dir(real).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let Some(name) = name.to_str().filter(|name| name.to_lowercase().ends_with(ending)) else { continue };
            files.push(format!("{relative}/{name}"));
        }
        files.sort();
        Ok(files)
    }
}
