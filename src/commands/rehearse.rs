//! `rehearse`: the whole week over real SMTP into a catcher inside the program, on a clock that jumps from day to day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;

use crate::app::{
    App, Attendance, Fault, Format, Prepared, Purpose, Quiet, Told, WeekReady, attend, block_on, carry_opt_outs,
    prepare, stop_signal,
};
use crate::catcher::Catcher;
use crate::clock::SimulatedClock;
use crate::exit::Exit;
use crate::ledger::LedgerSettings;
use crate::model::count;
use crate::output::plain;
use crate::report::{DayStatus, WeekStatus};
use crate::transport::{Connector, Destination, SmtpSettings, TransportSettings};

/// Play the whole week on a simulated clock into a mail catcher inside the program
///
/// No message leaves this computer. What was caught lies in the project's folder rehearsal/ afterwards.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Rehearses.
pub(crate) fn run(_args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let folder = app.project.join("rehearsal");
    let rehearsal = rehearse(app, &folder)?;
    match app.format {
        Format::Json => app.streams.json(&rehearsal.status)?,
        Format::Text => app.streams.out(&rehearsal.closing())?,
    }
    Ok(rehearsal.exit)
}

/// How it went.
pub(crate) struct Rehearsal {
    pub(crate) exit: Exit,
    pub(crate) planned: usize,
    pub(crate) caught: usize,
    pub(crate) folder: PathBuf,
    pub(crate) status: WeekStatus,
}

impl Rehearsal {
    /// The last lines.
    pub(crate) fn closing(&self) -> String {
        let verdict = if self.caught == self.planned {
            format!("Caught {}, as planned.", count(self.caught, "message"))
        } else {
            format!("Caught {} of {} that were planned.", self.caught, count(self.planned, "message"))
        };
        format!("{verdict} Nothing has left this computer.\nThe caught messages: {}\n", self.folder.display())
    }
}

/// Rehearses the week into a folder and prints a line a day.
pub(crate) fn rehearse(app: &mut App, folder: &Path) -> anyhow::Result<Rehearsal> {
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Look).ready(app)?;
    let none = || week.is_all_dropped().unwrap_or_else(|| Fault::new(Exit::Data, "the week has no days"));
    let first = week.days.first().ok_or_else(none)?.day.due();
    let caught = folder.join("caught");
    clear(folder, &caught)?;
    let real = std::mem::replace(&mut app.clock, Arc::new(SimulatedClock::at(first - TimeDelta::hours(1))));
    let result = rehearsal_of(app, &week, (folder, &caught));
    app.clock = real;
    result
}

fn rehearsal_of(app: &mut App, week: &WeekReady, (folder, caught): (&Path, &Path)) -> anyhow::Result<Rehearsal> {
    let ledger = LedgerSettings::at(&std::path::absolute(folder)?.join("rehearsal.db"));
    let left_out = carry_opt_outs(app, week, &ledger)?;
    block_on(play(app, &week.week.name, caught, ledger, planned(week, &left_out)))
}

/// Messages by day and recipient that the week comes to.
fn planned(week: &WeekReady, left_out: &[String]) -> BTreeMap<String, usize> {
    let mut planned: BTreeMap<String, usize> = BTreeMap::new();
    for recipient in week.days.iter().flat_map(|day| day.expansion.recipients.iter()) {
        *planned.entry(recipient.address.as_str().to_owned()).or_default() += 1;
    }
    for address in left_out {
        planned.entry(address.clone()).and_modify(|days| *days = days.saturating_sub(1));
    }
    planned.retain(|_, days| *days > 0);
    planned
}

