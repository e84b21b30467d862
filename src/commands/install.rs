//! `install`: `run --once` is put into the scheduler of this computer and read back; or its files are made for another one.

use std::path::PathBuf;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::app::{
    Active, App, Elsewhere, Fault, Format, Installed, Purpose, ScheduleFile, Scheduler, WeekReady, dry_run_install,
    prepare, schedule_files, set_up, shown, times_in_words, timetable,
};
use crate::exit::Exit;
use crate::output::plain;
use crate::scheduler::{Kind, Slot};

/// Let this computer's scheduler send each day at its time
///
/// systemd, Task Scheduler or launchd then starts weekcast run --once when a day is due, and every quarter of an hour while
/// somebody is still to be tried again. The week is checked first. When its dates or times change, give it again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For the whole computer: it needs an administrator's rights, and may wake the computer
    #[arg(long)]
    system: bool,
    /// Whose rights it runs with (with --system; else the owner of the project folder)
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Show what would be written and asked, and do nothing
    #[arg(long, conflicts_with_all = ["print", "out"])]
    dry_run: bool,
    /// Print the files, and touch nothing
    #[arg(long)]
    print: bool,
    /// Write the files to this folder, and touch nothing else
    #[arg(long, value_name = "DIR", conflicts_with = "print")]
    out: Option<PathBuf>,
    /// The scheduler that --print and --out are for (else: this computer's)
    #[arg(long = "for", value_name = "SCHEDULER", value_enum)]
    kind: Option<SchedulerName>,
    /// Where weekcast lies on that computer
    #[arg(long, value_name = "PATH")]
    program: Option<String>,
    /// Where the project lies on that computer
    #[arg(long, value_name = "PATH")]
    folder: Option<String>,
    /// Acts as on a computer with this scheduler, for tests
    #[arg(long, hide = true, value_name = "SCHEDULER", value_enum)]
    acting_on: Option<SchedulerName>,
}

/// A scheduler, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SchedulerName {
    /// Linux.
    Systemd,
    /// Task Scheduler.
    Windows,
    /// macOS.
    Launchd,
}

impl SchedulerName {
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Systemd => Kind::Systemd,
            Self::Windows => Kind::Windows,
            Self::Launchd => Kind::Launchd,
        }
    }
}

/// `install --format json`.
#[derive(Serialize)]
struct Outcome {
    name: String,
    scheduler: &'static str,
    system: bool,
    week: String,
    installed: bool,
    files: Vec<String>,
    /// Those to come, and those that have passed.
    times: Vec<String>,
    times_over: Vec<String>,
    next: Option<String>,
    to_type: Vec<String>,
    notes: Vec<String>,
}

/// `install --print` and `--out` with `--format json`.
#[derive(Serialize)]
struct Printed<'a> {
    name: &'a str,
    scheduler: &'static str,
    system: bool,
    week: &'a str,
    files: Vec<ScheduleFile>,
    /// For the computer that sends.
    to_type: Vec<String>,
    remark: &'static str,
}

/// Installs, or shows, or prints.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let own = Scheduler::of_this_computer(args.system);
    let printing = args.print || args.out.is_some();
    if !printing && args.acting_on.is_none() && (args.kind.is_some() || args.program.is_some() || args.folder.is_some())
    {
        let fault = Fault::new(Exit::Usage, "--for, --program and --folder are for another computer");
        return Err(fault.help("add --print, or --out DIR, to make the files for it").into());
    }
    if args.user.is_some() && !args.system && !printing && own.kind != Kind::Windows {
        let fault = Fault::new(Exit::Usage, "--user is for --system: without it, it runs for you alone");
        return Err(fault.help("leave --user out, or add --system").into());
    }
    let name = app.week_name()?;
    let week = prepare(app, &name, Purpose::Send).ready(app)?;
    if printing {
        return print(args, app, &week, own);
    }
    let scheduler = args.acting_on.map_or(own, |name| Scheduler { kind: name.kind(), ..own });
    let how = if args.dry_run { dry_run_install } else { set_up };
    let installed = how(app, &week, scheduler, &place(args))?;
    match app.format {
        Format::Text => app.streams.out(&as_text(&installed, app.now()))?,
        Format::Json => app.streams.json(&outcome(&installed, app.now()))?,
    }
    Ok(if matches!(installed.active, Active::Off(..)) { Exit::Remains } else { Exit::Done })
}

