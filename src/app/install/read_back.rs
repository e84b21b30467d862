//! How the schedule of a project stands, as the scheduler itself tells it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::own_file::{There, there};
use crate::app::install::program::{Ran, run};
use crate::app::install::scheduler::Scheduler;
use crate::app::install::timetable::{Elsewhere, text, texts, timetable, whole};
use crate::app::ready::WeekReady;
use crate::scheduler::{Kind, MARK, Timetable, name};

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is installed.
    Nothing,
    /// It is on, and starts next at this time, where that is known.
    On(Scheduler, Option<DateTime<Utc>>),
    /// It is written, but not on, for this reason.
    Off(Scheduler, String),
    /// It is on, but for other times than the week has now.
    OtherTimes(Scheduler),
}

/// How the schedule of the project stands, for the times of a week.
///
/// # Errors
/// [`Fault`] where the project's path is not known.
pub fn schedule_standing(app: &App, week: &WeekReady) -> Result<Standing, Fault> {
    let name = name(&text(&whole(app.project.root())?)?);
    let own = Scheduler::of_this_computer(false);
    let found = match own.kind {
        // Its files are its own; it can only be asked.
        Kind::Windows => Some((own, PathBuf::new())),
        _ => written(&name).into_iter().next(),
    };
    let Some((scheduler, folder)) = found else { return Ok(Standing::Nothing) };
    Ok(match ask(scheduler, &name, &folder) {
        Ok(next) if is_for(app, week, scheduler, &folder) => Standing::On(scheduler, next),
        Ok(_) => Standing::OtherTimes(scheduler),
        Err(_) if scheduler.kind == Kind::Windows => Standing::Nothing,
        Err(why) => Standing::Off(scheduler, why),
    })
}

/// The scheduler that was told times which are not the week's any more, if there is one; nobody is asked, so that it costs
/// nothing.
pub(crate) fn told_other_times(app: &App, week: &WeekReady) -> Option<Scheduler> {
    let written = written_for(app);
    let is_known = written.iter().any(|(scheduler, folder)| is_for(app, week, *scheduler, folder));
    written.first().map(|(scheduler, _)| *scheduler).filter(|_| !is_known)
}

/// The scheduler that has files of the project, if there is one.
pub(crate) fn scheduled(app: &App) -> Option<Scheduler> {
    written_for(app).first().map(|(scheduler, _)| *scheduler)
}

fn written_for(app: &App) -> Vec<(Scheduler, PathBuf)> {
    let project = whole(app.project.root()).and_then(|path| text(&path));
    project.map(|project| written(&name(&project))).unwrap_or_default()
}

/// Where files of a schedule lie, with the scheduler that reads them.
fn written(name: &str) -> Vec<(Scheduler, PathBuf)> {
    let schedulers = [false, true].map(Scheduler::of_this_computer);
    let folder = |scheduler: Scheduler| {
        let folder = scheduler.folder().ok().flatten()?;
        let ours = |file: &String| there(&folder.join(file)) == There::Ours;
        scheduler.file_names(name).iter().any(ours).then_some((scheduler, folder))
    };
    schedulers.into_iter().filter_map(folder).collect()
}

/// Whether what is written is for the days as they are now. The service is left out: another program may have looked.
fn is_for(app: &App, week: &WeekReady, scheduler: Scheduler, folder: &Path) -> bool {
    let Ok(now) = timetable(app, week, &Elsewhere::default()) else { return true };
    let now = Timetable { account: scheduler.system.then(|| "anybody".to_owned()), ..now };
    let Ok(files) = texts(&now, scheduler.kind) else { return true };
    let timers = files.iter().filter(|file| file.name.ends_with(".timer"));
    timers.into_iter().all(|file| std::fs::read(folder.join(&file.name)).is_ok_and(|bytes| bytes == file.bytes))
}

/// Asks the scheduler: when it starts next, where it says so.
///
/// # Errors
/// In words, why it is not on.
pub(crate) fn ask(scheduler: Scheduler, name: &str, folder: &Path) -> Result<Option<DateTime<Utc>>, String> {
    let look = scheduler.look(name, folder);
    let program = look.first().cloned().unwrap_or_default();
    let said = match run(&look) {
        Ran::Missing => return Err(format!("there is no {program} here that could be asked")),
        Ran::Refused(why) => return Err(format!("{program} says: {why}")),
        Ran::Well(said) => said,
    };
    match scheduler.kind {
        Kind::Systemd => units(&said),
        Kind::Windows if !said.contains(MARK) => Err("the task is not the one that weekcast install made".to_owned()),
        Kind::Windows | Kind::Launchd => Ok(None),
    }
}

/// `systemctl show` of the two timers.
fn units(said: &str) -> Result<Option<DateTime<Utc>>, String> {
    let value = |block: &str, key: &str| -> Option<String> {
        block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
    };
    let blocks: Vec<&str> = said.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    let mut next: Option<DateTime<Utc>> = None;
    for block in &blocks {
        let id = value(block, "Id").unwrap_or_default();
        let active = value(block, "ActiveState").unwrap_or_default();
        let enabled = value(block, "UnitFileState").unwrap_or_default();
        if active != "active" {
            return Err(format!("{id} is {active}"));
        }
        if enabled != "enabled" {
            return Err(format!("{id} is {enabled}, so it would not be on after the next start of the computer"));
        }
        let at = value(block, "NextElapseUSecRealtime").as_deref().and_then(instant);
        next = match (next, at) {
            (Some(earlier), Some(at)) => Some(earlier.min(at)),
            (earlier, at) => earlier.or(at),
        };
    }
    if blocks.len() < 2 { Err("systemd does not know the timers".to_owned()) } else { Ok(next) }
}

/// `Mon 2027-03-15 08:30:00 UTC`, perhaps with fractions of a second.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_suffix(" UTC")?;
    let (_, at) = text.split_once(' ')?;
    NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M:%S%.f").ok().map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::units;

    fn block(id: &str, active: &str, enabled: &str, next: &str) -> String {
        format!("Id={id}\nActiveState={active}\nUnitFileState={enabled}\nNextElapseUSecRealtime={next}\n")
    }

    #[test]
    fn the_answer_of_systemctl_is_understood() {
        let of = |first: &str, second: &str| units(&format!("{first}\n{second}"));
        let due = block("a.timer", "active", "enabled", "Mon 2027-03-15 08:30:00 UTC");
        let again = block("a-again.timer", "active", "enabled", "Mon 2027-03-15 00:00:00.250000 UTC");
        assert_eq!(of(&due, &again).unwrap().unwrap().to_rfc3339(), "2027-03-15T00:00:00.250+00:00");
        // The week is over: they are on, and start no more.
        let over = |id| block(id, "active", "enabled", "");
        assert_eq!(of(&over("a.timer"), &over("a-again.timer")), Ok(None));
        assert_eq!(of(&block("a.timer", "inactive", "enabled", ""), &again), Err("a.timer is inactive".to_owned()));
        assert!(of(&due, &block("b.timer", "active", "disabled", "")).unwrap_err().starts_with("b.timer is disabled"));
        assert_eq!(units(""), Err("systemd does not know the timers".to_owned()));
    }
}
