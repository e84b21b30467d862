//! What the page templates are shown of the week and its days: words and links, ready to print.

use serde::Serialize;

use crate::model::{Finding, count};
use crate::preview::calendar_view::CalendarView;
use crate::preview::copy_view::CopyCard;
use crate::preview::file_names::{day_folder, weekday};
use crate::preview::file_views::FileViews;
use crate::preview::findings_view::{FindingDay, FindingsView};
use crate::preview::week::{ListShare, PreviewDay, PreviewWeek};
use crate::preview::words::{initial, sign_off, state_class, state_words};

/// Who gets nothing is listed up to here; `plan` lists all.
const MOST_SKIPPED: usize = 200;

/// What all pages say of the week.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct WeekHead {
    title: String,
    organisation: Option<String>,
    generated: String,
    timezone: String,
    span: String,
    sign_off: Option<String>,
    awareness: Option<String>,
}

/// The week's own page.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct WeekView {
    calendar: CalendarView,
    findings: FindingsView,
}

/// A day as the lists of days show it.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct DayCard {
    pub(in crate::preview) folder: String,
    number: usize,
    weekday: String,
    weekday_short: String,
    day_of_month: String,
    month_short: String,
    date_iso: String,
    date: String,
    at: String,
    theme: String,
    subject: String,
    preheader: String,
    sender: String,
    initial: String,
    people: String,
    state: String,
    state_class: &'static str,
    attachments: Option<String>,
    awareness: Option<String>,
    errors: usize,
    warnings: usize,
    findings: String,
}

/// A day's page, but for the copy on it.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct DayView {
    people: String,
    lists: Vec<ListView>,
    overlap: Option<String>,
    progress: Option<String>,
    /// Words, a command, words.
    state_words: Option<[String; 3]>,
    sign_off: String,
    digest: String,
    digest_short: String,
    skipped: Vec<SkippedView>,
    skipped_count: usize,
    skipped_more: usize,
    pub(in crate::preview) copies: Vec<CopyCard>,
    pub(in crate::preview) files: FileViews,
    findings: FindingsView,
}

#[derive(Debug, Serialize)]
struct ListView {
    title: String,
    people: String,
}

#[derive(Debug, Serialize)]
struct SkippedView {
    address: String,
    reason: String,
}

impl WeekHead {
    pub(in crate::preview) fn new(week: &PreviewWeek) -> Self {
        let span = match (week.days.first(), week.days.last()) {
            (Some(first), Some(last)) if first.date != last.date => {
                format!("{} to {}", first.date_words, last.date_words)
            }
            (Some(only), _) => only.date_words.clone(),
            _ => String::new(),
        };
        let awareness = week.awareness_day.as_ref();
        Self {
            title: week.title.clone(),
            organisation: week.organisation.clone(),
            generated: week.generated.clone(),
            timezone: week.timezone.clone(),
            span,
            sign_off: Some(count(usize::from(week.sign_off), "person")).filter(|_| week.sign_off > 0),
            awareness: awareness.map(|day| format!("{} on {}", day.name, day.date.format("%A %-d %B"))),
        }
    }
}

impl WeekView {
    pub(in crate::preview) fn new(week: &PreviewWeek) -> Self {
        let day_of = |finding: &Finding| {
            let day = week.days.iter().find(|day| day.findings.contains(finding))?;
            Some(FindingDay { folder: day_folder(day), date: day.date_words.clone() })
        };
        Self {
            calendar: CalendarView::new(&week.days, &week.dropped, week.awareness_day.as_ref()),
            findings: FindingsView::new(&week.findings, day_of),
        }
    }
}

impl DayCard {
    pub(in crate::preview) fn new(week: &PreviewWeek, day: &PreviewDay, view: &DayView) -> Self {
        let weekday = weekday(day);
        let awareness = week.awareness_day.as_ref().filter(|awareness| awareness.date == day.date);
        let subject = day.copies.first().map(|copy| copy.subject.clone());
        let attached = day.attachments.len();
        Self {
            folder: day_folder(day),
            number: day.number,
            weekday_short: weekday.chars().take(3).collect(),
            weekday,
            day_of_month: day.date.format("%-d").to_string(),
            month_short: day.date.format("%b").to_string(),
            date_iso: day.date.format("%Y-%m-%d").to_string(),
            date: day.date_words.clone(),
            at: day.at.clone(),
            theme: day.theme.clone(),
            subject: subject.unwrap_or_else(|| day.theme.clone()),
            preheader: day.preheader.clone(),
            sender: day.sender.clone(),
            initial: initial(&day.sender),
            people: count(day.head_count, "recipient"),
            state: day.state.replace('_', " "),
            state_class: state_class(&day.state),
            attachments: Some(count(attached, "attachment")).filter(|_| attached > 0),
            awareness: awareness.map(|awareness| awareness.name.clone()),
            errors: view.findings.errors,
            warnings: view.findings.warnings,
            findings: view.findings.summary.clone(),
        }
    }
}

impl DayView {
    pub(in crate::preview) fn new(week: &PreviewWeek, day: &PreviewDay) -> Self {
        let overlap = match day.on_several_lists {
            0 => None,
            1 => Some("1 person is on more than one list, and gets one copy.".to_owned()),
            several => Some(format!("{} are on more than one list, and get one copy each.", count(several, "person"))),
        };
        let list = |list: &ListShare| ListView { title: list.title.clone(), people: count(list.people, "recipient") };
        let skipped = day.skipped.iter().take(MOST_SKIPPED);
        Self {
            people: count(day.head_count, "recipient"),
            lists: day.lists.iter().map(list).collect(),
            overlap,
            progress: day.progress.clone(),
            state_words: state_words(&day.state, &weekday(day).to_lowercase()),
            sign_off: day.signed.clone().unwrap_or_else(|| sign_off(week.sign_off, &day.state)),
            digest: day.digest.clone(),
            digest_short: day.digest.chars().take(12).collect(),
            skipped: skipped
                .map(|one| SkippedView { address: one.address.clone(), reason: one.reason.clone() })
                .collect(),
            skipped_count: day.skipped.len(),
            skipped_more: day.skipped.len().saturating_sub(MOST_SKIPPED),
            copies: CopyCard::all(day),
            files: FileViews::new(day),
            findings: FindingsView::new(&day.findings, |_| None),
        }
    }
}
