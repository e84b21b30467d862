//! The pictures and attachments of a day as files beside its page.

use serde::Serialize;

use crate::preview::file_names::{FileNames, link};
use crate::preview::week::PreviewDay;
use crate::preview::words::octets;

/// A file of the message beside its page.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct FileView {
    /// Its name on disk.
    pub(in crate::preview) file: String,
    /// The link to it from the day's page.
    pub(in crate::preview) link: String,
    name: String,
    title: Option<String>,
    media_type: String,
    size: String,
}

/// All files of a day, each with a name of its own.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct FileViews {
    pub(in crate::preview) pictures: Vec<FileView>,
    pub(in crate::preview) attachments: Vec<FileView>,
}

impl FileViews {
    pub(in crate::preview) fn new(day: &PreviewDay) -> Self {
        let mut names = FileNames::default();
        let mut view = |name: &str, title: Option<&String>, media_type: &str, size: usize| {
            let file = names.unique(name);
            FileView {
                link: link(&format!("files/{file}")),
                file,
                name: name.to_owned(),
                title: title.filter(|title| !title.trim().is_empty()).cloned(),
                media_type: media_type.to_owned(),
                size: octets(size),
            }
        };
        let pictures = day.pictures.iter().map(|p| view(&p.name, None, p.media_type, p.bytes.len())).collect();
        let attachments =
            day.attachments.iter().map(|a| view(&a.name, a.title.as_ref(), &a.media_type, a.bytes.len())).collect();
        Self { pictures, attachments }
    }
}
