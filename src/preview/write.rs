//! A preview in a folder: all its files are made before the first is written.

use std::path::{Path, PathBuf};

use crate::own_folder::{FolderKind, replace};
use crate::preview::error::PreviewError;
use crate::preview::site::site;
use crate::preview::week::PreviewWeek;

/// A preview's folder.
const FOLDER: FolderKind = FolderKind { noun: "preview", manifest: ".weekcast-preview", is_record: false };

/// Writes the week to a folder, in place of an earlier preview; returns the files, the week's own page first.
///
/// # Errors
/// [`PreviewError::Folder`], before anything is changed, when the folder holds something that weekcast did not write;
/// [`PreviewError`] otherwise.
pub fn write(folder: &Path, week: &PreviewWeek) -> Result<Vec<PathBuf>, PreviewError> {
    Ok(replace(FOLDER, folder, site(week)?.files())?)
}

#[cfg(test)]
mod tests;
