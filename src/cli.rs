//! The command line: global options, the choice of a command, and the one place where an error is printed.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{CommandFactory as _, Parser};
use serde::Serialize;

use crate::app::{App, Fault, Format, Streams, begin_log, first_steps, may_be_own_window, wait_for_enter};
use crate::clock::{Clock, JumpingClock, SystemClock};
use crate::commands::Command;
use crate::exit::Exit;
use crate::output::plain;

/// Apart from a command's own options, so that these are read first.
const EVERYWHERE: &str = "Options of every command";

/// Sends a planned week of e-mail broadcasts: checked, previewed, day by day, never twice
///
/// A week is a file in broadcasts/; the lists are in recipients.toml; IT's settings are in weekcast.toml. The usual
/// road: check, preview, rehearse, send (or run), report.
#[derive(Debug, Parser)]
#[command(name = "weekcast", version, max_term_width = 100, after_help = exit_table())]
struct Cli {
    /// The project's folder (else: upwards from here, the first with weekcast.toml or broadcasts/)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DIR")]
    project: Option<PathBuf>,
    /// The week: the name of a file in broadcasts/ (else: the only one, or the current or next by date)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "NAME")]
    week: Option<String>,
    /// How data is printed
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value_t)]
    format: Format,
    /// Leave out progress and news; results, warnings and errors stay
    #[arg(long, global = true, help_heading = EVERYWHERE, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell each step on standard error
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    verbose: bool,
    /// Append a log to this file: times, steps and row numbers, no addresses
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Sets the clock, for tests
    #[arg(long, global = true, hide = true, value_name = "RFC3339", value_parser = instant)]
    now: Option<DateTime<Utc>>,
    /// Shortens every wait, for tests against a server on this computer: a reply is waited for so long at most, and the
    /// clock jumps over pauses
    #[arg(long, global = true, hide = true, value_name = "MILLISECONDS")]
    patience: Option<u64>,
    #[command(subcommand)]
    command: Command,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if may_be_own_window(arguments.len()) {
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("weekcast.exe"));
        let _ = Streams::of_process().out(&first_steps(&program));
        wait_for_enter();
        return ExitCode::from(Exit::Usage.status());
    }
    let for_scripts = asks_for_json(&arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are what was asked for; a closed pipe there is no failure.
            let _ = error.print();
            if for_scripts && error.use_stderr() {
                // Its first paragraph; the rest is about how to ask for help.
                let words = error.to_string();
                let first = words.split("\n\n").next().unwrap_or_default();
                let first = first.strip_prefix("error: ").unwrap_or(first);
                let message = first.split_whitespace().collect::<Vec<_>>().join(" ");
                let help = Some("see the options: weekcast help, or the command with --help".to_owned());
                let error = Refused { message, causes: Vec::new(), help, status: Exit::Usage.status() };
                let _ = Streams::of_process().json(&Refusal { error });
            }
            return ExitCode::from(if error.use_stderr() { Exit::Usage.status() } else { Exit::Done.status() });
        }
    };
    let mut streams = Streams::of_process();
    let format = cli.format;
    let exit = match execute(cli, &mut streams) {
        Ok(exit) => exit,
        Err(error) => complain(&error, format, &mut streams),
    };
    tracing::info!(status = exit.status(), "ended");
    ExitCode::from(exit.status())
}

/// Whether `--format json` stands on a command line that may not be one.
fn asks_for_json(arguments: &[OsString]) -> bool {
    arguments.iter().any(|word| word == "--format=json")
        || arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

fn execute(cli: Cli, streams: &mut Streams) -> anyhow::Result<Exit> {
    let clock: Arc<dyn Clock> = match (cli.now, cli.patience) {
        (None, None) => Arc::new(SystemClock::new()),
        (None, Some(_)) => return Err(Fault::new(Exit::Usage, "--patience is for tests, which also give --now").into()),
        (Some(now), None) => Arc::new(SystemClock::starting_at(now)),
        (Some(now), Some(_)) => Arc::new(JumpingClock::starting_at(now)),
    };
    begin_log(cli.log.as_deref(), cli.verbose, &clock)?;
    tracing::info!(command = cli.command.name(), version = env!("CARGO_PKG_VERSION"), "begun");
    let project = if cli.command.needs_project() {
        let current = std::env::current_dir()?;
        match App::find_project(cli.project.as_deref(), &current) {
            Err(_) if cli.command.may_lack_project() && cli.project.is_none() => {
                crate::document::ProjectFolder::at(current)
            }
            found => found?,
        }
    } else {
        crate::document::ProjectFolder::at(cli.project.unwrap_or_else(|| PathBuf::from(".")))
    };
    let mut own = std::mem::replace(streams, Streams::of_process());
    own.quiet = cli.quiet;
    own.verbose = cli.verbose;
    let patience = cli.patience.map(Duration::from_millis);
    let mut app = App { project, clock, streams: own, format: cli.format, week: cli.week, patience };
    app.streams.week = app.week_to_name();
    streams.week.clone_from(&app.streams.week);
    let ended = cli.command.run(Cli::command(), &mut app);
    streams.answered = app.streams.answered;
    ended
}

/// `--format json`: why a command did nothing.
#[derive(Serialize)]
struct Refusal {
    error: Refused,
}

#[derive(Serialize)]
struct Refused {
    message: String,
    causes: Vec<String>,
    help: Option<String>,
    status: u8,
}

/// Prints an error with its causes and the next step; for scripts too, where they have no other document.
fn complain(error: &anyhow::Error, format: Format, streams: &mut Streams) -> Exit {
    let broken_pipe = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe);
    if broken_pipe {
        return Exit::Done;
    }
    let mut text = format!("error: {}\n", plain(&error.to_string()));
    for cause in error.chain().skip(1) {
        text.push_str(&format!("caused by: {}\n", plain(&cause.to_string())));
    }
    if let Some(help) = Fault::help_of(error) {
        text.push_str(&format!("help: {}\n", plain(&help)));
    }
    streams.err(&text);
    let exit = Fault::exit_of(error);
    if format == Format::Json && !streams.answered {
        let error = Refused {
            message: streams.naming_week(&error.to_string()).into_owned(),
            causes: error.chain().skip(1).map(ToString::to_string).collect(),
            help: Fault::help_of(error).map(|help| streams.naming_week(&help).into_owned()),
            status: exit.status(),
        };
        // A reader that has gone needs no answer.
        let _ = streams.json(&Refusal { error });
    }
    exit
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).map_err(|error| error.to_string())
}

fn exit_table() -> String {
    let rows = Exit::TABLE.iter().map(|(_, status, meaning)| format!("  {status:>2}  {meaning}\n"));
    format!("Exit statuses:\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
