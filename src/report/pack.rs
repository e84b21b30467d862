//! What a board pack is made of: plain values that the caller has gathered from week, ledger and lists.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::{ActChain, Counts, Delivery, EditionRecord, ListName, RecordedAct, SignOff};
use crate::report::status::DayStatus;

/// A whole week, ready to be written.
#[derive(Debug, Clone)]
pub struct BoardPack {
    /// What the week is called.
    pub week_title: String,
    /// The ledger's key for it.
    pub week_name: String,
    /// In whose name it goes out.
    pub organisation: Option<String>,
    /// The folder that messages go to, where the settings name no mail server: then nobody has received anything.
    pub outbox: Option<String>,
    /// The zone in which every time is shown.
    pub timezone: Tz,
    /// When the pack is made.
    pub made_at: DateTime<Tz>,
    /// The days by date.
    pub days: Vec<PackDay>,
    /// Those that were taken out of the week before they began.
    pub dropped: Vec<PackDropped>,
    /// The record of what people and runs did, of all weeks; nothing without a ledger.
    pub record: Option<ActChain>,
    /// Findings that the officer allows.
    pub allowed: Vec<AllowedFinding>,
}

/// A day that was taken out of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackDropped {
    /// When it was to begin.
    pub planned_at: DateTime<Tz>,
    /// What it was about.
    pub theme: String,
    /// Why.
    pub reason: String,
}

/// One day of it. Days are numbered from 1 in the order of [`BoardPack::days`].
#[derive(Debug, Clone)]
pub struct PackDay {
    /// Where it stands.
    pub status: DayStatus,
    /// When it was to begin.
    pub planned_at: DateTime<Tz>,
    /// The subject of the latest edition, or what it would be now.
    pub subject: String,
    /// Every edition that has begun, oldest first; none before the first sending.
    pub editions: Vec<PackEdition>,
    /// Its corrections, in order: beside the editions, and in none of their numbers.
    pub corrections: Vec<PackCorrection>,
    /// The lists of the latest edition.
    pub lists: Vec<PackList>,
    /// The sign-offs of the day, in the order in which they were given.
    pub sign_offs: Vec<SignOff>,
    /// One person's copy.
    pub sample: Option<SampleCopy>,
}

/// One edition with its deliveries.
#[derive(Debug, Clone)]
pub struct PackEdition {
    /// As the ledger has it.
    pub record: EditionRecord,
    /// When its last message was settled; nothing while some are due.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its deliveries in the order of the list. Rows that were erased after their time are missing here and still
    /// counted in `record.counts`.
    pub deliveries: Vec<Delivery>,
}

/// A correction of a day.
#[derive(Debug, Clone)]
pub struct PackCorrection {
    /// From 1.
    pub number: u32,
    /// As the ledger has it, with its deliveries.
    pub mailing: PackEdition,
    /// One person's copy, if the officer's file still makes it.
    pub sample: Option<SampleCopy>,
}

/// One list's share of a day. A person in several lists counts in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackList {
    /// Its key.
    pub name: ListName,
    /// What it is called.
    pub title: String,
    /// Where the deliveries to its people stand.
    pub counts: Counts,
}

/// The message of a day as one recipient has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCopy {
    /// Whose copy it is: an address, or words such as `an example recipient`.
    pub of: String,
    /// The message, RFC 5322.
    pub eml: Vec<u8>,
}

/// A rule that was allowed not to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedFinding {
    /// Kebab-case.
    pub rule: String,
    /// Why it is a rule.
    pub why: String,
    /// Why it is allowed, in the officer's words.
    pub reason: String,
    /// How often it was found.
    pub count: usize,
}

impl BoardPack {
    /// The acts of the week, in the order in which they were recorded.
    pub(in crate::report) fn acts(&self) -> impl Iterator<Item = &RecordedAct> {
        let all = self.record.iter().flat_map(|chain| &chain.acts);
        all.filter(|one| one.act.key.as_ref().is_some_and(|key| key.week == self.week_name))
    }
}

impl PackDay {
    /// `Monday 15 March`.
    pub(in crate::report) fn short_date(&self) -> String {
        self.planned_at.format("%A %-d %B").to_string()
    }

    /// `Monday 15 March 2027`.
    pub(in crate::report) fn long_date(&self) -> String {
        self.planned_at.format("%A %-d %B %Y").to_string()
    }

    /// `1-monday-2027-03-15.eml`: made of number and date alone, so that nothing from outside gets into a path.
    pub(in crate::report) fn sample_file(&self, number: usize) -> String {
        format!(
            "{number}-{}-{}.eml",
            self.planned_at.format("%A").to_string().to_lowercase(),
            self.planned_at.date_naive()
        )
    }

    /// `1-monday-2027-03-15-correction-1.eml`: of numbers and date alone.
    pub(in crate::report) fn correction_file(&self, number: usize, correction: u32) -> String {
        let day = self.sample_file(number);
        format!("{}-correction-{correction}.eml", day.strip_suffix(".eml").unwrap_or(&day))
    }

    /// Where the messages of each edition stand; those of the plan before the first.
    pub(in crate::report) fn counts(&self) -> Vec<Counts> {
        match self.editions.as_slice() {
            [] => vec![self.status.counts],
            editions => editions.iter().map(|edition| edition.record.counts).collect(),
        }
    }
}
