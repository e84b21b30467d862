//! What every command gets: the project, the clock, the streams and the output format.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::app::fault::Fault;
use crate::app::streams::Streams;
use crate::clock::Clock;
use crate::definition;
use crate::document::{ProjectFolder, nearest};
use crate::exit::Exit;
use crate::ledger::{self, Ledger, LedgerError, LedgerSettings, Lock};
use crate::model::{Findings, list_of};

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For scripts.
    Json,
}

/// The program's surroundings.
pub struct App {
    /// The project folder.
    pub project: ProjectFolder,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The streams.
    pub streams: Streams,
    /// The output format.
    pub format: Format,
    /// `--week`.
    pub week: Option<String>,
    /// `--patience`: the longest that a server on this computer is waited for. Tests only; a real server that is given up
    /// early may have the message.
    pub patience: Option<Duration>,
}

impl App {
    /// Finds the project folder from `--project`, or upwards from the current folder.
    ///
    /// # Errors
    /// [`Fault`] when there is none.
    pub fn find_project(given: Option<&Path>, current: &Path) -> Result<ProjectFolder, Fault> {
        if let Some(given) = given {
            if given.is_dir() {
                return Ok(ProjectFolder::at(given));
            }
            return Err(Fault::new(Exit::NoInput, format!("there is no folder \"{}\"", given.display())));
        }
        ProjectFolder::find(current).ok_or_else(|| {
            Fault::new(Exit::NoInput, "this folder holds no weekcast project: no weekcast.toml and no broadcasts/")
                .help("go to the project's folder, or name it with --project DIR")
        })
    }

    /// The instant now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The week's name: `--week`, or the only one, or the current or next by date.
    ///
    /// # Errors
    /// [`Fault`] when there is none of that name, or none at all.
    pub fn week_name(&self) -> Result<String, Fault> {
        let weeks = definition::weeks(&self.project);
        if let Some(given) = &self.week {
            let name = given.strip_suffix(".toml").unwrap_or(given);
            let name = name.strip_prefix("broadcasts/").unwrap_or(name);
            if weeks.iter().any(|week| week == name) {
                return Ok(name.to_owned());
            }
            let fault = Fault::new(Exit::NoInput, format!("there is no week \"{given}\" in broadcasts/"));
            let names: Vec<String> = weeks.iter().map(|week| format!("\"{week}\"")).collect();
            return Err(match nearest(name, weeks.iter().map(String::as_str)) {
                Some(near) => fault.help(format!("did you mean --week {near}?")),
                None if weeks.is_empty() => fault,
                None => fault.help(format!("there are {}", list_of(&names))),
            });
        }
        match weeks.as_slice() {
            [] => Err(Fault::new(Exit::NoInput, "broadcasts/ holds no week")
                .help("write one as broadcasts/NAME.toml; README shows how")),
            [only] => Ok(only.clone()),
            several => self.by_date(several),
        }
    }

    /// A path for scripts: from the project folder, with `/`, where it lies in it; else whole.
    #[must_use]
    pub fn path_for_scripts(&self, path: &Path) -> String {
        let Ok(inside) = path.strip_prefix(self.project.root()) else { return path.display().to_string() };
        let parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// The week of `--week` where a command without it may mean another: in a project of several weeks.
    #[must_use]
    pub fn week_to_name(&self) -> Option<String> {
        self.week.as_ref()?;
        self.week_name().ok().filter(|_| definition::weeks(&self.project).len() > 1)
    }

    fn by_date(&self, weeks: &[String]) -> Result<String, Fault> {
        let mut spans = Vec::new();
        for name in weeks {
            // What is wrong in other weeks does not matter for the choice.
            let mut ignored = Findings::new();
            let Some(week) = definition::load(&self.project, name, &mut ignored) else { continue };
            let days = crate::calendar::schedule(&week, &mut ignored);
            if let (Some(first), Some(last)) = (days.first(), days.last()) {
                spans.push((name.clone(), first.date, last.date));
            }
        }
        let today = self.now().with_timezone(&chrono_tz::Europe::London).date_naive();
        let found = crate::calendar::current_week(&spans, today);
        found.map(str::to_owned).map_err(|fault| {
            Fault::new(Exit::Usage, format!("which week is meant? {fault}")).help("name one with --week NAME")
        })
    }

    /// Opens the ledger, creating it when there is none.
    ///
    /// # Errors
    /// The ledger's.
    pub fn ledger(&self, settings: &LedgerSettings) -> anyhow::Result<Box<dyn Ledger>> {
        Ok(ledger::open(settings, self.project.root())?)
    }

    /// Opens the ledger if there is one.
    ///
    /// # Errors
    /// The ledger's.
    pub fn existing_ledger(&self, settings: &LedgerSettings) -> anyhow::Result<Option<Box<dyn Ledger>>> {
        Ok(ledger::open_existing(settings, self.project.root())?)
    }

    /// Opens the ledger if there is one, for telling how things stand: what a run that died left in the middle is settled
    /// first, so that a message which the server may have is called in doubt and not "still to be sent".
    ///
    /// # Errors
    /// The ledger's.
    pub fn settled_ledger(&self, settings: &LedgerSettings) -> anyhow::Result<Option<Box<dyn Ledger>>> {
        let Some(mut ledger) = self.existing_ledger(settings)? else { return Ok(None) };
        // The lock is taken only where something is open, so that looking does not stand in a sender's way.
        if ledger.editions(None)?.iter().any(|(_, record)| record.counts.due > 0) {
            match self.lock(settings) {
                Ok(lock) => {
                    lock.guard(ledger.as_mut())?;
                    ledger.recover(self.now())?;
                }
                Err(error) if matches!(error.downcast_ref(), Some(LedgerError::Held)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(ledger))
    }

    /// Takes the sender's lock and opens the ledger, which must be the one that was last used here.
    ///
    /// # Errors
    /// `Held` when another sender has the lock; `Older` for an older copy of the ledger; the ledger's.
    pub fn locked_ledger(&self, settings: &LedgerSettings) -> anyhow::Result<(Lock, Box<dyn Ledger>)> {
        let lock = self.lock(settings)?;
        let mut ledger = self.ledger(settings)?;
        lock.guard(ledger.as_mut())?;
        Ok((lock, ledger))
    }

    /// Takes the sender's lock.
    ///
    /// # Errors
    /// `Held` when another sender has it.
    pub fn lock(&self, settings: &LedgerSettings) -> anyhow::Result<Lock> {
        Ok(Lock::acquire(&settings.path(self.project.root())?)?)
    }
}
