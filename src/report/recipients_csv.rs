//! `recipients.csv`: a row for each delivery. Personal data, and the only place where the server's own words stand.

use chrono_tz::Tz;

use crate::model::{Delivery, State, reply_words};
use crate::report::days_csv::stamp;
use crate::report::error::ReportError;
use crate::report::outcomes::state_words;
use crate::report::pack::{BoardPack, PackDay};
use crate::spreadsheet::csv_file;

/// Its name.
pub(in crate::report) const RECIPIENTS_CSV: &str = "recipients.csv";

const HEAD: [&str; 15] = [
    "day",
    "date",
    "edition",
    "address",
    "state",
    "state_in_words",
    "code",
    "code_in_words",
    "reply",
    "note",
    "attempts",
    "message_id",
    "changed_at",
    "next_at",
    "bounced_at",
];

/// In place of the words of an accepted one.
const IN_FOLDER: &str = "written to the outbox and sent to nobody";

/// The file's content, in the order of days, editions and lists; corrections follow the editions of their day.
///
/// # Errors
/// [`ReportError::Table`].
pub(in crate::report) fn recipients_csv(pack: &BoardPack) -> Result<Vec<u8>, ReportError> {
    let mut rows = Vec::new();
    for day in &pack.days {
        let corrections = day.corrections.iter().map(|one| &one.mailing);
        for edition in day.editions.iter().chain(corrections) {
            let number = edition.record.mailing().to_string();
            rows.extend(edition.deliveries.iter().map(|delivery| row(day, &number, delivery, pack.timezone)));
        }
    }
    csv_file(&HEAD, &rows).map_err(|cause| ReportError::Table { file: RECIPIENTS_CSV, cause })
}

fn row(day: &PackDay, edition: &str, delivery: &Delivery, zone: Tz) -> Vec<String> {
    let reply = delivery.reply.as_ref();
    let code = reply.map(|reply| reply.enhanced().map_or_else(|| reply.code.to_string(), |status| status.to_string()));
    // An accepted one needs no explanation.
    let explained = reply.filter(|_| delivery.state != State::Accepted).map(|reply| reply_words(reply).meaning);
    vec![
        day.planned_at.format("%A").to_string(),
        day.planned_at.date_naive().to_string(),
        edition.to_owned(),
        delivery.address.clone(),
        delivery.state.word().to_owned(),
        if delivery.is_only_in_folder() { IN_FOLDER } else { state_words(delivery.state) }.to_owned(),
        code.unwrap_or_default(),
        explained.unwrap_or_default().to_owned(),
        reply.map(ToString::to_string).unwrap_or_default(),
        delivery.note.clone().unwrap_or_default(),
        delivery.attempts.to_string(),
        delivery.message_id.clone().unwrap_or_default(),
        stamp(Some(delivery.changed_at), zone),
        stamp(delivery.next_at, zone),
        stamp(delivery.bounced_at, zone),
    ]
}
