//! Where each day of a week stands: the object of `status --format json`, which sending commands print at their end too.

use chrono::SecondsFormat;
use serde::Serialize;

use crate::model::{Counts, Day, Delivery, EditionRecord, Held, HeldCorrection, State};

/// `status`: a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekStatus {
    /// The week's name.
    pub week: String,
    /// Its days by date.
    pub broadcasts: Vec<DayStatus>,
}

/// One day of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayStatus {
    /// `monday`.
    pub day: String,
    /// `2027-03-15`.
    pub date: String,
    /// RFC 3339, in the week's zone.
    pub at: String,
    /// What it is about.
    pub theme: String,
    /// The latest edition; 1 before the first.
    pub edition: u32,
    /// Where it stands as a whole.
    pub state: DayState,
    /// Why it is held, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// Why it was dropped from the week, where it was. If sending had begun before, the state says how far it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
    /// Digest of the edition, or of what would be sent now.
    pub digest: Option<String>,
    /// How many deliveries stand where.
    pub counts: Counts,
    /// Every delivery, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<Vec<DeliveryStatus>>,
    /// What was put right afterwards, in order.
    pub corrections: Vec<CorrectionStatus>,
}

/// A correction of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionStatus {
    /// From 1.
    pub number: u32,
    /// The edition that it corrects.
    pub edition: u32,
    /// Its subject.
    pub subject: String,
    /// Digest, hex.
    pub digest: String,
    /// When it began, RFC 3339.
    pub begun_at: String,
    /// The officer's file that it was made from, relative to the project folder where it lies there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// `sending`, `sent`, `held` or `incomplete`.
    pub state: DayState,
    /// Why `run` does not go on with it, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldCorrection>,
    /// How many deliveries stand where.
    pub counts: Counts,
    /// Every delivery, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<Vec<DeliveryStatus>>,
}

/// One recipient's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryStatus {
    /// As sent.
    pub address: String,
    /// Its state's word.
    pub state: &'static str,
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// The last reply, or the reason in words.
    pub reply: Option<String>,
    /// Attempts charged.
    pub attempts: u32,
    /// Last change, RFC 3339.
    pub at: String,
    /// When it was sent back after acceptance, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounced_at: Option<String>,
}

/// A day as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Not begun.
    Planned,
    /// Not begun, signed off.
    SignedOff,
    /// A run is at it now.
    Sending,
    /// Everybody who should have it was accepted by the server.
    Sent,
    /// Its time has come and nothing was sent: a person decides.
    Held,
    /// Taken out of the week.
    Dropped,
    /// Begun, and something is open, refused or in doubt.
    Incomplete,
}

impl DayState {
    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::SignedOff => "signed off",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Held => "held",
            Self::Dropped => "dropped",
            Self::Incomplete => "incomplete",
        }
    }
}

/// What is known of a day beside the ledger.
pub struct DayFacts<'a> {
    /// When.
    pub day: &'a Day,
    /// What it is about, today.
    pub theme: &'a str,
    /// Digest of what would be sent now, if it can be rendered.
    pub digest: Option<&'a str>,
    /// Why it is held, if it is.
    pub held: Option<Held>,
    /// Why it was dropped, if it was.
    pub dropped: Option<&'a str>,
    /// Recipients, today; counts of a day that has not begun.
    pub due: usize,
    /// Suppressed, today.
    pub suppressed: usize,
    /// Those of them who were forgotten.
    pub forgotten: usize,
    /// Whether somebody holds the ledger's lock.
    pub sender_at_work: bool,
    /// Whether the people who must have signed off have.
    pub signed_off: bool,
    /// Its corrections.
    pub corrections: Vec<CorrectionStatus>,
}

/// The status of one day, from its latest edition if it has begun.
#[must_use]
pub fn day_status(facts: DayFacts<'_>, edition: Option<&EditionRecord>, deliveries: Option<&[Delivery]>) -> DayStatus {
    let DayFacts { due, suppressed, forgotten, .. } = facts;
    let planned = Counts { due, suppressed, forgotten, ..Counts::default() };
    let counts = edition.map_or(planned, |edition| edition.counts);
    let state = state(&facts, edition.map(|edition| &edition.counts));
    DayStatus {
        day: facts.day.weekday().to_owned(),
        date: facts.day.date.to_string(),
        at: facts.day.at.to_rfc3339_opts(SecondsFormat::Secs, false),
        theme: edition.map_or(facts.theme, |edition| edition.theme.as_str()).to_owned(),
        edition: edition.map_or(1, |edition| edition.edition),
        state,
        held: facts.held.filter(|_| state == DayState::Held),
        dropped: facts.dropped.map(str::to_owned),
        digest: edition.map(|edition| edition.digest.clone()).or_else(|| facts.digest.map(str::to_owned)),
        counts,
        deliveries: deliveries.map(|all| all.iter().map(delivery_status).collect()),
        corrections: facts.corrections,
    }
}

/// The status of a correction, by its number.
#[must_use]
pub fn correction_status(
    (number, record): (u32, &EditionRecord),
    deliveries: Option<&[Delivery]>,
    sender_at_work: bool,
) -> CorrectionStatus {
    CorrectionStatus {
        number,
        edition: record.edition,
        subject: record.subject.clone(),
        digest: record.digest.clone(),
        begun_at: record.begun_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        file: record.source_file.clone(),
        state: begun(&record.counts, sender_at_work),
        held: None,
        counts: record.counts,
        deliveries: deliveries.map(|all| all.iter().map(delivery_status).collect()),
    }
}

impl CorrectionStatus {
    /// The same, held for a reason.
    #[must_use]
    pub fn held(self, reason: HeldCorrection) -> Self {
        Self { state: DayState::Held, held: Some(reason), ..self }
    }

    /// Whether somebody is still to get it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.counts.due + self.counts.deferred > 0
    }
}

fn state(facts: &DayFacts<'_>, counts: Option<&Counts>) -> DayState {
    match counts {
        None if facts.dropped.is_some() => DayState::Dropped,
        None if facts.held.is_some() => DayState::Held,
        None if facts.signed_off => DayState::SignedOff,
        None => DayState::Planned,
        Some(_) if facts.held.is_some() => DayState::Held,
        Some(counts) => begun(counts, facts.sender_at_work),
    }
}

fn begun(counts: &Counts, sender_at_work: bool) -> DayState {
    if counts.accepted + counts.suppressed + counts.skipped == counts.total() {
        DayState::Sent
    } else if counts.due > 0 && sender_at_work {
        DayState::Sending
    } else {
        DayState::Incomplete
    }
}

fn delivery_status(delivery: &Delivery) -> DeliveryStatus {
    let reply = match (&delivery.note, &delivery.reply) {
        (Some(note), _) if delivery.state == State::InDoubt || delivery.bounced_at.is_some() => Some(note.clone()),
        (_, Some(reply)) => Some(reply.to_string()),
        (note, None) => note.clone(),
    };
    DeliveryStatus {
        address: delivery.address.clone(),
        state: delivery.state.word(),
        message_id: delivery.message_id.clone(),
        reply,
        attempts: delivery.attempts,
        at: delivery.changed_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        bounced_at: delivery.bounced_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
    }
}
