//! `doctor`: whether everything that sending rests on is as it should be.

use serde::Serialize;

use crate::app::{App, DoctorFinding, Format, Point, examine};
use crate::exit::Exit;
use crate::output::{plain, table};

/// Look at files, ledger, clock and mail server, without sending anything
///
/// The answer holds no password, no token and no recipient, and can be given to IT as it is.
#[derive(Debug, clap::Args)]
pub struct Args {}

#[derive(Serialize)]
struct Examination {
    version: &'static str,
    system: &'static str,
    points: Vec<Point>,
}

/// Looks.
pub(crate) fn run(_: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let points = examine(app);
    let exit = points.iter().find(|point| point.finding == DoctorFinding::Bad).map_or(Exit::Done, |point| point.exit);
    let whole = Examination { version: env!("CARGO_PKG_VERSION"), system: std::env::consts::OS, points };
    match app.format {
        Format::Json => app.streams.json(&whole)?,
        Format::Text => app.streams.out(&as_text(&whole))?,
    }
    Ok(exit)
}

fn as_text(whole: &Examination) -> String {
    let rows: Vec<Vec<String>> = whole
        .points
        .iter()
        .map(|point| vec![point.finding.word().to_owned(), point.name.to_owned(), point.says.clone()])
        .collect();
    let mut out =
        format!("weekcast {} on {}\n\n{}", whole.version, whole.system, table(&["", "what", "says"], &rows, None));
    let next: Vec<String> = whole
        .points
        .iter()
        .filter_map(|point| Some(format!("  {}: {}\n", point.name, plain(point.next.as_ref()?))))
        .collect();
    if next.is_empty() {
        out.push_str("\nEverything is as it should be.\n");
    } else {
        out.push_str(&format!("\nWhat to do:\n\n{}", next.concat()));
    }
    out
}
