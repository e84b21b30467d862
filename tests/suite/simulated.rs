//! `run` under a simulated clock, in this process: a whole week with deferrals, a server that is away for an hour.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use weekcast::app::{
    App, Attendance, Format, Purpose, Quiet, Streams, Told, WeekReady, attend, block_on, connector, prepare,
};
use weekcast::clock::SimulatedClock;
use weekcast::document::ProjectFolder;
use weekcast::exit::Exit;
use weekcast::transport::Connector;

use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

/// Runs the week to its end; the exit status, and when each sending was.
fn run(workspace: &Workspace, now: &str) -> (Exit, Vec<(String, String)>) {
    let now: DateTime<Utc> = now.parse().unwrap();
    let mut app = App {
        project: ProjectFolder::at(workspace.path()),
        clock: Arc::new(SimulatedClock::at(now)),
        streams: Streams::of_process(),
        format: Format::Text,
        week: None,
        patience: None,
    };
    let mut sent = Vec::new();
    let load = |app: &mut App| -> anyhow::Result<WeekReady> { Ok(prepare(app, "march", Purpose::Send).ready(app)?) };
    let connect =
        |app: &App, week: &WeekReady| -> anyhow::Result<Arc<Connector>> { Ok(Arc::new(connector(app, week)?)) };
    let mut tell = |app: &mut App, _week: &WeekReady, told: &Told<'_>| {
        if let Told::Sent(day, ..) = told {
            sent.push((day.day.weekday().to_owned(), app.now().format("%d %H:%M").to_string()));
        }
    };
    let (_keep, stop) = tokio::sync::watch::channel(false);
    let how = Attendance {
        load: &load,
        connect: &connect,
        listener: Arc::new(Quiet),
        stop,
        once: false,
        over_days: false,
        undo_window: false,
        tell: &mut tell,
    };
    let exit = block_on(attend(&mut app, how)).unwrap();
    (exit, sent)
}

#[test]
fn deferred_ones_get_it_later_the_same_morning_and_nobody_twice() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(2).replies("450 4.2.0 greylisted"));
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), ""));
    let (exit, sent) = run(&workspace, "2027-03-15T08:00:00Z");
    assert_eq!(exit, Exit::Done);
    let days: Vec<&str> = sent.iter().map(|(day, _)| day.as_str()).collect();
    assert_eq!(days, ["monday", "monday", "monday", "tuesday"], "{sent:?}");
    assert_eq!(sent[0].1, "15 08:30");
    assert!(sent[2].1.as_str() < "15 09:00", "{sent:?}");
    assert_eq!(sent[3].1, "16 08:30");
    let mut expected: Vec<String> = PEOPLE.iter().chain(&PEOPLE).map(ToString::to_string).collect();
    expected.sort();
    assert_eq!(server.journal().recipients(), expected);
}
