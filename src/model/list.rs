//! Distribution lists by name.

use crate::model::file_reading::{BadRow, FileReading};
use crate::model::list_name::ListName;
use crate::model::people::People;
use crate::model::place::Place;
use crate::model::recipient::Recipient;

/// Where a list's people come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// Written in `recipients.toml`.
    Members(People),
    /// Read from a file kept elsewhere; the path is relative to the project folder.
    File {
        /// The file.
        path: String,
        /// Its rows.
        members: People,
    },
    /// One address that the mail system expands; it gets one message.
    Address(Box<Recipient>),
    /// Made from other lists.
    Group {
        /// Whose people belong to it.
        include: Vec<(ListName, Place)>,
        /// Whose people do not.
        exclude: Vec<(ListName, Place)>,
    },
}

impl ListKind {
    /// Those who stand in it; nobody in a group, whose people stand elsewhere.
    #[must_use]
    pub fn people(&self) -> People {
        match self {
            Self::Members(members) | Self::File { members, .. } => members.clone(),
            Self::Address(recipient) => std::iter::once(Recipient::clone(recipient)).collect(),
            Self::Group { .. } => People::default(),
        }
    }
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
