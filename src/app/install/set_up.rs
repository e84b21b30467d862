//! `install`: the files are written, the scheduler is asked to use them, and then asked how it stands.

use std::path::PathBuf;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::account::account;
use crate::app::install::for_root::refuse_for_root;
use crate::app::install::installed::{Active, Installed};
use crate::app::install::own_file::{There, put, refuse_foreign, there};
use crate::app::install::program::{CommandLine, Ran, line, run, run_all};
use crate::app::install::read_back::ask;
use crate::app::install::scheduler::{Scheduler, owner};
use crate::app::install::timetable::{Elsewhere, texts, timetable};
use crate::app::ready::WeekReady;
use crate::exit::Exit;
use crate::ledger::LedgerSettings;
use crate::model::{Act, list_of};
use crate::scheduler::{Kind, MARK, TextFile, Timetable};
use crate::transport::{Destination, PasswordSource};

/// What would be written and asked, without doing it.
///
/// # Errors
/// [`Fault`] where it cannot be done.
pub fn dry_run(app: &App, week: &WeekReady, scheduler: Scheduler, place: &Elsewhere) -> anyhow::Result<Installed> {
    let (timetable, texts) = told(app, week, scheduler, place)?;
    let folder = scheduler.folder()?.unwrap_or_else(std::env::temp_dir);
    let replaced = is_there(scheduler, &timetable.name);
    let active = Active::NotTried(scheduler.switch_on(&timetable.name, &folder));
    let files = texts.iter().map(|file| folder.join(&file.name)).collect();
    Ok(Installed { notes: notes(week, scheduler), scheduler, timetable, files, replaced, active })
}

/// Installs.
///
/// # Errors
/// [`Fault`] where a file is not ours, or cannot be written.
pub fn set_up(app: &App, week: &WeekReady, scheduler: Scheduler, place: &Elsewhere) -> anyhow::Result<Installed> {
    let (timetable, texts) = told(app, week, scheduler, place)?;
    let name = timetable.name.clone();
    // Task Scheduler reads its files once and keeps what stands in them.
    let passing = if scheduler.kind == Kind::Windows { Some(tempfile::tempdir()?) } else { None };
    let folder = match (&passing, scheduler.folder()?) {
        (_, Some(folder)) => folder,
        (Some(passing), None) => passing.path().to_owned(),
        (None, None) => return Err(Fault::new(Exit::Software, "there is no folder for the schedule").into()),
    };
    refuse_foreign(&folder, &scheduler.file_names(&name))?;
    let replaced = match scheduler.kind {
        Kind::Windows => refuse_foreign_task(scheduler, &name)?,
        _ => is_there(scheduler, &name),
    };
    for file in &texts {
        put(&folder, file)?;
    }
    if scheduler.kind == Kind::Launchd && replaced {
        // It keeps what it has read until it is told to forget it; that it knows nothing of it is no fault.
        let _ = run_all(&scheduler.switch_off(&name, &folder));
    }
    let on = scheduler.switch_on(&name, &folder);
    let active = match run_all(&on) {
        Ran::Well(_) => match ask(scheduler, &name, &folder) {
            Ok(next) => Active::On(next),
            Err(why) => Active::Off(why, vec![scheduler.look(&name, &folder)]),
        },
        Ran::Missing => Active::Off(format!("there is no {} here", on[0][0]), on),
        // Its files are gone by the time that anybody could type them.
        Ran::Refused(why) if scheduler.kind == Kind::Windows => {
            let hint = "in a window that was opened with \"Run as administrator\" it may";
            Active::Off(format!("schtasks says: {why} ({hint})"), vec![line(["weekcast", "install"])])
        }
        Ran::Refused(why) => Active::Off(format!("{} says: {why}", on[0][0]), on),
    };
    let files: Vec<PathBuf> = match passing {
        Some(_) => Vec::new(),
        None => texts.iter().map(|file| folder.join(&file.name)).collect(),
    };
    let mut notes = notes(week, scheduler);
    notes.extend(lingering(scheduler, &folder));
    if is_there(Scheduler { system: !scheduler.system, ..scheduler }, &name) {
        let (other, option) = if scheduler.system { ("your own", "") } else { ("the computer's", " --system") };
        notes.push(format!(
            "{other} {} starts it too, which does no harm; to take that away: weekcast uninstall{option}",
            scheduler.kind.title()
        ));
    }
    record(
        app,
        &week.settings.ledger,
        "installed",
        &format!("{}, for the week {}", scheduler.title(), timetable.week),
    )?;
    Ok(Installed { scheduler, timetable, files, replaced, active, notes })
}

