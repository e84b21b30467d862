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
    /// The day that the week leads to.
    pub awareness_day: Option<AwarenessDate>,
    /// How many people must sign each day off: 0, 1 or 2.
    pub sign_off: u8,
    /// The days by date.
    pub days: Vec<PreviewDay>,
    /// Those that were taken out of the week, by date.
    pub dropped: Vec<DroppedDate>,
    /// Everything that `check` finds in the week and its lists.
    pub findings: Vec<Finding>,
}

/// The day that the week leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwarenessDate {
    /// Its name.
    pub name: String,
    /// Its date.
    pub date: NaiveDate,
}

/// A day that was taken out of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedDate {
    /// Where it would be.
    pub date: NaiveDate,
    /// What it was about.
    pub theme: String,
    /// Why.
    pub reason: String,
}

/// One day, and the copies of it that are shown.
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
    /// The line that mail programs show beside the subject.
    pub preheader: String,
    /// Who it comes from, as mail programs show it.
    pub sender: String,
    /// The lists that it goes to.
    pub lists: Vec<ListShare>,
    /// How many of the recipients are on more than one of the lists.
    pub on_several_lists: usize,
    /// How many people and list addresses get it.
    pub head_count: usize,
    /// The word of the day's state, such as `planned` or `signed_off`; `correction` is a correction that is looked at.
    pub state: String,
    /// Who has signed it off and when, or what changed since, in words.
    pub signed: Option<String>,
    /// Where its copies stand, in words, once sending has begun.
    pub progress: Option<String>,
    /// The digest, hex.
    pub digest: String,
    /// Copies to look at, the one that is shown first in front. None where the day cannot be made yet.
    pub copies: Vec<PreviewCopy>,
    /// Files to download.
    pub attachments: Vec<AttachedFile>,
    /// Pictures inside the message.
    pub pictures: Vec<Picture>,
    /// Who is on the lists and gets nothing.
    pub skipped: Vec<Skipped>,
    /// What `check` finds in this day.
    pub findings: Vec<Finding>,
}

/// The message as one recipient gets it.
#[derive(Debug, Clone)]
pub struct PreviewCopy {
    /// Whose copy this is.
    pub address: String,
    /// Their display name.
    pub name: Option<String>,
    /// Why this copy is worth a look, in words, such as `the longest name`.
    pub why: String,
    /// The subject of this copy.
    pub subject: String,
    /// The HTML part, pictures by `cid:`.
    pub html: String,
    /// The plain text part.
    pub text: String,
    /// The header's fields, decoded, in order.
    pub headers: Vec<(String, String)>,
    /// The message's size in octets.
    pub size: usize,
    /// The message, octet for octet; of the day's first copy only, because attachments are in each.
    pub eml: Option<Vec<u8>>,
}

/// A list's part of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListShare {
    /// Its title.
    pub title: String,
    /// How many of the recipients are on it.
    pub people: usize,
}

/// Somebody who gets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Who.
    pub address: String,
    /// Why, in words.
    pub reason: String,
}
