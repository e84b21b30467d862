//! What the page templates are shown: words and links, ready to print.

use serde::Serialize;

use crate::model::{Finding, count};
use crate::preview::file_names::{FileNames, day_folder, link, weekday};
use crate::preview::header_words::purpose;
use crate::preview::week::{PreviewDay, PreviewWeek};

/// Both pages.
#[derive(Serialize)]
pub(in crate::preview) struct WeekView {
    title: String,
    organisation: Option<String>,
    generated: String,
    timezone: String,
    span: String,
    days: Vec<DayView>,
    findings: FindingsView,
}

/// One day.
#[derive(Serialize)]
pub(in crate::preview) struct DayView {
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
    lists: Vec<String>,
    people: String,
    state: String,
    state_class: &'static str,
    digest: String,
    digest_short: String,
    shown_as: String,
    from: String,
    size: String,
    text: String,
    headers: Vec<HeaderView>,
    attachments: Vec<FileView>,
    pictures: Vec<FileView>,
    skipped: Vec<SkippedView>,
    findings: FindingsView,
}

#[derive(Serialize)]
struct HeaderView {
    name: String,
    value: String,
    purpose: Option<&'static str>,
}

/// A file of the message beside its page.
#[derive(Serialize)]
pub(in crate::preview) struct FileView {
    /// Its name on disk.
    pub(in crate::preview) file: String,
    /// The link to it from the day's page.
    pub(in crate::preview) link: String,
    name: String,
    title: Option<String>,
    media_type: String,
    size: String,
}

#[derive(Serialize)]
struct SkippedView {
    address: String,
    reason: String,
}

#[derive(Serialize)]
struct FindingsView {
    summary: String,
    errors: usize,
    warnings: usize,
    list: Vec<FindingView>,
}

#[derive(Serialize)]
struct FindingView {
    severity: &'static str,
    rule: &'static str,
    place: String,
    message: String,
    help: Option<String>,
}

impl WeekView {
    pub(in crate::preview) fn new(week: &PreviewWeek) -> Self {
        let span = match (week.days.first(), week.days.last()) {
            (Some(first), Some(last)) if first.date != last.date => {
                format!("{} to {}", first.date_words, last.date_words)
            }
            (Some(only), _) => only.date_words.clone(),
            _ => String::new(),
        };
        Self {
            title: week.title.clone(),
            organisation: week.organisation.clone(),
            generated: week.generated.clone(),
            timezone: week.timezone.clone(),
            span,
            days: week.days.iter().map(DayView::new).collect(),
            findings: FindingsView::new(&week.findings),
        }
    }

    pub(in crate::preview) fn days(&self) -> &[DayView] {
        &self.days
    }
}

impl DayView {
    fn new(day: &PreviewDay) -> Self {
        let mut names = FileNames::default();
        let mut file = |name: &str, title: &Option<String>, media_type: &str, size: usize| {
            let on_disk = names.unique(name);
            let link = link(&format!("files/{on_disk}"));
            let title = title.clone().filter(|title| !title.trim().is_empty());
            FileView {
                file: on_disk,
                link,
                name: name.to_owned(),
                title,
                media_type: media_type.to_owned(),
                size: octets(size),
            }
        };
        let pictures = day.pictures.iter().map(|p| file(&p.name, &None, p.media_type, p.bytes.len())).collect();
        let attachments =
            day.attachments.iter().map(|a| file(&a.name, &a.title, &a.media_type, a.bytes.len())).collect();
        let weekday = weekday(day);
        let from = day.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("from"));
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
            subject: day.subject.clone(),
            preheader: day.preheader.clone(),
            lists: day.lists.clone(),
            people: count(day.head_count, "recipient"),
            state: day.state.replace('_', " "),
            state_class: state_class(&day.state),
            digest: day.digest.clone(),
            digest_short: day.digest.chars().take(12).collect(),
            shown_as: day.shown_as.clone(),
            from: from.map(|(_, value)| value.clone()).unwrap_or_default(),
            size: octets(day.eml.len()),
            text: day.text.clone(),
            headers: day.headers.iter().map(HeaderView::new).collect(),
            attachments,
            pictures,
            skipped: day
                .skipped
                .iter()
                .map(|skipped| SkippedView { address: skipped.address.clone(), reason: skipped.reason.clone() })
                .collect(),
            findings: FindingsView::new(&day.findings),
        }
    }

    pub(in crate::preview) fn pictures(&self) -> &[FileView] {
        &self.pictures
    }

    pub(in crate::preview) fn attachments(&self) -> &[FileView] {
        &self.attachments
    }
}

impl HeaderView {
    fn new((name, value): &(String, String)) -> Self {
        Self { name: name.clone(), value: value.clone(), purpose: purpose(name) }
    }
}

impl FindingsView {
    fn new(findings: &[Finding]) -> Self {
        let of = |word: &str| findings.iter().filter(|finding| finding.severity.word() == word).count();
        let (errors, warnings) = (of("error"), of("warning"));
        let summary = match (errors, warnings) {
            (0, 0) => "no findings".to_owned(),
            (_, 0) => count(errors, "error"),
            (0, _) => count(warnings, "warning"),
            _ => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
        };
        Self { summary, errors, warnings, list: findings.iter().map(FindingView::new).collect() }
    }
}

impl FindingView {
    fn new(finding: &Finding) -> Self {
        let (line, column) = finding.place.line_column();
        let path = &finding.place.source.path;
        // A picture has no lines.
        let whole = finding.place.source.text.is_empty();
        Self {
            severity: finding.severity.word(),
            rule: finding.rule,
            place: if whole { path.clone() } else { format!("{path}, line {line}, column {column}") },
            message: finding.message.clone(),
            help: finding.help.clone(),
        }
    }
}

fn state_class(state: &str) -> &'static str {
    match state {
        "sent" | "signed_off" => "good",
        "held" | "incomplete" => "bad",
        _ => "calm",
    }
}

/// A size in words, in decimal units as mail systems count.
fn octets(size: usize) -> String {
    match size {
        0..1_000 => count(size, "byte"),
        1_000..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}
