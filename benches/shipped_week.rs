//! The shipped week with its example lists, prepared as `preview` does it.

use std::path::Path;
use std::sync::Arc;

use weekcast::app::{App, Format, Purpose, Streams, WeekReady, prepare};
use weekcast::clock::SystemClock;
use weekcast::document::ProjectFolder;

pub fn shipped_week() -> WeekReady {
    let app = App {
        project: ProjectFolder::at(Path::new(env!("CARGO_MANIFEST_DIR"))),
        clock: Arc::new(SystemClock::new()),
        streams: Streams::of_process(),
        format: Format::Text,
        week: None,
        patience: None,
    };
    prepare(&app, "cse-awareness-week", Purpose::Look).week.expect("the shipped week is sound")
}
