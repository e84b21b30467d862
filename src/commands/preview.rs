//! `preview [DAY]`: the week as pages and `.eml` files, byte for byte what would be sent, the `Date` line apart.

use std::path::{Path, PathBuf};

use mail_parser::{HeaderValue, MessageParser};

use crate::app::{App, DayCopies, DayReady, Fault, LedgerView, Purpose, WeekReady, planned, prepare, standing};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Address, Day, DayName, Finding, Kind, Message, Recipient, count};
use crate::output::findings_as_text;
use crate::preview::{PreviewDay, PreviewWeek, Skipped, write};
use crate::send::Copies as _;

/// Write the week as pages and .eml files, exactly as it will arrive
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    /// The folder to write to (else: preview/ in the project)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Which copies are shown.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Selection {
    /// Only this day: monday, 2027-03-15, 1, today or next
    day: Option<DayName>,
    /// The copy of this recipient (else: the first person of each day's lists)
    #[arg(long = "as", value_name = "ADDRESS")]
    shown_as: Option<String>,
}

/// Previews.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let folder = args.out.clone().unwrap_or_else(|| app.project.join("preview"));
    let index = write_pages(app, &args.selection, &folder)?;
    app.streams.out(&format!("The preview, for a browser: {}\n", index.display()))?;
    Ok(Exit::Done)
}

/// Writes the pages; returns the index.
pub(crate) fn write_pages(app: &mut App, selection: &Selection, folder: &Path) -> anyhow::Result<PathBuf> {
    let name = app.week_name()?;
    let prepared = prepare(app, &name, Purpose::Look);
    let findings = prepared.findings.clone();
    let warnings: Vec<Finding> = findings.iter().filter(|finding| finding.rule == "example-lists").cloned().collect();
    app.streams.err(&findings_as_text(&warnings));
    let week = prepared.ready(app)?;
    // The ledger holds the secret that Message-IDs are made with: without it the preview would not be the message.
    let ledger = app.ledger(&week.settings.ledger)?;
    let days: Vec<&DayReady> = match &selection.day {
        None => week.days.iter().collect(),
        Some(day) => vec![crate::app::pick(app, &week, day, Some(ledger.as_ref()))?],
    };
    let shown_as = selection.shown_as.as_deref().map(address).transpose()?;
    let mut pages = Vec::new();
    for day in days {
        if let Some(recipient) = recipient(day, shown_as.as_ref()) {
            let mut page = page(app, &week, day, recipient, ledger.as_ref())?;
            page.findings = findings.iter().filter(|finding| is_of(&week, &day.day, finding)).cloned().collect();
            pages.push(page);
        }
    }
    if let (Some(address), true) = (&shown_as, pages.is_empty()) {
        let fault = Fault::new(Exit::Data, format!("\"{address}\" gets none of these broadcasts"));
        return Err(fault.help("weekcast plan shows the lists of each day").into());
    }
    let preview = PreviewWeek {
        title: week.week.title.value().to_owned(),
        organisation: week.settings.organisation.name.clone(),
        generated: app.now().with_timezone(&week.week.timezone).format("%-d %B %Y at %H:%M").to_string(),
        timezone: week.week.timezone.to_string(),
        days: pages,
        findings,
    };
    let files = write(folder, &preview)?;
    app.streams.err(&format!("{} written\n", count(files.len(), "file")));
    Ok(folder.join("index.html"))
}

fn address(text: &str) -> Result<Address, Fault> {
    Address::parse(text).map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))
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
        lists: day.lists.iter().map(|(name, _)| crate::app::title(week, name)).collect(),
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
