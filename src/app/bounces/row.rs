//! A mail and its recipients as rows for people and scripts.

use crate::app::bounces::collect::Reading;
use crate::bounce::{Kind, Match, RecipientRow, ReportRow, Reported};
use crate::model::reply_words;

/// A mail that was not held against the record.
pub(crate) fn unmatched(reading: &Reading) -> ReportRow {
    let recipients = reading.report.recipients.iter().map(|one| recipient(one, &Match::None)).collect();
    report(reading, recipients, false)
}

/// A mail with its recipients.
pub(crate) fn report(reading: &Reading, recipients: Vec<RecipientRow>, seen_before: bool) -> ReportRow {
    ReportRow {
        file: reading.file.clone(),
        kind: reading.report.kind.word(),
        form: reading.report.form,
        matched: recipients.iter().any(|one| one.matched_by == Some("message_id")),
        seen_before,
        recipients,
    }
}

/// One recipient; what it changed is filled in later.
pub(crate) fn recipient(one: &Reported, found: &Match) -> RecipientRow {
    let edition = found.found().map(|(_, edition)| edition);
    let record = edition.map(|edition| &edition.key);
    RecipientRow {
        address: one.address.clone(),
        original: one.original.clone().filter(|original| Some(original) != one.address.as_ref()),
        status: one.status.map(|status| status.to_string()),
        action: one.action.map(|action| action.word()),
        diagnostic: one.diagnostic.clone(),
        words: words(one),
        matched_by: match found {
            Match::Ours(_) => Some("message_id"),
            Match::Guess(_) => Some("guess"),
            Match::Elsewhere(_) | Match::None => None,
        },
        week: record.map(|key| key.week.clone()),
        date: record.map(|key| key.date.clone()),
        correction: edition.and_then(|edition| edition.correction),
        changed: None,
        note: match found {
            Match::Elsewhere(_) => {
                Some("our message went to another address; it was passed on from there, or the report is forged")
            }
            _ => None,
        },
    }
}

/// What the status means, where the report has one or something to read it from.
pub(crate) fn words(one: &Reported) -> Option<String> {
    let told = one.status.is_some() || one.code.is_some();
    let good = one.status.is_some_and(|status| status.class == 2);
    (told && !good).then(|| reply_words(&one.reply()).meaning.to_owned())
}

/// Whether a kind is about the fate of a message.
pub(crate) fn is_about_delivery(kind: Kind) -> bool {
    matches!(kind, Kind::Bounce | Kind::Delayed | Kind::Delivered)
}
