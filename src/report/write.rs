//! Writes a board pack: the page, the tables, and a copy of each day's message.

use std::path::{Path, PathBuf};

use crate::report::days_csv::{DAYS_CSV, days_csv};
use crate::report::error::ReportError;
use crate::report::folder::replace;
use crate::report::pack::BoardPack;
use crate::report::page::{INDEX, page};
use crate::report::recipients_csv::{RECIPIENTS_CSV, recipients_csv};

/// Writes `index.html`, `days.csv`, `recipients.csv` and one `.eml` a day into a folder, which is made if it is missing.
/// The same pack gives the same bytes. Answers with the paths, the page first.
///
/// # Errors
/// [`ReportError::Foreign`] before anything is changed, if the folder holds something that no earlier report wrote;
/// the others where the disk fails or a file was tampered with.
pub fn write(folder: &Path, pack: &BoardPack) -> Result<Vec<PathBuf>, ReportError> {
    let mut files = vec![
        (INDEX.to_owned(), page(pack)?.into_bytes()),
        (DAYS_CSV.to_owned(), days_csv(pack)?),
        (RECIPIENTS_CSV.to_owned(), recipients_csv(pack)?),
    ];
    for (index, day) in pack.days.iter().enumerate() {
        if let Some(sample) = &day.sample {
            files.push((day.sample_file(index + 1), sample.eml.clone()));
        }
    }
    replace(folder, &files)
}

#[cfg(test)]
mod tests;
