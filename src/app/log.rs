//! The log: what happened when, for IT, in a file and with `--verbose` on standard error. A line holds the time, what
//! happened and the number of the row in the ledger: never an address, a subject, a reply or a secret.

use std::fmt;
use std::fs::OpenOptions;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::app::fault::Fault;
use crate::clock::Clock;
use crate::exit::Exit;
use crate::send::Event;

/// The time of each line, from the clock that everything else goes by.
struct Time(Arc<dyn Clock>);

impl FormatTime for Time {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        write!(writer, "{}", self.0.now().format("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}

/// Begins the log; without a file and without `verbose` nothing is kept. The file is appended to, for its owner only.
///
/// # Errors
/// [`Fault`] when the file cannot be opened.
pub fn begin_log(file: Option<&Path>, verbose: bool, clock: &Arc<dyn Clock>) -> Result<(), Fault> {
    if file.is_none() && !verbose {
        return Ok(());
    }
    // Only our own lines: what libraries would tell may hold anything.
    let own = || Targets::new().with_target("weekcast", Level::INFO);
    let lines = || {
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false).with_level(false);
        layer.with_timer(Time(Arc::clone(clock)))
    };
    let mut layers = Vec::new();
    if let Some(file) = file {
        layers.push(lines().with_writer(Mutex::new(open(file)?)).with_filter(own()).boxed());
    }
    if verbose {
        layers.push(lines().with_writer(std::io::stderr).with_filter(own()).boxed());
    }
    // Begun once in a process; a second time changes nothing.
    let _ = tracing_subscriber::registry().with(layers).try_init();
    Ok(())
}

fn open(path: &Path) -> Result<std::fs::File, Fault> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| {
        let message = format!("the log \"{}\" cannot be written: {error}", path.display());
        Fault::new(Exit::Io, message).help("name a file in a folder that is there with --log FILE")
    })
}

/// Notes what became of a row.
pub(crate) fn note(event: &Event) {
    match event {
        Event::Accepted(row) => tracing::info!(row, "accepted"),
        Event::Refused(row) => tracing::info!(row, "refused"),
        Event::Deferred(row) => tracing::info!(row, "deferred"),
        Event::InDoubt(row) => tracing::info!(row, "in doubt"),
        Event::Skipped(row) => tracing::info!(row, "skipped"),
        Event::Expired(row) => tracing::info!(row, "expired"),
        Event::BackingOff(until, _) => tracing::info!(until = %until.format("%H:%M:%SZ"), "the server asks to wait"),
    }
}
