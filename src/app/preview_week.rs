//! Gathers what the preview shows: the week as it is, each day with some copies, and what the ledger knows of it.

use crate::app::board::title;
use crate::app::context::App;
use crate::app::copies::DayCopies;
use crate::app::opt_outs::opt_outs;
use crate::app::planned::planned;
use crate::app::preview_copies::{chosen, copy};
use crate::app::ready::{DayReady, DroppedDay, WeekReady};
use crate::app::sign_off::SignOffs;
use crate::app::standing::{LedgerView, standing};
use crate::ledger::Ledger;
use crate::model::{Address, AddressKey, Counts, Day, Expansion, Finding, ListName, Mailing, count, list_of};
use crate::plan::Reason;
use crate::preview::{AwarenessDate, DroppedDate, ListShare, PreviewCopy, PreviewDay, PreviewWeek, Skipped};
use crate::report::{DayState, DayStatus};
use crate::transport::Destination;

/// Which copies are looked at.
pub struct Look<'a> {
    /// The days.
    pub days: Vec<&'a DayReady>,
    /// Whose copies come first; else those of the first person of each day's lists.
    pub shown_as: Option<&'a Address>,
}

/// The preview of some days of a week. For one person it holds only days that this person gets. A day that cannot be
/// rendered yet has no copies.
///
/// # Errors
/// The ledger's; a message that cannot be composed.
pub fn preview_week(
    app: &App,
    week: &WeekReady,
    look: &Look<'_>,
    findings: Vec<Finding>,
    ledger: &dyn Ledger,
) -> anyhow::Result<PreviewWeek> {
    let mut days = Vec::new();
    for day in &look.days {
        if look.shown_as.is_some_and(|address| !gets(day, address)) {
            continue;
        }
        let mut shown = preview_day(app, week, day, look.shown_as, ledger)?;
        shown.findings = findings.iter().filter(|finding| is_of(week, &day.day, finding)).cloned().collect();
        days.push(shown);
    }
    let awareness = week.week.awareness_day.as_ref();
    Ok(PreviewWeek {
        title: week.week.title.value().to_owned(),
        organisation: week.settings.organisation.name.clone(),
        generated: app.now().with_timezone(&week.week.timezone).format("%-d %B %Y at %H:%M").to_string(),
        timezone: week.week.timezone.to_string(),
        awareness_day: awareness.map(|day| AwarenessDate { name: day.name.value().to_owned(), date: day.date.0 }),
        sign_off: week.week.sign_off,
        days,
        dropped: week.dropped.iter().map(|one| dropped_date(week, one)).collect(),
        findings,
    })
}

fn dropped_date(week: &WeekReady, one: &DroppedDay) -> DroppedDate {
    let theme = week.theme(&one.ready.day).to_owned();
    DroppedDate { date: one.ready.day.date, theme, reason: one.why().to_owned() }
}

fn gets(day: &DayReady, address: &Address) -> bool {
    day.expansion.recipients.keys().any(|key| key == address.key())
}

fn preview_day(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    shown_as: Option<&Address>,
    ledger: &dyn Ledger,
) -> anyhow::Result<PreviewDay> {
    let planned = planned(app, week, day, Some(ledger))?;
    let plan = planned.plan(day);
    let status = standing(&LedgerView { ledger: Some(ledger), sender_at_work: false }, week, day, false, app.now())?;
    let copies = copies(week, day, shown_as, planned.edition, ledger)?;
    let material = day.compiled.as_ref().map(|compiled| compiled.material());
    let silent = |reason: &Reason| {
        matches!(reason, Reason::Suppressed { .. } | Reason::Forgotten(_) | Reason::Withheld(_) | Reason::Joined)
    };
    let gets_nothing =
        |reason: &Reason| !matches!(reason, Reason::Accepted { .. } | Reason::InFolder(_) | Reason::InDoubt(_));
    let without = plan.skipped.iter().filter(|one| silent(&one.reason)).count();
    Ok(PreviewDay {
        number: day.day.number,
        date: day.day.date,
        date_words: day.day.at.format("%A %-d %B %Y").to_string(),
        at: day.day.at.format("%H:%M").to_string(),
        theme: week.theme(&day.day).to_owned(),
        preheader: day.compiled.as_ref().map_or("", |compiled| compiled.preheader()).to_owned(),
        sender: week.sender.name.clone().unwrap_or_else(|| week.sender.address.to_string()),
        lists: shares(week, day),
        on_several_lists: day.expansion.recipients.iter().filter(|one| one.lists.len() > 1).count(),
        head_count: day.expansion.recipients.len().saturating_sub(without),
        state: serde_json::to_value(status.state)?.as_str().unwrap_or_default().to_owned(),
        signed: SignOffs::of(Some(ledger), week, day)?.words(week.week.timezone),
        progress: progress(&status, &week.settings.transport.destination),
        digest: material.map(|material| material.digest.hex.clone()).unwrap_or_default(),
        copies,
        attachments: material.map(|material| material.attachments.clone()).unwrap_or_default(),
        pictures: material.map(|material| material.pictures.clone()).unwrap_or_default(),
        skipped: plan
            .skipped
            .iter()
            .filter(|one| gets_nothing(&one.reason))
            .map(|one| Skipped { address: one.address.clone(), reason: one.reason.to_string() })
            .collect(),
        findings: Vec::new(),
    })
}

