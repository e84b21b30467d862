//! From a checked week to what the scheduler is told: the paths of this computer, or of the one that it is prepared for.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;

use crate::app::context::App;
use crate::app::dispatch::strict_window;
use crate::app::fault::Fault;
use crate::app::install::own_file;
use crate::app::install::scheduler::Scheduler;
use crate::app::ready::WeekReady;
use crate::exit::Exit;
use crate::scheduler::{self, Kind, Slot, TextFile, Timetable};

/// Where program and project lie on another computer, and whose rights it runs with there.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    /// `--program`.
    pub program: Option<String>,
    /// `--folder`.
    pub folder: Option<String>,
    /// `--user`.
    pub account: Option<String>,
}

/// The timetable of a week.
///
/// # Errors
/// [`Fault`] where the week is over or every day of it dropped, or a path of this computer is not text.
pub fn timetable(app: &App, week: &WeekReady, place: &Elsewhere) -> Result<Timetable, Fault> {
    let project = match &place.folder {
        Some(folder) => folder.clone(),
        None => text(&whole(app.project.root())?)?,
    };
    let program = match &place.program {
        Some(program) => program.clone(),
        None => {
            let own = std::env::current_exe();
            text(&own.map_err(|cause| Fault::new(Exit::Io, format!("the program's own path is not known: {cause}")))?)?
        }
    };
    if let Some(fault) = week.is_all_dropped() {
        return Err(fault);
    }
    let slots: Vec<Slot> =
        week.days.iter().map(|day| Slot { due: day.day.at, until: strict_window(week, day) }).collect();
    if slots.last().is_some_and(|slot| slot.until <= app.now()) {
        let message = format!("the week \"{}\" is over, so there is nothing to start", week.week.name);
        return Err(Fault::new(Exit::Data, message).help("name the week with --week NAME"));
    }
    let name = scheduler::name(&project);
    Ok(Timetable { name, program, project, week: week.week.name.clone(), slots, account: place.account.clone() })
}

/// The texts for a scheduler.
///
/// # Errors
/// [`Fault`] where a value cannot stand in them.
pub(crate) fn texts(timetable: &Timetable, kind: Kind) -> Result<Vec<TextFile>, Fault> {
    scheduler::texts(timetable, kind, &wall(timetable, kind == Scheduler::of_this_computer(false).kind)).map_err(
        |unfit| {
            let fault = Fault::new(Exit::Usage, unfit.to_string());
            match unfit {
                scheduler::Unfit::Relative(..) => {
                    fault.help("give it as it is on the computer that sends: --program PATH and --folder PATH")
                }
                _ => fault.help("give the folder, the program or the week another name"),
            }
        },
    )
}

/// What the clock on the wall shows there: that of this computer, or for another one that of the week.
fn wall(timetable: &Timetable, is_here: bool) -> impl Fn(DateTime<Utc>) -> NaiveDateTime {
    let zone = timetable.slots.first().map(|slot| slot.due.timezone());
    move |at| match zone {
        Some(zone) if !is_here => at.with_timezone(&zone).naive_local(),
        _ => at.with_timezone(&chrono::Local).naive_local(),
    }
}

/// A file for another computer: as people can read it, and where it was written, if it was.
#[derive(Debug, Serialize)]
pub struct ScheduleFile {
    /// Its name, without a folder.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Where it lies now.
    pub written_to: Option<PathBuf>,
}

/// The texts as people can read them; also as files in a folder, where one is given.
///
/// # Errors
/// The texts' and the disk's.
pub fn schedule_files(timetable: &Timetable, kind: Kind, folder: Option<&Path>) -> anyhow::Result<Vec<ScheduleFile>> {
    let mut all = Vec::new();
    for file in texts(timetable, kind)? {
        if let Some(folder) = folder {
            own_file::refuse_foreign(folder, std::slice::from_ref(&file.name))?;
            own_file::put(folder, &file)?;
        }
        let (text, written_to) = (readable(&file.bytes), folder.map(|folder| folder.join(&file.name)));
        all.push(ScheduleFile { name: file.name, text, written_to });
    }
    Ok(all)
}

/// UTF-16 of Windows as a terminal can show it.
fn readable(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xff, 0xfe]) {
        None => String::from_utf8_lossy(bytes).into_owned(),
        Some(units) => {
            let units: Vec<u16> = units.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
            String::from_utf16_lossy(&units).replace("\r\n", "\n")
        }
    }
}

/// The whole path, links followed, so that a project has one name. Windows' own way of following them begins paths with
/// `\\?\`, which other programs do not know.
pub(crate) fn whole(path: &Path) -> Result<PathBuf, Fault> {
    let found = if cfg!(windows) { std::path::absolute(path) } else { path.canonicalize() };
    found.map_err(|cause| Fault::new(Exit::NoInput, format!("\"{}\" cannot be found: {cause}", path.display())))
}

pub(crate) fn text(path: &Path) -> Result<String, Fault> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        let message = format!("the path \"{}\" is not text that a scheduler's file can hold", path.display());
        Fault::new(Exit::Usage, message).help("give the folder another name")
    })
}
