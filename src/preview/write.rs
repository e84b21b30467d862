//! The files of a preview, all made before the first is written.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::own_folder::{File, FolderKind, replace};
use crate::preview::context::{DayView, WeekView};
use crate::preview::error::PreviewError;
use crate::preview::message_page::message_page;
use crate::preview::render::Pages;
use crate::preview::week::{PreviewDay, PreviewWeek};

/// A preview's folder.
const FOLDER: FolderKind = FolderKind { noun: "preview", manifest: ".weekcast-preview" };

/// Writes the week to a folder, in place of an earlier preview; returns the files, the week's own page first.
///
/// # Errors
/// [`PreviewError::Folder`], before anything is changed, when the folder holds something that weekcast did not write;
/// [`PreviewError`] otherwise.
pub fn write(folder: &Path, week: &PreviewWeek) -> Result<Vec<PathBuf>, PreviewError> {
    let pages = Pages::new()?;
    let view = WeekView::new(week);
    let mut files: Vec<File<'_>> = vec![("index.html".to_owned(), Cow::from(pages.index(&view)?.into_bytes()))];
    for (index, (day, day_view)) in week.days.iter().zip(view.days()).enumerate() {
        files.push((format!("{}/index.html", day_view.folder), Cow::from(pages.day(&view, index)?.into_bytes())));
        push_message(&mut files, day, day_view);
    }
    Ok(replace(FOLDER, folder, &files)?)
}

/// The message as a page, as text, as it is, and its files.
fn push_message<'a>(files: &mut Vec<File<'a>>, day: &'a PreviewDay, view: &DayView) {
    let folder = &view.folder;
    let links: Vec<(String, String)> = day
        .pictures
        .iter()
        .zip(view.pictures())
        .map(|(picture, file)| (picture.content_id.clone(), file.link.clone()))
        .collect();
    files.push((format!("{folder}/message.html"), Cow::from(message_page(&day.html, &links).into_bytes())));
    files.push((format!("{folder}/message.txt"), Cow::from(day.text.as_bytes())));
    files.push((format!("{folder}/message.eml"), Cow::from(&day.eml[..])));
    let pictures = day.pictures.iter().map(|picture| &picture.bytes).zip(view.pictures());
    let attachments = day.attachments.iter().map(|attachment| &attachment.bytes).zip(view.attachments());
    for (bytes, file) in pictures.chain(attachments) {
        files.push((format!("{folder}/files/{}", file.file), Cow::from(&bytes[..])));
    }
}

#[cfg(test)]
mod tests;
