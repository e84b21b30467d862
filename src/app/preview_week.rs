//! Gathers what the preview shows: each day as one recipient gets it, from the week as it is and the ledger.

use mail_parser::{HeaderValue, MessageParser};

use crate::app::board::title;
use crate::app::context::App;
use crate::app::copies::DayCopies;
use crate::app::planned::planned;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::ledger::Ledger;
use crate::model::{Address, Day, Finding, Kind, Message, Recipient};
use crate::preview::{PreviewDay, PreviewWeek, Skipped};
use crate::send::Copies as _;

/// Which copies are looked at.
pub struct Look<'a> {
    /// The days.
    pub days: Vec<&'a DayReady>,
    /// Whose copies; else the first person of each day's lists.
    pub shown_as: Option<&'a Address>,
}

/// The preview of some days of a week. For one person it holds only days that this person gets.
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
    let mut pages = Vec::new();
    for day in &look.days {
        if let Some(recipient) = recipient(day, look.shown_as) {
            let mut page = page(app, week, day, recipient, ledger)?;
            page.findings = findings.iter().filter(|finding| is_of(week, &day.day, finding)).cloned().collect();
            pages.push(page);
        }
    }
    Ok(PreviewWeek {
        title: week.week.title.value().to_owned(),
        organisation: week.settings.organisation.name.clone(),
        generated: app.now().with_timezone(&week.week.timezone).format("%-d %B %Y at %H:%M").to_string(),
        timezone: week.week.timezone.to_string(),
        days: pages,
        findings,
    })
}

/// The person named, or the first who is a person rather than a list.
fn recipient<'a>(day: &'a DayReady, shown_as: Option<&Address>) -> Option<&'a Recipient> {
    let all = &day.expansion.recipients;
    match shown_as {
        Some(address) => all.iter().find(|recipient| recipient.address.key() == address.key()),
        None => all.iter().find(|recipient| recipient.kind == Kind::Individual).or_else(|| all.first()),
    }
}

fn page(
    app: &App,
    week: &WeekReady,
    day: &DayReady,
    recipient: &Recipient,
    ledger: &dyn Ledger,
) -> anyhow::Result<PreviewDay> {
    let planned = planned(app, week, day, Some(ledger))?;
    let plan = planned.plan(day);
    let copies = DayCopies::new(week, day, planned.edition, ledger.secret())?;
    let message = copies.message(recipient, &copies.message_id(&recipient.address.key()), day.day.due())?;
    let status = standing(&LedgerView { ledger: Some(ledger), sender_at_work: false }, week, day, false, app.now())?;
    let compiled = day.compiled.as_ref().ok_or_else(|| anyhow::anyhow!("the day cannot be rendered"))?;
    let merged = compiled.merge(recipient)?;
    let material = compiled.material();
    Ok(PreviewDay {
        number: day.day.number,
        date: day.day.date,
        date_words: day.day.at.format("%A %-d %B %Y").to_string(),
        at: day.day.at.format("%H:%M").to_string(),
        theme: week.theme(&day.day).to_owned(),
        subject: merged.subject.clone(),
        preheader: compiled.preheader().to_owned(),
        lists: day.lists.iter().map(|(name, _)| title(week, name)).collect(),
        head_count: day.expansion.recipients.len(),
        state: serde_json::to_value(status.state)?.as_str().unwrap_or_default().to_owned(),
        digest: material.digest.hex.clone(),
        shown_as: recipient.address.to_string(),
        html: merged.html(material),
        text: merged.text(material),
        headers: headers(&message),
        attachments: material.attachments.clone(),
        pictures: material.pictures.clone(),
        skipped: plan
            .skipped
            .iter()
            .map(|one| Skipped { address: one.address.clone(), reason: one.reason.to_string() })
            .collect(),
        findings: Vec::new(),
        eml: message.bytes,
    })
}

/// Whether a finding lies between the beginning of this broadcast's table and the next one's.
fn is_of(week: &WeekReady, day: &Day, finding: &Finding) -> bool {
    let place = &week.week.broadcasts[day.index].place;
    let end = week.week.broadcasts.get(day.index + 1).map_or(usize::MAX, |next| next.place.range.start);
    finding.place.source == place.source && (place.range.start..end).contains(&finding.place.range.start)
}

/// The header's fields, decoded, as a mail program shows them.
fn headers(message: &Message) -> Vec<(String, String)> {
    let Some(read) = MessageParser::default().parse_headers(&message.bytes) else { return Vec::new() };
    let shown = read.headers().iter().map(|header| {
        let raw = message.bytes.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default();
        let value = match header.value() {
            HeaderValue::Text(text) => text.to_string(),
            HeaderValue::Address(address) => address.iter().map(mailbox).collect::<Vec<_>>().join(", "),
            _ => String::from_utf8_lossy(raw).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        (header.name().to_owned(), value.trim().to_owned())
    });
    shown.collect()
}

fn mailbox(one: &mail_parser::Addr<'_>) -> String {
    match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    }
}
