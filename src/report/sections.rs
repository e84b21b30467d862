//! The tables of words: when, why not, doubts, held days, allowed findings.

use chrono::Utc;

use crate::model::{RecordedAct, State, Whereabouts, capitalised, grouped, list_of};
use crate::report::moments::{against_plan, clock, moment};
use crate::report::outcomes::state_words;
use crate::report::pack::BoardPack;
use crate::report::reasons::{Reason, reasons};
use crate::report::status::DayState;
use crate::report::table::{Column, Table};

const WORDS: Column = Column::Words;

/// Planned against actual.
pub(in crate::report) fn timeline(pack: &BoardPack) -> Table {
    let head =
        [("Day", WORDS), ("Theme", WORDS), ("Planned", WORDS), ("Began", WORDS), ("Ended", WORDS), ("State", WORDS)];
    let mut table = Table::new("Planned and actual times", &head);
    for day in &pack.days {
        let planned = day.planned_at.format("%H:%M").to_string();
        let state = day.status.state.words().to_owned();
        if day.editions.is_empty() {
            let words = ["not begun".to_owned(), "not begun".to_owned()];
            let [began, ended] = words;
            table.row([day.short_date(), day.status.theme.clone(), planned.clone(), began, ended, state.clone()]);
        }
        for (index, edition) in day.editions.iter().enumerate() {
            let began = clock(edition.record.begun_at, day.planned_at);
            // A later edition was planned by nobody; comparing it with the plan would be unfair.
            let (name, planned, began) = match index {
                0 => (
                    day.short_date(),
                    planned.clone(),
                    format!("{began} ({})", against_plan(day.planned_at, edition.record.begun_at)),
                ),
                _ => (
                    format!("{}, edition {}", day.short_date(), edition.record.edition),
                    "not planned".to_owned(),
                    began,
                ),
            };
            let ended = edition.ended_at.map_or_else(|| "not ended".to_owned(), |at| clock(at, day.planned_at));
            table.row([name, edition.record.theme.clone(), planned, began, ended, state.clone()]);
        }
    }
    table
}

/// Why messages were not accepted.
pub(in crate::report) fn not_accepted(pack: &BoardPack) -> Option<Table> {
    let head = [
        ("What the code means", WORDS),
        ("Code", Column::Code),
        ("Messages", Column::Number),
        ("State", WORDS),
        ("Days", WORDS),
        ("What to do", WORDS),
    ];
    let mut table = Table::new("Messages that the mail server did not accept, by reason", &head);
    for reason in reasons(pack, &[State::Refused, State::Expired, State::Deferred]) {
        let days = dates(pack, &reason);
        table.row([
            capitalised(&reason.meaning),
            reason.code.unwrap_or_else(|| "no reply".to_owned()),
            grouped(reason.count),
            state_words(reason.state).to_owned(),
            days,
            reason.remedy,
        ]);
    }
    table.filled()
}

/// What is in doubt still.
pub(in crate::report) fn doubts(pack: &BoardPack) -> Option<Table> {
    let head = [("Why it is not known", WORDS), ("Messages", Column::Number), ("Days", WORDS)];
    let mut table = Table::new("Messages still in doubt", &head);
    for reason in reasons(pack, &[State::InDoubt]) {
        let days = dates(pack, &reason);
        table.row([capitalised(&reason.meaning), grouped(reason.count), days]);
    }
    table.filled()
}

/// Days that were held, now or once.
pub(in crate::report) fn held(pack: &BoardPack) -> Option<Table> {
    let head = [("Day", WORDS), ("Theme", WORDS), ("Planned", WORDS), ("What became of it", WORDS)];
    let mut table = Table::new("Days that were held", &head);
    for day in &pack.days {
        let planned = day.planned_at.with_timezone(&Utc);
        let date = day.planned_at.date_naive().to_string();
        // A day that was held may have been moved since.
        let whereabouts = Whereabouts::of(&date, pack.acts().map(|one| (one.number, &one.act)));
        let own = |one: &RecordedAct| one.act.key.as_ref().is_some_and(|key| whereabouts.covers(&key.date, one.number));
        let held = pack.acts().any(|one| one.act.kind == "held" && own(one));
        let became = match (day.status.state, day.editions.first()) {
            (DayState::Held, _) => "not sent; a person decides".to_owned(),
            (_, Some(edition)) if held => format!("sent {}", moment(edition.record.begun_at, pack.timezone)),
            (_, None) if held => "not sent so far".to_owned(),
            _ => continue,
        };
        table.row([day.short_date(), day.status.theme.clone(), moment(planned, pack.timezone), became]);
    }
    table.filled()
}

/// Days that were taken out of the week, and when that was decided.
pub(in crate::report) fn dropped(pack: &BoardPack) -> Option<Table> {
    let head = [("Day", WORDS), ("Theme", WORDS), ("Why it was dropped", WORDS), ("Decided", WORDS)];
    let mut table = Table::new("Broadcasts that were dropped", &head);
    for day in &pack.dropped {
        let date = day.planned_at.date_naive().to_string();
        let acts = pack.acts().map(|one| &one.act).filter(|act| act.kind == "dropped");
        let decided = acts.filter(|act| act.key.as_ref().is_some_and(|key| key.date == date)).last();
        table.row([
            day.planned_at.format("%A %-d %B").to_string(),
            day.theme.clone(),
            day.reason.clone(),
            decided.map_or_else(
                || "not on record: it was written into the file".to_owned(),
                |act| moment(act.at, pack.timezone),
            ),
        ]);
    }
    table.filled()
}

/// Findings that were allowed.
pub(in crate::report) fn allowed(pack: &BoardPack) -> Option<Table> {
    let head =
        [("Rule", Column::Code), ("Why it is a rule", WORDS), ("Found", Column::Number), ("Why it is allowed", WORDS)];
    let mut table = Table::new("Findings of the checks that were allowed", &head);
    for allowed in &pack.allowed {
        let found = if allowed.count == 0 { "0, not needed".to_owned() } else { grouped(allowed.count) };
        table.row([allowed.rule.clone(), capitalised(&allowed.why), found, allowed.reason.clone()]);
    }
    table.filled()
}

/// `Mon 15 Mar and Tue 16 Mar`.
fn dates(pack: &BoardPack, reason: &Reason) -> String {
    let name = |index: &usize| pack.days.get(*index).map(|day| day.planned_at.format("%a %-d %b").to_string());
    list_of(&reason.days.iter().filter_map(name).collect::<Vec<_>>())
}
