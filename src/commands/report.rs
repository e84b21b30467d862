//! `report`: the board pack.

use std::path::PathBuf;

use crate::app::{App, Fault, Purpose, board_pack, prepare};
use crate::exit::Exit;
use crate::model::count;
use crate::report::write;

/// Write the board pack
///
/// What was sent when and to how many, in honest words, with a chart, tables for Excel and each day's message.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to (else: report/ in the project)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Reports.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let prepared = prepare(app, &name, Purpose::Look);
    let week = prepared.week.ok_or_else(|| {
        Fault::new(Exit::Data, format!("the week \"{name}\" cannot be read")).help("weekcast check shows why")
    })?;
    let ledger = app.settled_ledger(&week.settings.ledger)?;
    let pack = board_pack(app, &week, &prepared.allowed, ledger.as_deref())?;
    let folder = args.out.clone().unwrap_or_else(|| app.project.join("report"));
    let files = write(&folder, &pack)?;
    app.streams.err(&format!("{} written; recipients.csv holds personal data\n", count(files.len(), "file")));
    app.streams.out(&format!("The board pack, for a browser: {}\n", folder.join("index.html").display()))?;
    Ok(Exit::Done)
}
