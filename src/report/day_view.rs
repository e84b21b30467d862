//! The details of one day on the page: what it said, to which lists, its digest, where its sample copy lies.

use serde::Serialize;

use crate::report::pack::{PackDay, PackEdition};
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
    sample: Option<SampleView>,
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
    let contents: Vec<ContentView> = day.editions.iter().map(content).collect();
    let lists: Vec<String> = day.lists.iter().map(|list| visible(&list.title)).collect();
    DayView {
        date: day.long_date(),
        theme: visible(&day.status.theme),
        state: day.status.state.words(),
        state_class: match day.status.state {
            DayState::Sent => "good",
            DayState::Held | DayState::Incomplete => "care",
            DayState::Planned | DayState::SignedOff | DayState::Sending => "calm",
        },
        lists: lists.join("; "),
        sample: day.sample.as_ref().map(|sample| SampleView { file: day.sample_file(number), of: visible(&sample.of) }),
        contents: if contents.is_empty() { vec![planned()] } else { contents },
    }
}
