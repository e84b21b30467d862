//! Going on without a person with a correction that one began: its own people, its own text, or not at all.

use chrono::{DateTime, Utc};

use crate::app::audience;
use crate::app::context::App;
use crate::app::correction::asked::{Again, CorrectionAsked, Which};
use crate::app::correction::correct::{WINDOW, run};
use crate::app::correction::draft::{Draft, made};
use crate::app::correction::open::open;
use crate::app::dispatch::DayEnd;
use crate::app::fault::Fault;
use crate::app::question::Confirm;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::app::waits::only_in_folder;
use crate::exit::Exit;
use crate::ledger::{EditionId, Ledger};
use crate::model::{DayName, EditionRecord, HeldCorrection};
use crate::report::DayStatus;
use crate::send::Sending;

/// A correction that has begun and that somebody is still to get.
pub(crate) struct Begun {
    pub(crate) number: u32,
    pub(crate) id: EditionId,
    pub(crate) record: EditionRecord,
}

impl Begun {
    /// When its window ends.
    pub(crate) fn window_ends(&self) -> DateTime<Utc> {
        self.record.begun_at + WINDOW
    }

    /// The officer's file, as the record calls it.
    pub(crate) fn file(&self) -> &str {
        self.record.source_file.as_deref().unwrap_or("FILE")
    }
}

/// The correction of a day that is to be gone on with. Behind a later correction or a later edition it is not: these went
/// to the same people since, and an earlier word must not come after a later one by itself.
///
/// # Errors
/// The ledger's.
pub(crate) fn begun(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Option<Begun>> {
    let mailings = audience::mailings(ledger, week, day)?;
    let Some((_, latest)) = audience::latest_of(&mailings) else { return Ok(None) };
    let Some((number, id, record)) = audience::corrections_of(mailings).pop() else { return Ok(None) };
    let is_open = record.counts.due + record.counts.deferred > 0 && record.purged_at.is_none();
    // What lies in the outbox only is the day's own trouble, and is said of the day.
    if !is_open || record.edition != latest.edition || only_in_folder(ledger, week, day)? {
        return Ok(None);
    }
    Ok(Some(Begun { number, id, record }))
}

/// Why it cannot go on by itself, if it cannot.
///
/// # Errors
/// The ledger's.
pub(crate) fn why_held(
    app: &App,
    of: (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    begun: &Begun,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<HeldCorrection>> {
    if now > begun.window_ends() {
        return Ok(Some(HeldCorrection::WindowOver));
    }
    Ok(as_begun(app, of, ledger, begun.number)?.err())
}

/// It, made again from its file, with the text that it began with.
fn as_begun(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    number: u32,
) -> anyhow::Result<Result<Draft, HeldCorrection>> {
    let asked = CorrectionAsked {
        day: &DayName::Date(day.day.date),
        which: Which::Begun(number),
        in_doubt: false,
        again: Again::Nobody,
        changed_allowed: false,
        by: &[],
        confirm: Confirm::Given,
        undo_window: false,
        over_days: true,
        dry_run: false,
    };
    match made(app, (week, day), ledger, &asked, &mut Vec::new()) {
        // Who turned out to have the original since joins when a person gives the command.
        Ok(draft) => Ok(Ok(Draft { joining: Vec::new(), ..draft })),
        Err(error) => match error.downcast_ref::<Fault>().map(|fault| fault.exit) {
            Some(Exit::NoInput) => Ok(Err(HeldCorrection::FileMissing)),
            Some(Exit::Held) => Ok(Err(HeldCorrection::TextChanged)),
            Some(_) => Ok(Err(HeldCorrection::Faulty)),
            None => Err(error),
        },
    }
}

/// Goes on with it; how the day stands then, and how the run ended. `None` where there is nothing to go on with any more: it
/// was changed, settled or ended since somebody looked.
///
/// # Errors
/// `Held` when another sender has the ledger; the ledger's.
pub(crate) async fn go_on(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    sending: Sending,
) -> anyhow::Result<Option<(DayStatus, DayEnd)>> {
    let (lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
    let Some(begun) = begun(ledger.as_ref(), week, day)? else { return Ok(None) };
    let recovered = ledger.recover(app.now())?;
    let Ok(draft) = as_begun(app, (week, day), ledger.as_ref(), begun.number)? else { return Ok(None) };
    let opened = open(ledger.as_mut(), (week, &draft), &Again::Nobody, app.now())?;
    let mut end = run(ledger, (week, &draft), (opened, recovered), sending).await?;
    lock.guard(end.ledger.as_mut())?;
    let view = LedgerView { ledger: Some(end.ledger.as_ref()), sender_at_work: false };
    let status = standing(&view, week, day, false, app.now())?;
    Ok(Some((status, end)))
}
