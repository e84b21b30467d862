//! What a correction says: from the officer's file and the day to a message, with every finding.

use crate::app::context::App;
use crate::app::ready::{DayReady, WeekReady};
use crate::definition::{CorrectionFile, load_correction};
use crate::lint::{self, DaySubject, Subject};
use crate::model::{
    Correction, Day, DigestPart, EditionRecord, Expansion, Findings, LinkAnswers, ListName, SourceFile, Text,
};
use crate::render::{self, Compiled, Input, Mark};

/// Rules about a day of the week, which a correction is not.
const BESIDE: [&str; 6] =
    ["summary-missing", "weekend", "date-outside-week", "no-lists", "awareness-day", "help-block"];

/// A correction that has been read and rendered.
pub(crate) struct Content {
    pub(crate) correction: Correction,
    pub(crate) compiled: Compiled,
    /// The subject line of the original, before the mark.
    subject: Text,
}

/// Reads and renders; every fault is among the findings.
pub(crate) fn content(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    (file, original): (&CorrectionFile, &EditionRecord),
    findings: &mut Findings,
) -> Option<Content> {
    let correction = load_correction(file, &app.project, &week.week, findings)?;
    let subject = subject(week, day, original, &correction);
    let days: Vec<Day> = week.days.iter().map(|ready| ready.day.clone()).collect();
    let index = days.iter().position(|own| own.number == day.day.number)?;
    let shown = correction.in_place_of(&week.week, day.day.index, subject.clone());
    let lists: Vec<ListName> = day.lists.iter().map(|(name, _)| name.clone()).collect();
    let input = Input {
        project: &app.project,
        week: &shown,
        days: &days,
        day: index,
        organisation: &week.settings.organisation,
        sender: &week.sender,
        lists: &lists,
        mark: Mark::Correction(&correction),
    };
    let compiled = render::compile(&input, findings)?;
    Some(Content { correction, compiled, subject })
}

/// The subject line that the original went out with. Where it was the same for everybody, it is as recorded; where it was
/// merged for each, the record has one person's, and the template of the day takes its place.
fn subject(week: &WeekReady, day: &DayReady, original: &EditionRecord, correction: &Correction) -> Text {
    let recorded = DigestPart::new("subject", original.subject.as_bytes());
    let broadcast = week.week.broadcasts.get(day.day.index);
    if original.parts.contains(&recorded) {
        return Text::synthetic(original.subject.clone(), correction.place.clone());
    }
    broadcast.and_then(|broadcast| broadcast.subject.as_ref()).unwrap_or(&week.week.subject).clone()
}

impl Content {
    /// What the rules about words and files find in the correction's own texts; what they find in the week's is for `check`.
    pub(crate) fn rules(&self, app: &App, (week, day): (&WeekReady, &DayReady), people: &Expansion) -> Findings {
        let own = self.correction.alone(&week.week, day.day.index, self.subject.clone());
        let prose = render::week_prose(&own);
        let only = Day { index: 0, ..day.day.clone() };
        let subject = self.subject_of(people);
        // What is wrong with people's rows is for `check`.
        let nobody = Expansion::default();
        let days = [DaySubject {
            day: &only,
            expansion: &nobody,
            material: Some(self.compiled.material()),
            subject: Some(&subject),
        }];
        let mut findings = Findings::new();
        let shown = Subject {
            project: &app.project,
            week: &own,
            lists: &[],
            days: &days,
            holidays: &[],
            holidays_until: None,
            school_holidays: &[],
            sender: &week.sender,
            organisation: &week.settings.organisation,
            prose: &prose,
            answers: &LinkAnswers::new(),
        };
        lint::run(&shown, &mut findings);
        let mut of_correction = Findings::new();
        of_correction.extend(findings.sorted().into_iter().filter(|one| {
            let source = &one.place.source;
            source.path != week.week.source.path && !is_whole(source) && !BESIDE.contains(&one.rule)
        }));
        of_correction
    }

    /// The subject line for people: that of the first recipient's copy.
    pub(crate) fn subject_of(&self, people: &Expansion) -> String {
        let merged = people.recipients.first().and_then(|one| self.compiled.merge(&one).ok());
        merged.map_or_else(|| self.compiled.subject_template().to_owned(), |merged| merged.subject)
    }
}

/// A file without a text is one that is not the correction's: settings, lists, tables of holidays.
fn is_whole(source: &SourceFile) -> bool {
    source.text.is_empty()
}
