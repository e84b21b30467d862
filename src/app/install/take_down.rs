//! `uninstall`: the scheduler is asked to stop, and the files that `install` wrote are removed; nothing else is.

use std::path::PathBuf;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::installed::Removed;
use crate::app::install::own_file::{self, There, remove, there};
use crate::app::install::program::{Ran, run, run_all};
use crate::app::install::scheduler::Scheduler;
use crate::app::install::set_up::{is_there, record};
use crate::app::install::timetable::{text, whole};
use crate::model::Findings;
use crate::scheduler::{MARK, name, task_names};
use crate::settings;

/// Uninstalls.
///
/// # Errors
/// [`Fault`] where a file cannot be removed.
pub fn take_down(app: &App, scheduler: Scheduler) -> anyhow::Result<Removed> {
    let name = name(&text(&whole(app.project.root())?)?);
    let mut removed = match scheduler.folder()? {
        Some(folder) => files(scheduler, name, folder)?,
        None => tasks(scheduler, name),
    };
    removed.other = is_there(Scheduler { system: !scheduler.system, ..scheduler }, &removed.name);
    if !removed.gone.is_empty() {
        let settings = settings::load(&app.project, &mut Findings::new());
        record(app, &settings.ledger, "uninstalled", &scheduler.title())?;
    }
    Ok(removed)
}

fn files(scheduler: Scheduler, name: String, folder: PathBuf) -> Result<Removed, Fault> {
    let places: Vec<PathBuf> = scheduler.file_names(&name).iter().map(|file| folder.join(file)).collect();
    let mut removed = Removed { scheduler, name, gone: Vec::new(), to_type: Vec::new(), other: false };
    if !places.iter().any(|place| there(place) == There::Ours) {
        return Ok(removed);
    }
    if !matches!(run_all(&scheduler.switch_off(&removed.name, &folder)), Ran::Well(_)) {
        removed.to_type.extend(scheduler.stop_by_hand(&removed.name, &folder));
    }
    // Left where the scheduler could not be asked; a link to a file of ours is ours.
    for link in scheduler.links(&removed.name, &folder) {
        let leads = std::fs::read_link(&link).is_ok_and(|target| places.iter().any(|place| target.ends_with(place)));
        if leads {
            std::fs::remove_file(&link).map_err(|cause| own_file::refused("removed", &link, &cause))?;
        }
    }
    for place in &places {
        if remove(place)? {
            removed.gone.push(place.display().to_string());
        }
    }
    removed.to_type.extend(scheduler.forget().into_iter().filter(|command| !matches!(run(command), Ran::Well(_))));
    Ok(removed)
}

fn tasks(scheduler: Scheduler, name: String) -> Removed {
    let mut removed = Removed { scheduler, name, gone: Vec::new(), to_type: Vec::new(), other: false };
    let delete = scheduler.switch_off(&removed.name, &PathBuf::new());
    for (task, delete) in task_names(&removed.name).into_iter().zip(delete) {
        let ours = matches!(run(&scheduler.look(&task, &PathBuf::new())), Ran::Well(said) if said.contains(MARK));
        if ours {
            match run(&delete) {
                Ran::Well(_) => removed.gone.push(task),
                _ => removed.to_type.push(delete),
            }
        }
    }
    removed
}