async fn play(
    app: &mut App,
    name: &str,
    caught: &Path,
    ledger: LedgerSettings,
    planned: BTreeMap<String, usize>,
) -> anyhow::Result<Rehearsal> {
    let catcher = Catcher::start(Some(caught.to_path_buf())).await?;
    let transport = TransportSettings {
        destination: Destination::Smtp(Box::new(SmtpSettings::on_this_computer(catcher.port()))),
        ..TransportSettings::default()
    };
    let load = move |app: &mut App| -> anyhow::Result<WeekReady> {
        let prepared: Prepared = prepare(app, name, Purpose::Look);
        let mut week = prepared.ready(app)?;
        week.settings.transport = transport.clone();
        week.settings.ledger = ledger.clone();
        // Sign-off is for messages that leave; a rehearsal may come before it.
        week.week.sign_off = 0;
        week.is_rehearsed = true;
        Ok(week)
    };
    let connect = |app: &App, week: &WeekReady| -> anyhow::Result<Arc<Connector>> {
        Ok(Arc::new(crate::app::connector(app, week)?))
    };
    let mut days: Vec<DayStatus> = Vec::new();
    let mut tell = |app: &mut App, _week: &WeekReady, told: &Told<'_>| match told {
        Told::Sent(day, status, end) => {
            app.streams.note(&line(status, &day.day.at));
            if let Some(stopped) = &end.stopped {
                app.streams.err(&format!("  stopped: {}\n", plain(&stopped.reason)));
            }
            days.push((*status).clone());
        }
        Told::Held(day, reason) => {
            app.streams.err(&format!("{}: held, because {}\n", day.day.weekday(), reason.words()));
        }
        // Corrections are begun by persons, and none is in a rehearsal's ledger.
        Told::Corrected(..) | Told::CorrectionHeld(..) | Told::Waiting(_) => {}
    };
    let (stop, _) = stop_signal();
    let how = Attendance {
        load: &load,
        connect: &connect,
        listener: Arc::new(Quiet),
        stop,
        once: false,
        over_days: true,
        undo_window: false,
        names_again: true,
        notify: false,
        tell: &mut tell,
    };
    let exit = attend(app, how).await?;
    catcher.stop().await;
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for one in catcher.caught() {
        *counted.entry(one.recipient).or_default() += 1;
    }
    let exit = if exit == Exit::Done && counted != planned { Exit::Remains } else { exit };
    let status = WeekStatus { week: name.to_owned(), broadcasts: days };
    Ok(Rehearsal {
        exit,
        planned: planned.values().sum(),
        caught: counted.values().sum(),
        folder: caught.to_path_buf(),
        status,
    })
}

fn line(status: &DayStatus, at: &chrono::DateTime<chrono_tz::Tz>) -> String {
    let counts = &status.counts;
    format!(
        "{:<9} {}  {}  {} of {} accepted\n",
        status.day,
        at.format("%Y-%m-%d %H:%M %Z"),
        plain(&status.theme),
        counts.accepted,
        counts.total()
    )
}

/// Empties the folder of an earlier rehearsal: only the files that a rehearsal writes.
///
/// By name and not by a manifest as in `own_folder`: the catcher and the ledger write here while the rehearsal runs, so a
/// list could only be made afterwards, and after one that was stopped the files would count as somebody else's.
fn clear(folder: &Path, caught: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(caught)?;
    for entry in std::fs::read_dir(caught)?.chain(std::fs::read_dir(folder)?) {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ours = if path.parent() == Some(caught) { is_caught(name) } else { name.starts_with("rehearsal.db") };
        if path.is_file() && ours {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Whether the catcher gave this name: `0001-asha@board.example.eml`. Anything else in the folder is somebody else's.
fn is_caught(name: &str) -> bool {
    let number = name.split_once('-').map_or("", |(number, _)| number);
    number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit()) && name.ends_with(".eml")
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_the_catcher_named_is_cleared() {
        for (name, ours) in
            [("0001-a@board.example.eml", true), ("12345-x.eml", true), ("letter.eml", false), ("0001-x.txt", false)]
        {
            assert_eq!(super::is_caught(name), ours, "{name}");
        }
    }
}
