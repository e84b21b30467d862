//! Brings the ledger to the point where a correction can run: begins it, or goes on with it.

use chrono::{DateTime, Utc};

use crate::app::audience::{Opened, refuse_opted_out, sent_again};
use crate::app::copies::key_of;
use crate::app::correction::asked::Again;
use crate::app::correction::draft::Draft;
use crate::app::ready::WeekReady;
use crate::ledger::{Ledger, NewEdition, Requeue};
use crate::model::{AddressKey, Mailing, State};

/// Opens it.
///
/// # Errors
/// [`crate::app::Fault`] where somebody is named who opted out; the ledger's.
pub(crate) fn open(
    ledger: &mut dyn Ledger,
    (week, draft): (&WeekReady, &Draft),
    again: &Again,
    now: DateTime<Utc>,
) -> anyhow::Result<Opened> {
    let mailing = Mailing::Correction(draft.number);
    let Some((id, _, rows)) = &draft.begun else {
        let new = new_edition(week, draft, now)?;
        let id = ledger.begin(&new, &draft.joining, now)?;
        return Ok(Opened { id, mailing, only: None, joined: 0 });
    };
    let mut opened = Opened { id: *id, mailing, only: None, joined: 0 };
    match again {
        Again::Nobody => {
            ledger.enrol(*id, &draft.joining, now)?;
        }
        Again::NotAccepted => {
            ledger.enrol(*id, &draft.joining, now)?;
            ledger.requeue(*id, &Requeue::NotAccepted, now)?;
        }
        Again::InDoubt(risk) => {
            if let Some(some) = &risk.only {
                refuse_opted_out(some, &draft.opted_out)?;
            }
            let doubtful = rows.iter().filter(|row| row.state == State::InDoubt).map(|row| row.key.clone());
            // Whoever opted out since stays in doubt: the record must not say that they were left out.
            let keys: Vec<AddressKey> =
                doubtful.filter(|key| draft.opted_out.of(key).is_none() && risk.is_for(key)).collect();
            if !keys.is_empty() {
                ledger.requeue(*id, &Requeue::Only(keys.clone()), now)?;
                let of = format!(" of correction {}", draft.number);
                ledger.record(&sent_again(key_of(week, &draft.day), (keys.len(), &of), risk, now))?;
            }
            opened.only = Some(keys);
        }
    }
    Ok(opened)
}

fn new_edition(week: &WeekReady, draft: &Draft, now: DateTime<Utc>) -> anyhow::Result<NewEdition> {
    let Some(compiled) = &draft.day.compiled else { anyhow::bail!("the correction cannot be rendered") };
    let digest = &compiled.material().digest;
    Ok(NewEdition {
        key: key_of(week, &draft.day),
        edition: draft.original.record.edition,
        correction: Some(draft.number),
        source_file: Some(draft.file.shown.clone()),
        theme: week.theme(&draft.day.day).to_owned(),
        subject: draft.day.subject().unwrap_or_default(),
        digest: digest.hex.clone(),
        parts: digest.parts.clone(),
        due_at: now,
    })
}
