//! What was put right afterwards: a row for each correction. Their messages are counted here, and in no other figure.

use crate::model::{EditionRecord, grouped};
use crate::report::moments::clock;
use crate::report::pack::BoardPack;
use crate::report::table::{Column, Table};

/// The corrections of a week.
pub(in crate::report) fn corrections(pack: &BoardPack) -> Option<Table> {
    let head = [
        ("Broadcast", Column::Words),
        ("Correction", Column::Words),
        ("Began", Column::Words),
        ("Messages", Column::Number),
        ("Accepted by the mail server", Column::Number),
        ("Sent back later", Column::Spare),
        ("Refused", Column::Number),
        ("In doubt", Column::Number),
        ("Not sent, or not yet", Column::Spare),
    ];
    let mut table = Table::new("Corrections, to those who got the original", &head);
    for day in &pack.days {
        for correction in &day.corrections {
            let record = &correction.mailing.record;
            let name = format!("{}: {}", correction.number, record.subject);
            let mut row = vec![original(&day.short_date(), record), name, clock(record.begun_at, day.planned_at)];
            let counts = &record.counts;
            let known = counts.accepted + counts.refused + counts.in_doubt;
            let numbers = [
                counts.total(),
                counts.accepted,
                counts.bounced,
                counts.refused,
                counts.in_doubt,
                counts.total() - known,
            ];
            row.extend(numbers.map(grouped));
            table.row(row);
        }
    }
    table.filled()
}

/// The broadcast that is corrected, with its edition where it was not the first.
fn original(date: &str, record: &EditionRecord) -> String {
    if record.edition == 1 { date.to_owned() } else { format!("{date}, edition {}", record.edition) }
}
