//! The details of one day on the page: what it said, to which lists, its digest, where its sample copy lies.

use serde::Serialize;

use crate::report::pack::{PackCorrection, PackDay, PackEdition, SampleCopy};
use crate::report::status::DayState;
use crate::spreadsheet::visible;

/// The details of one day.
#[derive(Serialize)]
pub(in crate::report) struct DayView {
    date: String,
    theme: String,
    state: &'static str,
    state_class: &'static str,
    lists: String,
    /// That of the broadcast first, then those of the corrections.
    samples: Vec<SampleView>,
    contents: Vec<ContentView>,
}

#[derive(Serialize)]
struct SampleView {
    file: String,
    of: String,
}

/// What an edition said, and its digest.
#[derive(Serialize)]
struct ContentView {
    name: String,
    subject: String,
    digest: String,
}

/// The details of a day; its number counts from 1.
#[must_use]
pub(in crate::report) fn day_view(number: usize, day: &PackDay) -> DayView {
    let content = |edition: &PackEdition| ContentView {
        name: format!("Edition {}", edition.record.edition),
        subject: visible(&edition.record.subject),
        digest: edition.record.digest.clone(),
    };
    let planned = || ContentView {
        name: "As planned now".to_owned(),
        subject: visible(&day.subject),
        digest: day.status.digest.clone().unwrap_or_else(|| "none yet".to_owned()),
    };
    let mut contents: Vec<ContentView> = day.editions.iter().map(content).collect();
    let correction =
        |one: &PackCorrection| ContentView { name: format!("Correction {}", one.number), ..content(&one.mailing) };
    contents.extend(day.corrections.iter().map(correction));
    let sample = |file: String, sample: &SampleCopy| SampleView { file, of: visible(&sample.of) };
    let own = day.sample.as_ref().map(|own| sample(day.sample_file(number), own));
    let corrections = day.corrections.iter().filter_map(|one| {
        let own = one.sample.as_ref()?;
        Some(sample(day.correction_file(number, one.number), own))
    });
    let lists: Vec<String> = day.lists.iter().map(|list| visible(&list.title)).collect();
    DayView {
        date: day.long_date(),
        theme: visible(&day.status.theme),
        state: day.status.state.words(),
        state_class: match day.status.state {
            DayState::Sent => "good",
            DayState::Held | DayState::Incomplete => "care",
            DayState::Planned | DayState::SignedOff | DayState::Sending | DayState::Dropped => "calm",
        },
        lists: lists.join("; "),
        samples: own.into_iter().chain(corrections).collect(),
        contents: if contents.is_empty() { vec![planned()] } else { contents },
    }
}
