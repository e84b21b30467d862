//! Gathers what the board pack shows: the week as it is, and everything that the ledger remembers of it.

use std::collections::HashMap;

use crate::app::audience;
use crate::app::context::App;
use crate::app::copies::{DayCopies, key_of};
use crate::app::correction;
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::own_sign_offs;
use crate::app::standing::{LedgerView, standing};
use crate::ledger::Ledger;
use crate::lint::Allowed;
use crate::model::{AddressKey, Counts, Delivery, Kind, ListName, Mailing, Recipient};
use crate::plan::OptOuts;
use crate::report::{
    AllowedFinding, BoardPack, PackCorrection, PackDay, PackDropped, PackEdition, PackList, SampleCopy,
};
use crate::send::Copies as _;
use crate::transport::Destination;

/// The board pack of a week.
///
/// # Errors
/// The ledger's; a message that cannot be composed.
pub fn board_pack(
    app: &App,
    week: &WeekReady,
    allowed: &[Allowed],
    ledger: Option<&dyn Ledger>,
) -> anyhow::Result<BoardPack> {
    let mut days = Vec::new();
    for day in &week.days {
        days.push(pack_day(app, week, day, ledger)?);
    }
    let mut dropped = Vec::new();
    for one in &week.dropped {
        let day = pack_day(app, week, &one.ready, ledger)?;
        // What had gone out before stays in the report, whatever the file says now.
        if day.editions.is_empty() {
            dropped.push(PackDropped {
                planned_at: day.planned_at,
                theme: day.status.theme,
                reason: one.why().to_owned(),
            });
        } else {
            days.push(day);
        }
    }
    days.sort_by_key(|day| day.planned_at);
    let signature = week.week.signature.as_ref().and_then(|signature| signature.organisation.as_ref());
    let organisation = week.settings.organisation.name.clone();
    Ok(BoardPack {
        week_title: week.week.title.value().to_owned(),
        week_name: week.week.name.clone(),
        organisation: organisation.or_else(|| signature.map(|text| text.value().to_owned())),
        outbox: match &week.settings.transport.destination {
            Destination::Outbox { folder } => Some(folder.clone()),
            Destination::Smtp(_) => None,
        },
        timezone: week.week.timezone,
        made_at: app.now().with_timezone(&week.week.timezone),
        days,
        dropped,
        record: ledger.map(|ledger| ledger.act_chain()).transpose()?,
        allowed: allowed
            .iter()
            .map(|one| AllowedFinding {
                rule: one.rule.clone(),
                why: one.why.to_owned(),
                reason: one.reason.clone(),
                count: one.count,
            })
            .collect(),
    })
}

fn pack_day(app: &App, week: &WeekReady, day: &DayReady, ledger: Option<&dyn Ledger>) -> anyhow::Result<PackDay> {
    let view = LedgerView { ledger, sender_at_work: LedgerView::is_held(app, week) };
    let status = standing(&view, week, day, false, app.now())?;
    let mailings = ledger.map(|ledger| mailings(ledger, week, day)).transpose()?.unwrap_or_default();
    let (editions, corrections): (Vec<_>, Vec<_>) = mailings.into_iter().partition(|one| one.record.is_broadcast());
    let corrections = ledger.map(|ledger| self::corrections(app, (week, day), ledger, corrections, &editions));
    let begun = editions.last().map(|edition| edition.record.subject.clone());
    let subject = begun.or_else(|| day.subject()).unwrap_or_default();
    let lists = lists(week, day, editions.last());
    let sample = sample(week, day, editions.last(), ledger)?;
    let key = key_of(week, day);
    let sign_offs = ledger.map(|ledger| own_sign_offs(ledger, &key)).transpose()?.unwrap_or_default();
    let corrections = corrections.transpose()?.unwrap_or_default();
    Ok(PackDay { status, planned_at: day.day.at, subject, editions, corrections, lists, sign_offs, sample })
}

