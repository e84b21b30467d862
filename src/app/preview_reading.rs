//! The week for the preview that is served: read anew as often as files are saved, and shown as far as it is sound.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::app::context::App;
use crate::app::prepare::{Purpose, prepare};
use crate::app::preview_week::{Look, preview_week};
use crate::app::ready::WeekReady;
use crate::ledger::Ledger;
use crate::model::{Address, Finding, Severity};
use crate::preview::serve::{Reading, WeekCopy};
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
    let errors = prepared.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    let ledger = prepared.settings.ledger.path(locked.project.root()).ok();
    drop(locked);
    let week = prepared.week.map(Mutex::new);
    let copies =
        Copies { app: Arc::clone(app), name: name.to_owned(), at: at.clone(), findings: prepared.findings, week };
    Reading { at, errors, ledger, copy: Box::new(move |who| copies.of(who)) }
}

/// What the copies of one reading are made from.
struct Copies {
    app: Arc<Mutex<App>>,
    name: String,
    at: String,
    findings: Vec<Finding>,
    week: Option<Mutex<WeekReady>>,
}

impl Copies {
    fn of(&self, who: Option<&Address>) -> WeekCopy {
        let Some(week) = &self.week else { return self.nothing(Vec::new()) };
        let app = self.app.lock().unwrap_or_else(PoisonError::into_inner);
        let week = week.lock().unwrap_or_else(PoisonError::into_inner);
        // The ledger holds the secret that Message-IDs are made with: without it the preview would not be the message.
        match app.ledger(&week.settings.ledger) {
            Ok(ledger) => self.days(&app, &week, who, ledger.as_ref()),
            Err(error) => self.nothing(vec![format!("{error:#}")]),
        }
    }

    /// Each day by itself, so that a message which cannot be made hides no other.
    fn days(&self, app: &App, week: &WeekReady, who: Option<&Address>, ledger: &dyn Ledger) -> WeekCopy {
        let mut copy = self.nothing(Vec::new());
        let mut days = Vec::new();
        for day in &week.days {
            let look = Look { days: vec![day], shown_as: who };
            match preview_week(app, week, &look, self.findings.clone(), ledger) {
                Ok(shown) => {
                    days.extend(shown.days.iter().cloned());
                    copy.week = shown;
                }
                Err(error) => copy.faults.push(format!("{}: {error:#}", day.day.weekday())),
            }
        }
        let torn = self.is_torn(week);
        copy.unsound = days.iter().filter(|day| torn || !is_sound(day)).map(|day| day.date).collect();
        copy.week.days = days;
        copy
    }

    /// Whether the week's file cannot be read as TOML: then a day may hold what was written for another.
    fn is_torn(&self, week: &WeekReady) -> bool {
        self.findings.iter().any(|finding| finding.rule == SYNTAX && finding.place.source == week.week.source)
    }

    fn nothing(&self, faults: Vec<String>) -> WeekCopy {
        let week = PreviewWeek {
            title: self.name.clone(),
            organisation: None,
            generated: self.at.clone(),
            timezone: chrono_tz::Europe::London.to_string(),
            awareness_day: None,
            sign_off: 0,
            days: Vec::new(),
            dropped: Vec::new(),
            findings: self.findings.clone(),
        };
        WeekCopy { week, unsound: Vec::<NaiveDate>::new(), faults }
    }
}

fn is_sound(day: &PreviewDay) -> bool {
    !day.copies.is_empty() && day.findings.iter().all(|finding| finding.severity != Severity::Error)
}
