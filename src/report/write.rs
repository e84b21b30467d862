//! Writes a board pack: the page, the tables, and a copy of each day's message and of each correction.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::own_folder::{File, FolderKind, replace_noting};
use crate::report::days_csv::{DAYS_CSV, days_csv};
use crate::report::error::ReportError;
use crate::report::pack::BoardPack;
use crate::report::page::{INDEX, page};
use crate::report::recipients_csv::{RECIPIENTS_CSV, recipients_csv};
use crate::report::record_end::RecordEnd;

/// A board pack's folder.
pub(in crate::report) const FOLDER: FolderKind =
    FolderKind { noun: "report", manifest: ".weekcast-report", is_record: true };

/// The page on paper, where a browser could print it.
const REPORT_PDF: &str = "report.pdf";

/// Writes `index.html`, `days.csv`, `recipients.csv`, `report.pdf` if it is given, and one `.eml` a day and a correction into a folder, which is made if it is missing.
/// The same pack gives the same bytes. Answers with the paths, the page first.
///
/// # Errors
/// [`ReportError::Folder`] before anything is changed, if the folder holds something that no earlier report wrote;
/// the others where the disk fails or a file was tampered with.
pub fn write(folder: &Path, pack: &BoardPack, pdf: Option<&[u8]>) -> Result<Vec<PathBuf>, ReportError> {
    let mut files: Vec<File<'_>> = vec![
        (INDEX.to_owned(), Cow::from(page(pack)?.into_bytes())),
        (DAYS_CSV.to_owned(), Cow::from(days_csv(pack)?)),
        (RECIPIENTS_CSV.to_owned(), Cow::from(recipients_csv(pack)?)),
    ];
    if let Some(pdf) = pdf {
        files.push((REPORT_PDF.to_owned(), Cow::from(pdf)));
    }
    for (index, day) in pack.days.iter().enumerate() {
        if let Some(sample) = &day.sample {
            files.push((day.sample_file(index + 1), Cow::from(&sample.eml[..])));
        }
        for correction in &day.corrections {
            if let Some(sample) = &correction.sample {
                files.push((day.correction_file(index + 1, correction.number), Cow::from(&sample.eml[..])));
            }
        }
    }
    let note = pack.record.as_ref().map(|chain| RecordEnd::of(chain).line());
    Ok(replace_noting(FOLDER, folder, &files, note.as_deref())?)
}

#[cfg(test)]
mod tests;
