//! The week for the preview that is served: read anew as often as files are saved, and shown as far as it is sound.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::context::App;
use crate::app::prepare::{Purpose, prepare};
use crate::app::preview_week::{Look, preview_week};
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::Ledger;
use crate::model::{Address, Finding, Severity};
use crate::output::excerpt;
use crate::preview::serve::{Reading, Trouble, TroubledLine};
use crate::preview::{PreviewDay, PreviewWeek};

/// The rule of what cannot be read at all: from there on, the rest of the file may be anything.
const SYNTAX: &str = "toml-syntax";

/// Reads the files of a week as they are now.
#[must_use]
pub fn read_for_preview(app: &Arc<Mutex<App>>, name: &str) -> Reading {
    let locked = app.lock().unwrap_or_else(PoisonError::into_inner);
    let prepared = prepare(&locked, name, Purpose::Look);
    let zone = prepared.week.as_ref().map_or(chrono_tz::Europe::London, |week| week.week.timezone);
    let at = locked.now().with_timezone(&zone).format("%H:%M").to_string();
    let errors = prepared.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let troubles = errors.map(trouble).collect();
    let ledger = prepared.settings.ledger.path(locked.project.root()).ok();
    drop(locked);
    let copies = Copies {
        app: Arc::clone(app),
        name: name.to_owned(),
        findings: prepared.findings,
        week: prepared.week.map(Mutex::new),
    };
    Reading { at, troubles, ledger, copy: Box::new(move |who| copies.of(who)) }
}

/// What the copies of one reading are made from.
struct Copies {
    app: Arc<Mutex<App>>,
    name: String,
    findings: Vec<Finding>,
    week: Option<Mutex<WeekReady>>,
}

impl Copies {
    fn of(&self, who: Option<&Address>) -> (PreviewWeek, Vec<Trouble>) {
        let mut preview = PreviewWeek {
            title: self.name.clone(),
            organisation: None,
            generated: String::new(),
            timezone: chrono_tz::Europe::London.to_string(),
            days: Vec::new(),
            findings: self.findings.clone(),
        };
        let Some(week) = &self.week else { return (preview, Vec::new()) };
        let app = self.app.lock().unwrap_or_else(PoisonError::into_inner);
        let week = week.lock().unwrap_or_else(PoisonError::into_inner);
        let mut troubles = Vec::new();
        // The ledger holds the secret that Message-IDs are made with: without it the preview would not be the message.
        let ledger = match app.ledger(&week.settings.ledger) {
            Ok(ledger) => ledger,
            Err(error) => return (preview, vec![Trouble::new(format!("{error:#}"))]),
        };
        let source = Arc::clone(&week.week.source);
        let torn = self.findings.iter().any(|finding| finding.rule == SYNTAX && finding.place.source == source);
        let is_sound = |day: &&DayReady| !torn && day.compiled.is_some();
        let mut days = Vec::new();
        for day in week.days.iter().filter(is_sound) {
            match self.day(&app, &week, day, (who, ledger.as_ref())) {
                Ok(shown) => {
                    days.extend(shown.days.iter().filter(|day| is_without_errors(day)).cloned());
                    preview = PreviewWeek { days: Vec::new(), ..shown };
                }
                Err(error) => troubles.push(Trouble::new(format!("{}: {error:#}", day.day.weekday()))),
            }
        }
        preview.days = days;
        if preview.title.is_empty() {
            preview.title.clone_from(&self.name);
        }
        (preview, troubles)
    }

    /// One day by itself, so that a message which cannot be made hides no other.
    fn day(
        &self,
        app: &App,
        week: &WeekReady,
        day: &DayReady,
        (who, ledger): (Option<&Address>, &dyn Ledger),
    ) -> anyhow::Result<PreviewWeek> {
        let look = Look { days: vec![day], shown_as: who };
        preview_week(app, week, &look, self.findings.clone(), ledger)
    }
}

fn is_without_errors(day: &PreviewDay) -> bool {
    day.findings.iter().all(|finding| finding.severity != Severity::Error)
}

fn trouble(finding: &Finding) -> Trouble {
    let path = &finding.place.source.path;
    let line = excerpt(&finding.place);
    let place = match &line {
        Some(_) => {
            let (line, column) = finding.place.line_column();
            format!("{path}, line {line}, column {column}")
        }
        None => path.clone(),
    };
    let line = line.map(|line| TroubledLine {
        number: line.number,
        before: line.before,
        wrong: line.wrong,
        after: line.after,
    });
    Trouble { message: finding.message.clone(), place, line, help: finding.help.clone() }
}
