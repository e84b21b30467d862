//! One person's copy of a correction that went out, made again from the officer's file, for the board pack.

use std::sync::Arc;

use crate::app::context::App;
use crate::app::copies::DayCopies;
use crate::app::correction::content::content;
use crate::app::correction::file;
use crate::app::correction::people::recipients;
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::Ledger;
use crate::model::{Delivery, EditionRecord, Findings, State};
use crate::report::SampleCopy;

/// The first accepted copy, if the file still says what went out.
///
/// # Errors
/// When the message cannot be composed.
pub(crate) fn sample(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    (record, deliveries): (&EditionRecord, &[Delivery]),
    (ledger, original): (&dyn Ledger, &EditionRecord),
) -> anyhow::Result<Option<SampleCopy>> {
    let Some(path) = &record.source_file else { return Ok(None) };
    let file = file::recorded(&app.project, path);
    let Some(content) = content(app, (week, day), (&file, original), &mut Findings::new()) else { return Ok(None) };
    if content.compiled.material().digest.hex != record.digest {
        return Ok(None);
    }
    let accepted = deliveries.iter().find(|row| row.state == State::Accepted && !row.key.is_pseudonym());
    let Some((row, id, date)) = accepted.and_then(|row| Some((row, row.message_id.as_deref()?, row.date?))) else {
        return Ok(None);
    };
    let (people, _) = recipients(day, std::iter::once(row.address.as_str()));
    let Some(recipient) = people.recipients.first() else { return Ok(None) };
    let day = DayReady {
        day: day.day.clone(),
        lists: day.lists.clone(),
        expansion: Arc::new(people),
        compiled: Some(Arc::new(content.compiled)),
    };
    let copies = DayCopies::new(week, &day, record.mailing(), ledger.secret())?;
    // A field that was known then may be unknown now: then there is no copy to show.
    let made = copies.reply(&recipient, (id, date), row.in_reply_to.as_deref());
    Ok(made.ok().map(|message| SampleCopy { of: recipient.address.to_string(), eml: message.bytes }))
}
