//! One day's broadcast as the officer wrote it.

use chrono::{NaiveDate, NaiveTime};

use crate::model::list_name::ListName;
use crate::model::place::Place;
use crate::model::text::Text;

/// A `[[broadcast]]` of a week file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broadcast {
    /// Its date, if given.
    pub date: Option<(NaiveDate, Place)>,
    /// Its time of day, if given.
    pub at: Option<(NaiveTime, Place)>,
    /// What the day is about.
    pub theme: Text,
    /// One sentence: preheader, opening line, and yesterday's teaser.
    pub summary: Option<Text>,
    /// The subject line, if it differs from the week's.
    pub subject: Option<Text>,
    /// Markdown; from `body` or `body_file`.
    pub body: Text,
    /// Links shown as a list below the body.
    pub links: Vec<Link>,
    /// Files to download.
    pub attachments: Vec<Attachment>,
    /// Its own lists, where they differ from the week's.
    pub lists: Option<Vec<(ListName, Place)>>,
    /// Taken out of the week, though its text is kept.
    pub dropped: Option<Dropped>,
    /// The table as a whole.
    pub place: Place,
}

/// `dropped`: the day is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Why, if somebody said.
    pub reason: Option<Text>,
    /// Key and value.
    pub place: Place,
}

/// An entry of `links`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words that are the link.
    pub text: Text,
    /// Where it leads: `https:` or `mailto:`.
    pub url: Text,
    /// A few words after it.
    pub note: Option<Text>,
}

/// An entry of `attachments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name, relative to the week's own folder.
    pub file: Text,
    /// The name that the recipient sees; the file's own otherwise.
    pub name: Option<Text>,
    /// What it is, in words.
    pub title: Option<Text>,
}
