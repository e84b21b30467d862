//! The opt-outs of the ledger, read for a day; and carried over into the ledger of a rehearsal.

use std::collections::HashSet;

use crate::app::context::App;
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::{Ledger, LedgerSettings};
use crate::model::{ListName, Suppression};
use crate::plan::OptOuts;

/// Who must not be mailed on a day; nobody, where there is no ledger yet.
///
/// # Errors
/// The ledger's.
pub(crate) fn opt_outs(ledger: Option<&dyn Ledger>, week: &WeekReady, day: &DayReady) -> anyhow::Result<OptOuts> {
    let Some(ledger) = ledger else { return Ok(OptOuts::none()) };
    let names: Vec<ListName> = day.lists.iter().map(|(name, _)| name.clone()).collect();
    Ok(OptOuts::of_day(ledger.suppressions()?, ledger.secret(), &week.lists, &names))
}

/// How many people of a week's lists get nothing on some day because they opted out; none where the ledger cannot be read,
/// which is for others to say.
#[must_use]
pub fn opted_out_of(app: &App, week: &WeekReady) -> usize {
    let Ok(Some(ledger)) = app.existing_ledger(&week.settings.ledger) else { return 0 };
    let mut people = HashSet::new();
    for day in &week.days {
        let Ok(opt_outs) = opt_outs(Some(ledger.as_ref()), week, day) else { return 0 };
        let keys = day.expansion.recipients.keys();
        people.extend(keys.filter(|key| opt_outs.of(key).is_some()));
    }
    people.len()
}

/// Makes the ledger of a rehearsal hold the opt-outs of the real one, so that the rehearsal leaves out the same people.
/// Returns whom, once for each day.
///
/// # Errors
/// The errors of both ledgers.
pub fn carry_opt_outs(app: &App, week: &WeekReady, rehearsal: &LedgerSettings) -> anyhow::Result<Vec<String>> {
    let Some(real) = app.existing_ledger(&week.settings.ledger)? else { return Ok(Vec::new()) };
    let mut carried: Vec<Suppression> = real.suppressions()?;
    // A pseudonym is worth nothing under another secret.
    carried.retain(|one| !one.key.is_pseudonym());
    let mut known = HashSet::new();
    let mut left_out = Vec::new();
    for day in &week.days {
        let opt_outs = opt_outs(Some(real.as_ref()), week, day)?;
        for recipient in day.expansion.recipients.iter() {
            let key = recipient.address.key();
            let Some(found) = opt_outs.of(&key) else { continue };
            left_out.push(recipient.address.as_str().to_owned());
            if found.key.is_pseudonym() && known.insert(key.clone()) {
                carried.push(Suppression { key, ..found.clone() });
            }
        }
    }
    if !carried.is_empty() {
        app.ledger(rehearsal)?.suppress_all(&carried)?;
    }
    Ok(left_out)
}
