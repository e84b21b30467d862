//! `history [DAY]`: what people and runs did, in the order in which it was recorded.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde::Serialize;

use crate::app::{App, Format, Purpose, WeekReady, prepare};
use crate::exit::Exit;
use crate::model::{ActChain, ChainHead, DayName, RecordedAct, Whereabouts};
use crate::output::{plain, table};
use crate::report::{DayState, act_words, chain_words};

/// Show what people and runs did, in order
///
/// Each act carries a hash over itself and the act before it. weekcast verify checks the whole record.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this day: monday, 2027-03-15, 1, today or next
    day: Option<DayName>,
}

/// `history --format json`.
#[derive(Debug, Serialize)]
struct History<'a> {
    week: &'a str,
    /// Names the ledger; empty where there is none yet.
    ledger: &'a str,
    /// Where the record of all weeks ends.
    head: Option<Head<'a>>,
    acts: Vec<ActLine<'a>>,
}

#[derive(Debug, Serialize)]
struct Head<'a> {
    number: u64,
    hash: &'a str,
}

#[derive(Debug, Serialize)]
struct ActLine<'a> {
    number: u64,
    at: String,
    /// The date of the day; nothing for an act of all weeks.
    date: Option<&'a str>,
    kind: &'a str,
    words: String,
    detail: &'a str,
    /// The hash of the act before, which goes into this one's.
    before: String,
    hash: &'a str,
}

/// Shows it.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Look).readable(&name)?;
    let date = args.day.as_ref().map(|day| date_of(app, &week, day)).transpose()?;
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let chain = ledger.as_deref().map(|ledger| ledger.act_chain()).transpose()?;
    let all = || chain.iter().flat_map(|chain| &chain.acts);
    let of_week = all().filter(|one| one.act.key.as_ref().is_some_and(|key| key.week == name));
    let of_week = of_week.map(|one| (one.number, &one.act));
    let day = date.map(|date| Whereabouts::of(&date, of_week));
    let acts: Vec<&RecordedAct> = all().filter(|one| about(one, &name, day.as_ref())).collect();
    match app.format {
        Format::Json => {
            app.streams.json(&as_json(&name, chain.as_ref(), &acts))?;
        }
        Format::Text => app.streams.out(&as_text(&acts, week.week.timezone))?,
    }
    if let Some(chain) = &chain {
        let end = match chain.fault() {
            None => format!("The record ends with act {}, {}.\n", chain.head.number, chain.head.short()),
            Some(fault) => format!(
                "warning: the record was changed after it was written: {}\n",
                plain(&chain_words(chain, fault, week.week.timezone))
            ),
        };
        app.streams.err(&end);
    }
    Ok(Exit::Done)
}

/// The date of a day by its name.
fn date_of(app: &App, week: &WeekReady, day: &DayName) -> anyhow::Result<String> {
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    let view = crate::app::LedgerView { ledger: ledger.as_deref(), sender_at_work: false };
    let mut sent = Vec::new();
    for ready in &week.days {
        if crate::app::standing(&view, week, ready, false, app.now())?.state == DayState::Sent {
            sent.push(ready.day.number);
        }
    }
    let found = week.day(day, app.now(), &|day: &crate::model::Day| sent.contains(&day.number));
    // A day that was dropped has a history too.
    match (found, week.dropped_day(day, app.now())) {
        (Err(_), Some(dropped)) => Ok(dropped.ready.day.date.to_string()),
        (found, _) => Ok(found?.day.date.to_string()),
    }
}

/// Whether an act is the week's, and the day's where one was named; acts of all weeks are everybody's.
fn about(one: &RecordedAct, week: &str, day: Option<&Whereabouts>) -> bool {
    match &one.act.key {
        Some(key) => key.week == week && day.is_none_or(|day| day.covers(&key.date, one.number)),
        None => day.is_none(),
    }
}

fn as_json<'a>(week: &'a str, chain: Option<&'a ActChain>, acts: &[&'a RecordedAct]) -> History<'a> {
    let line = |one: &&'a RecordedAct| ActLine {
        number: one.number,
        at: one.act.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        date: one.act.key.as_ref().map(|key| key.date.as_str()),
        kind: &one.act.kind,
        words: act_words(&one.act.kind),
        detail: &one.act.detail,
        before: chain.map_or_else(String::new, |chain| before(chain, one.number)),
        hash: &one.hash,
    };
    let head = chain.map(|chain| &chain.head).map(|ChainHead { number, hash }| Head { number: *number, hash });
    let ledger = chain.map_or("", |chain| chain.ledger.as_str());
    History { week, ledger, head, acts: acts.iter().map(line).collect() }
}

fn as_text(acts: &[&RecordedAct], zone: Tz) -> String {
    if acts.is_empty() {
        return "Nothing is on record.\n".to_owned();
    }
    let row = |one: &&RecordedAct| {
        vec![
            one.number.to_string(),
            one.act.at.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string(),
            one.act.key.as_ref().map_or_else(|| "all weeks".to_owned(), |key| key.date.clone()),
            act_words(&one.act.kind),
            one.act.detail.clone(),
            one.hash.chars().take(12).collect(),
        ]
    };
    let rows: Vec<Vec<String>> = acts.iter().map(row).collect();
    table(&["act", "when", "broadcast", "what", "details", "hash"], &rows, None)
}

/// The hash of the act before one; before the first, what the ledger's name begins with.
fn before(chain: &ActChain, number: u64) -> String {
    let found = chain.acts.iter().find(|one| one.number + 1 == number);
    found.map_or_else(|| ChainHead::start(&chain.ledger).hash, |one| one.hash.clone())
}
