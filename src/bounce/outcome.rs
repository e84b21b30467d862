//! What a reading came to: the object of `bounces --format json`.

use serde::Serialize;

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Outcome {
    /// Mails read.
    pub read: usize,
    /// Whether anything could change: false with `--dry-run`.
    pub dry_run: bool,
    /// Each mail, in the order of reading.
    pub reports: Vec<ReportRow>,
    /// Addresses that should be left out from now on; a person decides.
    pub proposals: Vec<Proposal>,
    /// Opt-outs that were recorded.
    pub suppressed: Vec<Suppressed>,
    /// Mails that could not be read, in words.
    pub unread: Vec<String>,
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Its file, or its number in the mailbox.
    pub file: String,
    /// Its kind's word.
    pub kind: &'static str,
    /// Whose form it has.
    pub form: &'static str,
    /// Whether at least one recipient was found by the Message-ID.
    pub matched: bool,
    /// Whether it was read at an earlier time, so that it changed nothing now.
    pub seen_before: bool,
    /// Whom it speaks of.
    pub recipients: Vec<RecipientRow>,
}

/// One recipient of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientRow {
    /// As the report writes it.
    pub address: Option<String>,
    /// Where the message was sent to, if it was passed on from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Such as `5.1.1`.
    pub status: Option<String>,
    /// RFC 3464.
    pub action: Option<&'static str>,
    /// The mail system's words.
    pub diagnostic: Option<String>,
    /// What it means.
    pub words: Option<String>,
    /// `message_id`, or `guess`: by the address alone.
    pub matched_by: Option<&'static str>,
    /// The week of the message.
    pub week: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// The number of the correction that came back; none for the broadcast itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<u32>,
    /// What it changed in the record, in words; none if nothing.
    pub changed: Option<&'static str>,
    /// Why it changed nothing, where a person would expect it to.
    pub note: Option<&'static str>,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Who.
    pub address: String,
    /// Why.
    pub reason: String,
    /// What to type.
    pub command: String,
}

/// One opt-out that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// Who.
    pub address: String,
    /// Why.
    pub reason: String,
}