fn told(
    app: &App,
    week: &WeekReady,
    scheduler: Scheduler,
    place: &Elsewhere,
) -> Result<(Timetable, Vec<TextFile>), Fault> {
    refuse_for_root(app, scheduler)?;
    let place = Elsewhere { account: account(app, scheduler, place.account.as_deref())?, ..place.clone() };
    let timetable = timetable(app, week, &place)?;
    let texts = texts(&timetable, scheduler.kind)?;
    Ok((timetable, texts))
}

/// A task under our name that is somebody else's is left alone; whether one of ours is there.
fn refuse_foreign_task(scheduler: Scheduler, name: &str) -> Result<bool, Fault> {
    match run(&scheduler.look(name, &PathBuf::new())) {
        Ran::Well(said) if said.contains(MARK) => Ok(true),
        Ran::Well(_) => {
            let fault = Fault::new(Exit::Io, format!("the task \"{name}\" was not made by weekcast install"));
            Err(fault.help("it is left as it is; rename it in Task Scheduler, then give the command again"))
        }
        _ => Ok(false),
    }
}

/// What goes wrong by itself later, said now.
fn notes(week: &WeekReady, scheduler: Scheduler) -> Vec<String> {
    let mut notes = Vec::new();
    let variables = variables(week);
    if !variables.is_empty() {
        notes.push(format!(
            "{} in the environment, which a scheduler does not have: in weekcast.toml give it as {{ file = \"…\" }} or {{ \
             command = \"…\" }}, or set the variable for {}",
            if variables.len() == 1 {
                format!("the password is {}", variables[0])
            } else {
                format!("the secrets are {}", list_of(&variables))
            },
            scheduler.kind.title(),
        ));
    }
    if week.settings.notify.is_empty() {
        notes.push(
            "nobody is told by e-mail when a day is done, held or in trouble: add [notify] to = [\"Name <address>\"] to \
             weekcast.toml"
                .to_owned(),
        );
    }
    match scheduler.kind {
        Kind::Systemd if !scheduler.system => notes.push(
            "a computer that sleeps is not woken; a day is still sent when it wakes within the week's grace (sudo weekcast \
             install --system wakes it)"
                .to_owned(),
        ),
        Kind::Launchd => notes.push(
            "a Mac that sleeps is not woken: sudo pmset repeat wakeorpoweron MTWRF 08:25:00 wakes it before half past eight, \
             for instance"
                .to_owned(),
        ),
        _ => {}
    }
    notes
}

/// Environment variables that the settings want.
fn variables(week: &WeekReady) -> Vec<String> {
    let Destination::Smtp(smtp) = &week.settings.transport.destination else { return Vec::new() };
    let secret = smtp.oauth.as_ref().and_then(|oauth| oauth.client_secret.as_ref());
    let sources = smtp.password.iter().chain(secret);
    sources
        .filter_map(|source| if let PasswordSource::Env(name) = source { Some(name.clone()) } else { None })
        .collect()
}

/// Whether a schedule of this name is there.
pub(crate) fn is_there(scheduler: Scheduler, name: &str) -> bool {
    let folder = scheduler.folder().ok().flatten();
    folder.is_some_and(|folder| scheduler.file_names(name).iter().any(|file| there(&folder.join(file)) == There::Ours))
}

/// A user's systemd ends when they sign out, unless they linger.
fn lingering(scheduler: Scheduler, folder: &std::path::Path) -> Option<String> {
    if scheduler.kind != Kind::Systemd || scheduler.system {
        return None;
    }
    let user = owner(folder)?.to_string();
    let command: CommandLine = line(["loginctl", "show-user", &user, "--property=Linger", "--value"]);
    if matches!(run(&command), Ran::Well(said) if said.trim() == "yes") {
        return None;
    }
    Some("it runs only while you are signed in; to let it run without you: loginctl enable-linger".to_owned())
}

/// Kept in the record, where there is one; none is made for it.
pub(crate) fn record(app: &App, settings: &LedgerSettings, kind: &str, detail: &str) -> anyhow::Result<()> {
    if let Some(mut ledger) = app.existing_ledger(settings)? {
        ledger.record(&Act { at: app.now(), key: None, kind: kind.to_owned(), detail: detail.to_owned() })?;
    }
    Ok(())
}