/// Each correction with one person's copy, made from the file that it was made from.
fn corrections(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    corrections: Vec<PackEdition>,
    editions: &[PackEdition],
) -> anyhow::Result<Vec<PackCorrection>> {
    let mut all = Vec::new();
    for mailing in corrections {
        let Some(number) = mailing.record.correction else { continue };
        let original = editions.iter().find(|one| one.record.edition == mailing.record.edition);
        let sample = match original {
            Some(original) => {
                let of = (&mailing.record, mailing.deliveries.as_slice());
                correction::sample(app, (week, day), of, (ledger, &original.record))?
            }
            None => None,
        };
        all.push(PackCorrection { number, mailing, sample });
    }
    all.sort_by_key(|one| one.number);
    Ok(all)
}

/// The editions of a day and its corrections.
fn mailings(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Vec<PackEdition>> {
    let mut editions = Vec::new();
    for (id, record) in audience::mailings(ledger, week, day)? {
        let deliveries = ledger.deliveries(id)?;
        let last = deliveries.iter().map(|delivery| delivery.changed_at).max();
        let ended_at = last.filter(|_| record.counts.due == 0);
        editions.push(PackEdition { record, ended_at, deliveries });
    }
    Ok(editions)
}

/// Where the people of each list stand; before the first edition they are all due.
fn lists(week: &WeekReady, day: &DayReady, edition: Option<&PackEdition>) -> Vec<PackList> {
    let rows: Option<HashMap<&AddressKey, &Delivery>> =
        edition.map(|edition| edition.deliveries.iter().map(|delivery| (&delivery.key, delivery)).collect());
    let mut counts: Vec<(ListName, Counts)> = Vec::new();
    for recipient in day.expansion.recipients.iter() {
        let key = recipient.address.key();
        let state = match &rows {
            None => Some(crate::model::State::Pending),
            Some(rows) => rows.get(&key).map(|delivery| delivery.state),
        };
        let Some(state) = state else { continue };
        for name in recipient.lists.iter() {
            let index = counts.iter().position(|(own, _)| own == name).unwrap_or_else(|| {
                counts.push((name.clone(), Counts::default()));
                counts.len() - 1
            });
            counts[index].1.add(state, 1);
        }
    }
    counts.into_iter().map(|(name, counts)| PackList { title: title(week, &name), name, counts }).collect()
}

/// What a list is called.
#[must_use]
pub fn title(week: &WeekReady, name: &ListName) -> String {
    let list = week.lists.iter().find(|list| list.name == *name);
    list.and_then(|list| list.title.clone()).unwrap_or_else(|| name.to_string())
}

/// The first accepted copy, made again, if the content is still the one that was sent; before sending, what would be.
fn sample(
    week: &WeekReady,
    day: &DayReady,
    edition: Option<&PackEdition>,
    ledger: Option<&dyn Ledger>,
) -> anyhow::Result<Option<SampleCopy>> {
    if day.compiled.is_none() {
        return Ok(None);
    }
    let number = edition.map_or(1, |edition| edition.record.edition);
    let secret = ledger.map_or([0; 32], |ledger| *ledger.secret());
    let copies = DayCopies::new(week, day, Mailing::Edition(number), &secret)?;
    if edition.is_some_and(|edition| edition.record.digest != copies.digest()) {
        return Ok(None);
    }
    let opted_out = opt_outs(ledger, week, day)?;
    let Some((recipient, row)) = whose(day, edition, &opted_out) else { return Ok(None) };
    let id = row.and_then(|row| row.message_id.clone()).unwrap_or_else(|| copies.message_id(&recipient.address.key()));
    let date = row.and_then(|row| row.date).unwrap_or_else(|| day.day.due());
    let message = copies.message(&recipient, &id, date)?;
    Ok(Some(SampleCopy { of: recipient.address.to_string(), eml: message.bytes }))
}

fn whose<'a>(
    day: &DayReady,
    edition: Option<&'a PackEdition>,
    opted_out: &OptOuts,
) -> Option<(Recipient, Option<&'a Delivery>)> {
    let people = &day.expansion.recipients;
    let accepted = edition.and_then(|edition| {
        let mut rows = edition.deliveries.iter().filter(|row| row.state == crate::model::State::Accepted);
        rows.find_map(|row| {
            let recipient = people.iter().find(|recipient| recipient.address.key() == row.key)?;
            (recipient.kind == Kind::Individual).then_some((recipient, Some(row)))
        })
    });
    let first = || people.iter().find(|one| opted_out.of(&one.address.key()).is_none());
    accepted.or_else(|| first().map(|recipient| (recipient, None)))
}
