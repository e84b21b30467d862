//! One mailing, from the opened ledger to the end of the run. Every sending command comes through here.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::audience::{self, Opened, Request};
use crate::app::copies::{DayCopies, key_of};
use crate::app::missing::at_the_end;
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::shelf::put_large_lists;
use crate::app::whom::Whom;
use crate::ledger::{EditionId, Ledger, Recovered};
use crate::model::{Act, AddressKey, Counts, Mailing, RunId};
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
    /// The folder in which large lists lie while they are sent to; without one they stay in memory.
    pub shelves: Option<PathBuf>,
}

/// How it ended.
pub struct DayEnd {
    /// The ledger, handed back.
    pub ledger: Box<dyn Ledger>,
    /// Which mailing of the day.
    pub mailing: Mailing,
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
    let copies = DayCopies::new(what.week, what.day, opened.mailing, ledger.secret())?.without(opted_out);
    // From here on, nobody is asked for but the next whose message is made.
    if let Some(folder) = &what.shelves {
        put_large_lists(what.week, folder);
    }
    let road = Road {
        week: what.week,
        day: what.day,
        copies,
        window_ends: window_ends(what.week, what.day, now),
        connections: what.week.settings.transport.pace.connections,
        at_most: left_today(ledger.as_ref(), &what.week.settings.transport, now)?,
        acts: if matches!(what.whom, Whom::Due) { "send" } else { "resend" },
        what: format!("edition {}", opened.mailing),
    };
    go(ledger, (opened, recovered), road, what.sending).await
}

/// What a mailing needs on its way.
pub(crate) struct Road<'a> {
    pub(crate) week: &'a WeekReady,
    pub(crate) day: &'a DayReady,
    pub(crate) copies: DayCopies,
    pub(crate) window_ends: DateTime<Utc>,
    pub(crate) connections: usize,
    /// Most messages that the run may hand over.
    pub(crate) at_most: Option<usize>,
    /// The acts that it leaves are this and `-begun`, this and `-ended`.
    pub(crate) acts: &'static str,
    /// What was begun, in words.
    pub(crate) what: String,
}

/// The one way to the server.
pub(crate) async fn go(
    mut ledger: Box<dyn Ledger>,
    (opened, recovered): (Opened, Recovered),
    road: Road<'_>,
    sending: Sending,
) -> anyhow::Result<DayEnd> {
    let clock = Arc::clone(&sending.clock);
    let key = key_of(road.week, road.day);
    let act = |end: &str, detail: String| Act {
        at: clock.now(),
        key: Some(key.clone()),
        kind: format!("{}-{end}", road.acts),
        detail,
    };
    ledger.record(&act("begun", road.what.clone()))?;
    let transport = &road.week.settings.transport;
    let order = Order {
        edition: opened.id,
        run: run_id(),
        digest: road.copies.digest().to_owned(),
        only: opened.only.clone(),
        window_ends: road.window_ends,
        connections: road.connections,
        doubt_window: road.week.settings.ledger.doubt_window(),
        pace: pace(transport),
        at_most: road.at_most,
        copies: Arc::new(road.copies),
    };
    let ended = send::run(ledger, order, sending).await?;
    let mut ledger = ended.ledger;
    // Acts are hashed one after the other and cannot be scrubbed later, and servers like to repeat an address.
    let stopped = ended.stopped.as_ref();
    let detail = match stopped {
        Some(stopped) => without_addresses(&stopped.reason),
        None => at_the_end(&counts_of(ledger.as_ref(), &key.week, opened.id)?),
    };
    ledger.record(&act("ended", detail))?;
    Ok(DayEnd {
        ledger,
        mailing: opened.mailing,
        stopped: ended.stopped,
        joined: opened.joined,
        recovered,
        only: opened.only,
    })
}

fn counts_of(ledger: &dyn Ledger, week: &str, id: EditionId) -> anyhow::Result<Counts> {
    let editions = ledger.editions(Some(week))?;
    Ok(editions.into_iter().find(|(one, _)| *one == id).map_or_else(Counts::default, |(_, record)| record.counts))
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

/// What the server's daily limit leaves.
pub(crate) fn left_today(
    ledger: &dyn Ledger,
    transport: &TransportSettings,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<usize>> {
    let Some(limit) = transport.pace.daily_limit else { return Ok(None) };
    let used = ledger.handed_over_since(now - TimeDelta::hours(24))?;
    Ok(Some(limit.saturating_sub(used)))
}

/// 64 random bits; a collision would only mix two runs in a log.
fn run_id() -> RunId {
    RunId(format!("{:016x}", getrandom::u64().unwrap_or_default()))
}
