//! `correct --dry-run`: everything but handing over; the correction is written as pages and a message, to be looked at.

use crate::app::context::{App, Format};
use crate::app::copies::DayCopies;
use crate::app::correction::draft::Draft;
use crate::app::correction::words::{due, notes};
use crate::app::outcome::say;
use crate::app::preview_copies::{chosen, copy};
use crate::app::preview_week::shares;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{AddressKey, Mailing, State, count};
use crate::output::plain;
use crate::preview::{PreviewDay, PreviewWeek, Skipped, write};

/// Where it is written, beside the preview of the week.
const FOLDER: &str = "preview-correction";

/// Says what would be sent, and shows it.
pub(crate) fn dry_run(
    app: &mut App,
    (week, day, draft): (&WeekReady, &DayReady, &Draft),
    ledger: &dyn Ledger,
    in_doubt: bool,
) -> anyhow::Result<Exit> {
    let shown = preview(app, (week, draft), ledger)?;
    write(&app.project.join(FOLDER), &shown)?;
    let what = format!(
        "correction {} of {}'s broadcast, \"{}\"",
        draft.number,
        draft.day.day.weekday(),
        plain(&draft.subject())
    );
    let mut text = match due(draft) {
        0 => format!("Dry run: nobody is left who would be sent {what}. Nothing was sent.\n"),
        due => {
            let (people, through) = (count(due, "recipient"), crate::app::connect::describe(week));
            format!("Dry run: would send {what}, to {people} through {through}. Nothing was sent.\n")
        }
    };
    text.extend(notes(draft, in_doubt).into_iter().map(|note| note + "\n"));
    text.push_str(&format!("Look at it in a browser: {}\n", app.project.join(FOLDER).join("index.html").display()));
    let view = LedgerView { ledger: Some(ledger), sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, app.now())?;
    say(app, week, &text, status)?;
    Ok(Exit::Done)
}

fn preview(app: &App, (week, draft): (&WeekReady, &Draft), ledger: &dyn Ledger) -> anyhow::Result<PreviewWeek> {
    let day = &draft.day;
    let Some(compiled) = &day.compiled else { anyhow::bail!("the correction cannot be rendered") };
    let maker = DayCopies::new(week, day, Mailing::Correction(draft.number), ledger.secret())?;
    let mut copies = Vec::new();
    for choice in chosen(week, day, compiled, None) {
        let mut one = copy(compiled, &maker, choice, (app.now(), &|key| original(draft, key)))?;
        one.eml = one.eml.filter(|_| copies.is_empty());
        copies.push(one);
    }
    let material = compiled.material();
    let now = app.now().with_timezone(&week.week.timezone);
    let skipped = draft.joining.iter().filter(|one| one.state == State::Suppressed);
    let shown = PreviewDay {
        number: 1,
        date: day.day.date,
        date_words: day.day.at.format("%A %-d %B %Y").to_string(),
        at: now.format("%H:%M").to_string(),
        theme: format!("Correction {}: {}", draft.number, week.theme(&day.day)),
        preheader: compiled.preheader().to_owned(),
        sender: week.sender.name.clone().unwrap_or_else(|| week.sender.address.to_string()),
        lists: shares(week, day),
        on_several_lists: day.expansion.recipients.iter().filter(|one| one.lists.len() > 1).count(),
        head_count: due(draft),
        state: "correction".to_owned(),
        signed: Some("by those whom --by names, when it is sent".to_owned()).filter(|_| week.week.sign_off > 0),
        progress: None,
        digest: material.digest.hex.clone(),
        copies,
        attachments: material.attachments.clone(),
        pictures: material.pictures.clone(),
        skipped: skipped
            .map(|one| Skipped { address: one.address.clone(), reason: "asked not to be mailed".to_owned() })
            .collect(),
        findings: draft.warnings.clone(),
    };
    Ok(PreviewWeek {
        title: week.week.title.value().to_owned(),
        organisation: week.settings.organisation.name.clone(),
        generated: now.format("%-d %B %Y at %H:%M").to_string(),
        timezone: week.week.timezone.to_string(),
        awareness_day: None,
        sign_off: week.week.sign_off,
        days: vec![shown],
        dropped: Vec::new(),
        findings: draft.warnings.clone(),
    })
}

/// The Message-ID of the copy that somebody's corrects.
fn original(draft: &Draft, key: &AddressKey) -> Option<String> {
    let joining = draft.joining.iter().find(|one| one.key == *key).and_then(|one| one.in_reply_to.clone());
    let rows = || draft.begun.iter().flat_map(|(.., rows)| rows).find(|row| row.key == *key);
    joining.or_else(|| rows().and_then(|row| row.in_reply_to.clone()))
}
