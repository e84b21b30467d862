//! What sending without a person needs from outside, and what it tells.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::app::context::App;
use crate::app::dispatch::DayEnd;
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{Held, HeldCorrection};
use crate::report::{CorrectionStatus, DayStatus};
use crate::send::{Listener, Sending};
use crate::transport::Connector;

/// What happened, told to whoever started it.
pub enum Told<'a> {
    /// A day, or another part of it, was sent.
    Sent(&'a DayReady, &'a DayStatus, &'a DayEnd),
    /// A day is held.
    Held(&'a DayReady, Held),
    /// A correction that a person had begun was gone on with.
    Corrected(&'a DayReady, &'a CorrectionStatus, &'a DayEnd),
    /// A correction that a person had begun is held; its number and the officer's file.
    CorrectionHeld(&'a DayReady, HeldCorrection, (u32, &'a str)),
    /// Nothing to do until then.
    Waiting(DateTime<Utc>),
}

/// What it needs from outside.
pub struct Attendance<'a> {
    /// Reads the week anew, so that each day goes out as the files are then.
    pub load: &'a dyn Fn(&mut App) -> anyhow::Result<WeekReady>,
    /// Opens the way to the server.
    pub connect: &'a dyn Fn(&App, &WeekReady) -> anyhow::Result<Arc<Connector>>,
    /// Hears of deliveries.
    pub listener: Arc<dyn Listener>,
    /// True when it shall end.
    pub stop: watch::Receiver<bool>,
    /// Whether to end when nothing is due now.
    pub once: bool,
    /// Whether a day may begin that the daily limit spreads over several.
    pub over_days: bool,
    /// Whether a person at a terminal gets two minutes to stop a day before its first message.
    pub undo_window: bool,
    /// Whether what is held is named again that an earlier run named; else a scheduler that mails what is said would mail
    /// the same every quarter of an hour.
    pub names_again: bool,
    /// Whether `[notify]` is told by e-mail; a rehearsal tells nobody.
    pub notify: bool,
    /// Hears of days.
    pub tell: &'a mut dyn FnMut(&mut App, &WeekReady, &Told<'_>),
}

impl Attendance<'_> {
    /// What one run of messages needs.
    ///
    /// # Errors
    /// Those of the way to the server.
    pub(crate) fn sending(&self, app: &App, week: &WeekReady) -> anyhow::Result<Sending> {
        Ok(Sending {
            clock: Arc::clone(&app.clock),
            connector: (self.connect)(app, week)?,
            listener: Arc::clone(&self.listener),
            stop: self.stop.clone(),
        })
    }
}
