//! How the days of a week stand: the ledger's rows beside the week as it is today.

use chrono::{DateTime, Utc};

use crate::app::audience;
use crate::app::context::App;
use crate::app::enrolled::enrolments;
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::SignOffs;
use crate::app::waits::held_at;
use crate::ledger::{Ledger, Lock};
use crate::model::State;
use crate::report::{CorrectionStatus, DayFacts, DayStatus, correction_status, day_status};

/// The ledger, if there is one, and whether somebody is sending from it.
pub struct LedgerView<'a> {
    /// The ledger.
    pub ledger: Option<&'a dyn Ledger>,
    /// Whether another process holds the lock.
    pub sender_at_work: bool,
}

impl LedgerView<'_> {
    /// Whether another process holds the sender's lock now.
    #[must_use]
    pub fn is_held(app: &App, week: &WeekReady) -> bool {
        week.settings.ledger.path(app.project.root()).is_ok_and(|path| Lock::is_held(&path))
    }
}

/// One day's status, with every delivery where `recipients` asks for it.
///
/// # Errors
/// The ledger's.
pub fn standing(
    view: &LedgerView<'_>,
    week: &WeekReady,
    day: &DayReady,
    recipients: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<DayStatus> {
    let (edition, deliveries, corrections) = match view.ledger {
        None => (None, None, Vec::new()),
        Some(ledger) => {
            let mailings = audience::mailings(ledger, week, day)?;
            let edition = audience::latest_of(&mailings);
            let wanted = edition.as_ref().filter(|_| recipients);
            let deliveries = wanted.map(|(id, _)| ledger.deliveries(*id)).transpose()?;
            let corrections = corrections(ledger, mailings, (recipients, view.sender_at_work))?;
            (edition.map(|(_, record)| record), deliveries, corrections)
        }
    };
    let dropped = week.dropped.iter().find(|one| one.ready.day.index == day.day.index);
    let opted_out = opt_outs(view.ledger, week, day)?;
    let audience = enrolments(&day.expansion, &opted_out).filter(|one| one.state == State::Suppressed);
    let (suppressed, forgotten) =
        audience.fold((0, 0), |(all, forgotten), one| (all + 1, forgotten + usize::from(one.key.is_pseudonym())));
    let facts = DayFacts {
        day: &day.day,
        theme: week.theme(&day.day),
        digest: day.compiled.as_ref().map(|compiled| compiled.material().digest.hex.as_str()),
        held: held_at(view.ledger, week, day, now)?,
        dropped: dropped.map(|one| one.why()),
        due: day.expansion.recipients.len() - suppressed,
        suppressed,
        forgotten,
        sender_at_work: view.sender_at_work,
        signed_off: week.week.sign_off > 0 && SignOffs::of(view.ledger, week, day)?.is_enough(),
        corrections,
    };
    let deliveries = if recipients { Some(deliveries.unwrap_or_default()) } else { None };
    Ok(day_status(facts, edition.as_ref(), deliveries.as_deref()))
}

/// The corrections of a day, in order.
fn corrections(
    ledger: &dyn Ledger,
    mailings: Vec<audience::Recorded>,
    (recipients, sender_at_work): (bool, bool),
) -> anyhow::Result<Vec<CorrectionStatus>> {
    let mut all = Vec::new();
    for (number, id, record) in audience::corrections_of(mailings) {
        let deliveries = recipients.then(|| ledger.deliveries(id)).transpose()?;
        all.push(correction_status((number, &record), deliveries.as_deref(), sender_at_work));
    }
    Ok(all)
}
