//! One edition, from the opened ledger to the end of the run. Every sending command comes through here.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::audience::{self, Request};
use crate::app::copies::{DayCopies, key_of};
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::whom::Whom;
use crate::ledger::{Ledger, Recovered};
use crate::model::{Act, AddressKey, RunId};
use crate::report::without_addresses;
use crate::send::{self, Order, Pace, Sending, Stopped};
use crate::transport::TransportSettings;

/// What is to be sent, and to whom.
pub struct Dispatch<'a> {
    /// The week.
    pub week: &'a WeekReady,
    /// The day of it.
    pub day: &'a DayReady,
    /// To whom.
    pub whom: Whom,
    /// Whether a person agreed that the text changed since sending began.
    pub changed_allowed: bool,
    /// Clock, connections, listener and stop signal.
    pub sending: Sending,
}

/// How it ended.
pub struct DayEnd {
    /// The ledger, handed back.
    pub ledger: Box<dyn Ledger>,
    /// The edition.
    pub edition: u32,
    /// Why it stopped early, if it did.
    pub stopped: Option<Stopped>,
    /// Who joined since the edition began and was left out.
    pub joined: usize,
    /// What runs that died had left.
    pub recovered: Recovered,
    /// The part of the audience that the command was about, if not all.
    pub only: Option<Vec<AddressKey>>,
}

/// Sends. The caller holds the ledger's lock.
///
/// # Errors
/// A fault where the command does not fit the ledger; the ledger's errors.
pub async fn dispatch(mut ledger: Box<dyn Ledger>, what: Dispatch<'_>) -> anyhow::Result<DayEnd> {
    let now = what.sending.clock.now();
    let recovered = ledger.recover(now)?;
    let Some(compiled) = &what.day.compiled else { anyhow::bail!("the day cannot be rendered") };
    let request = Request {
        week: what.week,
        day: what.day,
        compiled,
        whom: &what.whom,
        changed_allowed: what.changed_allowed,
        now,
    };
    let opened = audience::open(ledger.as_mut(), &request)?;
    let opted_out = opt_outs(Some(ledger.as_ref()), what.week, what.day)?;
    let copies = DayCopies::new(what.week, what.day, opened.edition, ledger.secret())?.without(opted_out);
    let key = key_of(what.week, what.day);
    let act = |kind: &str, detail: String, at| Act { at, key: Some(key.clone()), kind: kind.to_owned(), detail };
    ledger.record(&act("send-begun", format!("edition {}", opened.edition), now))?;
    let transport = &what.week.settings.transport;
    let order = Order {
        edition: opened.id,
        run: run_id(),
        digest: copies.digest().to_owned(),
        only: opened.only.clone(),
        window_ends: window_ends(what.week, what.day, now),
        connections: transport.pace.connections,
        doubt_window: what.week.settings.ledger.doubt_window(),
        pace: pace(transport),
        at_most: left_today(ledger.as_ref(), transport, now)?,
        copies: Arc::new(copies),
    };
    let clock = Arc::clone(&what.sending.clock);
    let ended = send::run(ledger, order, what.sending).await?;
    let mut ledger = ended.ledger;
    // Acts are hashed one after the other and cannot be scrubbed later, and servers like to repeat an address.
    let stopped = ended.stopped.as_ref();
    let detail = stopped.map_or_else(|| "complete".to_owned(), |stopped| without_addresses(&stopped.reason));
    ledger.record(&act("send-ended", detail, clock.now()))?;
    Ok(DayEnd {
        ledger,
        edition: opened.edition,
        stopped: ended.stopped,
        joined: opened.joined,
        recovered,
        only: opened.only,
    })
}

/// Until the next broadcast of the week is due, at most four days after the day itself was.
pub(crate) fn strict_window(week: &WeekReady, day: &DayReady) -> DateTime<Utc> {
    let latest = day.day.due() + TimeDelta::days(4);
    week.next(&day.day).map_or(latest, |next| next.day.due()).min(latest)
}

/// The window of a run: a day that a person sends late has at least six hours.
fn window_ends(week: &WeekReady, day: &DayReady, now: DateTime<Utc>) -> DateTime<Utc> {
    strict_window(week, day).max(now + TimeDelta::hours(6))
}

fn pace(transport: &TransportSettings) -> Pace {
    transport.pace.rate.map_or_else(Pace::unlimited, |rate| Pace::every(rate.interval()))
}

fn left_today(ledger: &dyn Ledger, transport: &TransportSettings, now: DateTime<Utc>) -> anyhow::Result<Option<usize>> {
    let Some(limit) = transport.pace.daily_limit else { return Ok(None) };
    let used = ledger.handed_over_since(now - TimeDelta::hours(24))?;
    Ok(Some(limit.saturating_sub(used)))
}

/// 64 random bits; a collision would only mix two runs in a log.
fn run_id() -> RunId {
    RunId(format!("{:016x}", getrandom::u64().unwrap_or_default()))
}