fn print(args: &Args, app: &mut App, week: &WeekReady, own: Scheduler) -> anyhow::Result<Exit> {
    let kind = args.kind.map_or(own.kind, SchedulerName::kind);
    if args.system && args.user.is_none() && kind != Kind::Windows {
        let fault = Fault::new(Exit::Usage, "who it is to run as on that computer is not known");
        return Err(fault.help("name them: --user NAME").into());
    }
    let timetable = timetable(app, week, &place(args))?;
    let files = schedule_files(&timetable, kind, args.out.as_deref())?;
    let scheduler = Scheduler { kind, system: args.system };
    let to_type = scheduler.by_hand(&timetable.name);
    if app.format == Format::Json {
        let (week, name) = (&week.week.name, &timetable.name);
        let remark = scheduler.remark();
        app.streams.json(&Printed {
            name,
            scheduler: kind.word(),
            system: args.system,
            week,
            files,
            to_type,
            remark,
        })?;
        return Ok(Exit::Done);
    }
    let mut said = String::new();
    for file in &files {
        match &file.written_to {
            Some(path) => said.push_str(&format!("written: {}\n", path.display())),
            None => app.streams.out(&format!("--- {}\n{}", file.name, file.text))?,
        }
    }
    said.push_str("\nOn the computer that sends, type:\n");
    for line in to_type {
        said.push_str(&format!("  {line}\n"));
    }
    said.push_str(scheduler.remark());
    app.streams.note(&said);
    Ok(Exit::Done)
}

fn place(args: &Args) -> Elsewhere {
    Elsewhere { program: args.program.clone(), folder: args.folder.clone(), account: args.user.clone() }
}

fn as_text(installed: &Installed, now: DateTime<Utc>) -> String {
    let mut out = String::new();
    let title = installed.scheduler.title();
    let verb = match (&installed.active, installed.replaced) {
        (Active::NotTried(_), _) => "Would be written",
        (_, true) => "Written anew",
        (_, false) => "Written",
    };
    if !installed.files.is_empty() {
        let files: String = installed.files.iter().map(|file| format!("  {}\n", file.display())).collect();
        out.push_str(&format!("{verb}:\n{}\n", plain_lines(&files)));
    }
    match &installed.active {
        Active::On(next) => {
            let zone = installed.timetable.slots.first().map(|slot| slot.due.timezone());
            let next = next.zip(zone).map(|(at, zone)| {
                format!("; it looks next on {}", at.with_timezone(&zone).format("%A %-d %B %Y at %H:%M"))
            });
            out.push_str(&format!("It is on, as {title} says{}.\n", next.unwrap_or_default()));
        }
        Active::Off(why, commands) => {
            out.push_str(&format!("It is NOT on yet: {}. On the computer that sends, type:\n", plain(why)));
            out.push_str(&typed(commands));
        }
        Active::NotTried(commands) => out.push_str(&format!("Would be asked of {title}:\n{}", typed(commands))),
    }
    out.push_str(&format!(
        "\nThe days of \"{}\" at which weekcast run --once is started, and then every quarter of an hour for those who are to \
         be tried again:\n{}",
        plain(&installed.timetable.week),
        times_in_words(&installed.timetable, now)
    ));
    if !installed.notes.is_empty() {
        out.push_str("\nPlease note:\n");
        for note in &installed.notes {
            out.push_str(&format!("  - {}\n", plain(note)));
        }
    }
    if !matches!(installed.active, Active::NotTried(_)) {
        out.push_str(
            "\nWhen dates or times change: weekcast install, once more. To take it away: weekcast uninstall\n",
        );
    }
    out
}

fn plain_lines(text: &str) -> String {
    text.lines().map(|line| plain(line) + "\n").collect()
}

fn typed(commands: &[Vec<String>]) -> String {
    commands.iter().map(|command| format!("  {}\n", plain(&shown(command)))).collect()
}

fn outcome(installed: &Installed, now: DateTime<Utc>) -> Outcome {
    let (on, next, to_type) = match &installed.active {
        Active::On(next) => (true, next.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)), Vec::new()),
        Active::Off(_, commands) | Active::NotTried(commands) => (false, None, commands.iter().map(shown).collect()),
    };
    let timetable = &installed.timetable;
    let (over, to_come): (Vec<&Slot>, Vec<&Slot>) = timetable.slots.iter().partition(|slot| slot.due <= now);
    let time = |slot: &Slot| slot.due.to_rfc3339_opts(SecondsFormat::Secs, false);
    let times = |slots: Vec<&Slot>| slots.into_iter().map(time).collect();
    Outcome {
        name: timetable.name.clone(),
        scheduler: installed.scheduler.kind.word(),
        system: installed.scheduler.system,
        week: timetable.week.clone(),
        installed: on,
        files: installed.files.iter().map(|file| file.display().to_string()).collect(),
        times: times(to_come),
        times_over: times(over),
        next,
        to_type,
        notes: installed.notes.clone(),
    }
}
