//! Distribution lists by name.

use std::sync::Arc;

use crate::model::file_reading::{BadRow, FileReading};
use crate::model::list_name::ListName;
use crate::model::place::Place;
use crate::model::recipient::Recipient;

/// Where a list's people come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// Written in `recipients.toml`.
    Members(Vec<Arc<Recipient>>),
    /// Read from a file kept elsewhere; the path is relative to the project folder.
    File {
        /// The file.
        path: String,
        /// Its rows.
        members: Vec<Arc<Recipient>>,
    },
    /// One address that the mail system expands; it gets one message.
    Address(Arc<Recipient>),
    /// Made from other lists.
    Group {
        /// Whose people belong to it.
        include: Vec<(ListName, Place)>,
        /// Whose people do not.
        exclude: Vec<(ListName, Place)>,
    },
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionList {
    /// Its key.
    pub name: ListName,
    /// Its title for people, if given.
    pub title: Option<String>,
    /// Its people.
    pub kind: ListKind,
    /// How its file was read, where it has one that could be read.
    pub reading: Option<FileReading>,
    /// What of the file cannot be used.
    pub bad_rows: Vec<BadRow>,
    /// Where it is defined.
    pub place: Place,
}
