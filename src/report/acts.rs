//! The tables of acts: the record as a whole, and doubts that were settled.

use crate::model::RecordedAct;
use crate::report::act_words::{act_words, settles_a_doubt};
use crate::report::foreign_text::without_addresses;
use crate::report::moments::moment;
use crate::report::pack::BoardPack;
use crate::report::table::{Column, Table};

const WORDS: Column = Column::Words;
/// Characters of a hash; as many as of a digest in messages.
const SHORT: usize = 12;

/// Everything that was done, with its number and hash.
pub(in crate::report) fn record(pack: &BoardPack) -> Option<Table> {
    let head = [
        ("Act", Column::Code),
        ("When", WORDS),
        ("Broadcast", WORDS),
        ("What", WORDS),
        ("Details", WORDS),
        ("Hash", Column::Code),
    ];
    let mut table = Table::new("What people and runs did, in order", &head);
    for one in pack.acts() {
        let [when, day, what, details] = cells(pack, one);
        table.row([one.number.to_string(), when, day, what, details, one.hash.chars().take(SHORT).collect()]);
    }
    table.filled()
}

/// How doubts were settled.
pub(in crate::report) fn settled(pack: &BoardPack) -> Option<Table> {
    let head = [("When", WORDS), ("Broadcast", WORDS), ("What", WORDS), ("Details", WORDS)];
    let mut table = Table::new("Doubts that a person settled", &head);
    for one in pack.acts().filter(|one| settles_a_doubt(&one.act.kind)) {
        table.row(cells(pack, one));
    }
    table.filled()
}

fn cells(pack: &BoardPack, one: &RecordedAct) -> [String; 4] {
    let day = one.act.key.as_ref().map_or_else(|| "all weeks".to_owned(), |key| day_name(pack, &key.date));
    [moment(one.act.at, pack.timezone), day, act_words(&one.act.kind), without_addresses(&one.act.detail)]
}

fn day_name(pack: &BoardPack, date: &str) -> String {
    let day = pack.days.iter().find(|day| day.planned_at.date_naive().to_string() == date);
    day.map_or_else(|| date.to_owned(), |day| day.short_date())
}