fn copies(
    week: &WeekReady,
    day: &DayReady,
    shown_as: Option<&Address>,
    edition: u32,
    ledger: &dyn Ledger,
) -> anyhow::Result<Vec<PreviewCopy>> {
    let Some(compiled) = &day.compiled else { return Ok(Vec::new()) };
    let due = without_opted_out(week, day, shown_as, ledger)?;
    let day = due.as_ref().unwrap_or(day);
    let maker = DayCopies::new(week, day, Mailing::Edition(edition), ledger.secret())?;
    let mut shown: Vec<PreviewCopy> = Vec::new();
    for choice in chosen(week, day, compiled, shown_as) {
        let mut one = copy(compiled, &maker, choice, (day.day.due(), &|_| None))?;
        one.eml = one.eml.filter(|_| shown.is_empty());
        shown.push(one);
    }
    Ok(shown)
}

/// The day without the people who opted out, if anybody did: their copies are no example. One that is asked for by its
/// address is shown all the same.
fn without_opted_out(
    week: &WeekReady,
    day: &DayReady,
    shown_as: Option<&Address>,
    ledger: &dyn Ledger,
) -> anyhow::Result<Option<DayReady>> {
    let opted_out = opt_outs(Some(ledger), week, day)?;
    let asked = shown_as.map(Address::key);
    let stays = |key: &AddressKey| asked.as_ref() == Some(key) || opted_out.of(key).is_none();
    let all = &day.expansion.recipients;
    // Where nobody is left, the page still shows what the message looks like.
    let staying = all.keys().filter(|key| stays(key)).count();
    if staying == all.len() || staying == 0 {
        return Ok(None);
    }
    let recipients = all.iter().filter(|one| stays(&one.address.key())).collect();
    Ok(Some(DayReady {
        day: day.day.clone(),
        lists: day.lists.clone(),
        expansion: Expansion { recipients, ..Expansion::default() }.into(),
        compiled: day.compiled.clone(),
    }))
}

/// How many of the recipients each list has, in the order in which the lists come up; an empty list counts too.
pub(crate) fn shares(week: &WeekReady, day: &DayReady) -> Vec<ListShare> {
    let mut counts: Vec<(ListName, usize)> = Vec::new();
    for recipient in day.expansion.recipients.iter() {
        for name in recipient.lists.iter() {
            match counts.iter_mut().find(|(own, _)| own == name) {
                Some((_, people)) => *people += 1,
                None => counts.push((name.clone(), 1)),
            }
        }
    }
    if counts.is_empty() {
        counts = day.lists.iter().map(|(name, _)| (name.clone(), 0)).collect();
    }
    counts.into_iter().map(|(name, people)| ListShare { title: title(week, &name), people }).collect()
}

/// Where the copies of a day that has begun stand.
fn progress(status: &DayStatus, destination: &Destination) -> Option<String> {
    if !matches!(status.state, DayState::Sending | DayState::Sent | DayState::Incomplete) {
        return None;
    }
    let Counts { due, accepted, deferred, refused, in_doubt, expired, bounced, .. } = status.counts;
    let taken = match destination {
        Destination::Smtp(_) => "accepted by the mail server",
        Destination::Outbox { .. } => "written to the outbox and sent to nobody",
    };
    let parts = [
        (accepted, taken),
        (due, "still to be sent"),
        (deferred, "deferred"),
        (refused, "refused"),
        (in_doubt, "in doubt"),
        (expired, "expired"),
        (bounced, "bounced later"),
    ];
    let words: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| counted(*number, word)).collect();
    Some(list_of(&words)).filter(|words| !words.is_empty())
}

fn counted(number: usize, word: &str) -> String {
    format!("{} {word}", count(number, "copy"))
}

/// Whether a finding lies between the beginning of this broadcast's table and the next one's.
fn is_of(week: &WeekReady, day: &Day, finding: &Finding) -> bool {
    let Some(place) = week.week.broadcasts.get(day.index).map(|broadcast| &broadcast.place) else { return false };
    let end = week.week.broadcasts.get(day.index + 1).map_or(usize::MAX, |next| next.place.range.start);
    finding.place.source == place.source && (place.range.start..end).contains(&finding.place.range.start)
}
