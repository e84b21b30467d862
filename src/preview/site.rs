//! All files of a preview, made in memory: the same for the folder on disk and for the server.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::own_folder::File;
use crate::preview::context::{DayView, WeekView};
use crate::preview::error::PreviewError;
use crate::preview::message_page::message_page;
use crate::preview::render::Pages;
use crate::preview::week::{PreviewDay, PreviewWeek};

/// The files of a preview, the week's own page first.
pub struct Site<'a>(Vec<File<'a>>);

impl<'a> Site<'a> {
    /// Paths below the preview, with `/`, and their content, in the order in which they are written.
    #[must_use]
    pub fn files(&self) -> &[File<'a>] {
        &self.0
    }

    /// The files by path, free of the week that they were made from.
    #[must_use]
    pub fn into_map(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_iter().map(|(path, content)| (path, content.into_owned())).collect()
    }
}

/// Makes all files of a week's preview. Every page ends with `</body>` and `</html>`, each once.
///
/// # Errors
/// [`PreviewError::Page`]: a bug.
pub fn site(week: &PreviewWeek) -> Result<Site<'_>, PreviewError> {
    let pages = Pages::new()?;
    let view = WeekView::new(week);
    let mut files: Vec<File<'_>> = vec![("index.html".to_owned(), Cow::from(pages.index(&view)?.into_bytes()))];
    for (index, (day, day_view)) in week.days.iter().zip(view.days()).enumerate() {
        files.push((format!("{}/index.html", day_view.folder), Cow::from(pages.day(&view, index)?.into_bytes())));
        push_message(&mut files, day, day_view);
    }
    Ok(Site(files))
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
