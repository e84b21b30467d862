//! `run` in this process under a clock that a test moves: a machine that sleeps, a clock that is set. Everything else is
//! real: the files, the ledger, the way to the server.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use weekcast::app::{
    App, Attendance, Format, Purpose, Quiet, Streams, Told, WeekReady, attend, block_on, connector, prepare,
};
use weekcast::clock::{Clock, Wait};
use weekcast::document::ProjectFolder;
use weekcast::exit::Exit;
use weekcast::model::Held;
use weekcast::transport::Connector;

use crate::support::workspace::Workspace;

/// An instant by RFC 3339.
pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant by RFC 3339")
}

/// A clock that stands still until somebody waits, of a machine that may fall asleep meanwhile.
pub struct Dozing {
    now: Mutex<DateTime<Utc>>,
    naps: Mutex<Vec<(DateTime<Utc>, DateTime<Utc>)>>,
}

impl Dozing {
    /// It is now.
    pub fn at(now: &str) -> Arc<Self> {
        Arc::new(Self { now: Mutex::new(instant(now)), naps: Mutex::default() })
    }

    /// The machine sleeps from one instant to another, if anybody waits beyond the first.
    pub fn asleep(self: Arc<Self>, from: &str, to: &str) -> Arc<Self> {
        self.naps.lock().unwrap().push((instant(from), instant(to)));
        self
    }

    /// Somebody sets the clock.
    pub fn set(&self, now: &str) {
        *self.now.lock().unwrap() = instant(now);
    }
}

impl Clock for Dozing {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    fn wait_until(&self, wanted: DateTime<Utc>) -> Wait<'_> {
        let mut now = self.now.lock().unwrap();
        let mut naps = self.naps.lock().unwrap();
        let mut woken = wanted.max(*now);
        if let Some(index) = naps.iter().position(|(from, _)| (*now..=woken).contains(from)) {
            woken = woken.max(naps.remove(index).1);
        }
        *now = woken;
        Box::pin(std::future::ready(()))
    }
}

/// A clock of a machine on which somebody gives a command while `run` waits.
pub struct Interrupted {
    clock: Arc<Dozing>,
    command: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Interrupted {
    /// It is now; the command is given when somebody waits.
    pub fn at(now: &str, command: impl FnOnce() + Send + 'static) -> Arc<Self> {
        Arc::new(Self { clock: Dozing::at(now), command: Mutex::new(Some(Box::new(command))) })
    }
}

impl Clock for Interrupted {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_> {
        match self.command.lock().unwrap().take() {
            Some(command) => {
                command();
                Box::pin(std::future::ready(()))
            }
            None => self.clock.wait_until(instant),
        }
    }
}

/// What a run told, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A day of this date was sent, or another part of it.
    Sent(String, DateTime<Utc>),
    /// It is held.
    Held(String, Held),
}

/// What became of it.
#[derive(Debug)]
pub struct Ran {
    /// The status, or what it ended with.
    pub exit: Result<Exit, String>,
    /// What it told.
    pub events: Vec<Event>,
}

impl Ran {
    /// The dates that were sent, and when.
    pub fn sent(&self) -> Vec<(String, DateTime<Utc>)> {
        let sent = |event: &Event| match event {
            Event::Sent(date, at) => Some((date.clone(), *at)),
            Event::Held(..) => None,
        };
        self.events.iter().filter_map(sent).collect()
    }

    /// The dates that were held, and why.
    pub fn held(&self) -> Vec<(String, Held)> {
        let held = |event: &Event| match event {
            Event::Held(date, reason) => Some((date.clone(), *reason)),
            Event::Sent(..) => None,
        };
        self.events.iter().filter_map(held).collect()
    }
}

/// The program's surroundings under a clock.
pub fn app_at(workspace: &Workspace, clock: Arc<dyn Clock>, week: &str) -> App {
    App {
        project: ProjectFolder::at(workspace.path()),
        clock,
        streams: Streams::of_process(),
        format: Format::Text,
        week: Some(week.to_owned()),
        patience: None,
    }
}

/// `run`, or `run --once`, of a week; `after` is called after each event.
pub fn run_week(
    workspace: &Workspace,
    week: &str,
    clock: &Arc<impl Clock + 'static>,
    once: bool,
    after: &mut dyn FnMut(&Event),
) -> Ran {
    let mut app = app_at(workspace, Arc::clone(clock) as Arc<dyn Clock>, week);
    let mut events = Vec::new();
    let load = |app: &mut App| -> anyhow::Result<WeekReady> { Ok(prepare(app, week, Purpose::Send).ready(app)?) };
    let connect =
        |app: &App, week: &WeekReady| -> anyhow::Result<Arc<Connector>> { Ok(Arc::new(connector(app, week)?)) };
    let mut tell = |app: &mut App, _week: &WeekReady, told: &Told<'_>| {
        let event = match told {
            Told::Sent(day, ..) => Event::Sent(day.day.date.to_string(), app.now()),
            Told::Held(day, reason) => Event::Held(day.day.date.to_string(), *reason),
            _ => return,
        };
        after(&event);
        events.push(event);
        assert!(events.len() < 100, "it goes round in circles: {:?}", &events[..10]);
    };
    let (_keep, stop) = tokio::sync::watch::channel(false);
    let how = Attendance {
        load: &load,
        connect: &connect,
        listener: Arc::new(Quiet),
        stop,
        once,
        over_days: false,
        undo_window: false,
        names_again: true,
        notify: false,
        tell: &mut tell,
    };
    let exit = block_on(attend(&mut app, how)).map_err(|error| format!("{error:#}"));
    Ran { exit, events }
}
