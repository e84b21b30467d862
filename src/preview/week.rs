//! What a preview is made from: plain values, so that nothing of them is looked up or worked out again here.

use chrono::NaiveDate;

use crate::model::{AttachedFile, Finding, Picture};

/// A week to look at.
#[derive(Debug, Clone)]
pub struct PreviewWeek {
    /// The week's title.
    pub title: String,
    /// In whose name it goes out.
    pub organisation: Option<String>,
    /// When this preview was made, in words.
    pub generated: String,
    /// The zone of all times, such as `Europe/London`.
    pub timezone: String,
    /// The days by date.
    pub days: Vec<PreviewDay>,
    /// Everything that `check` finds in the week and its lists.
    pub findings: Vec<Finding>,
}

/// One day, as one recipient gets it.
#[derive(Debug, Clone)]
pub struct PreviewDay {
    /// Its place in the week, from 1.
    pub number: usize,
    /// Its date; names the folder.
    pub date: NaiveDate,
    /// The date in words, such as `Monday 15 March 2027`.
    pub date_words: String,
    /// The time of day in words, such as `08:30`.
    pub at: String,
    /// What the day is about.
    pub theme: String,
    /// The subject of this copy.
    pub subject: String,
    /// The line that mail programs show beside the subject.
    pub preheader: String,
    /// Titles of the lists that it goes to.
    pub lists: Vec<String>,
    /// How many people get it.
    pub head_count: usize,
    /// The word of the day's state, such as `planned` or `signed_off`.
    pub state: String,
    /// The digest, hex.
    pub digest: String,
    /// The address whose copy this is.
    pub shown_as: String,
    /// The message, octet for octet.
    pub eml: Vec<u8>,
    /// The HTML part, pictures by `cid:`.
    pub html: String,
    /// The plain text part.
    pub text: String,
    /// The header's fields, decoded, in order.
    pub headers: Vec<(String, String)>,
    /// Files to download.
    pub attachments: Vec<AttachedFile>,
    /// Pictures inside the message.
    pub pictures: Vec<Picture>,
    /// Who is on the lists and gets nothing.
    pub skipped: Vec<Skipped>,
    /// What `check` finds in this day.
    pub findings: Vec<Finding>,
}

/// Somebody who gets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Who.
    pub address: String,
    /// Why, in words.
    pub reason: String,
}
