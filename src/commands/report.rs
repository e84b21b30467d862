//! `report`: the board pack.

use std::path::PathBuf;

use serde_json::json;

use crate::app::{App, Format, Pdf, Purpose, board_pack, pdf, prepare};
use crate::exit::Exit;
use crate::model::count;
use crate::output::plain;
use crate::report::{BoardPack, printed_page, write};

/// Write the board pack
///
/// What was sent when and to how many, in honest words, with a chart, tables for Excel and each day's message.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to (else: report/ in the project)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Add the page as a PDF, printed by Chromium, Chrome or Edge where one of them is found
    #[arg(long)]
    pdf: bool,
}

/// Reports.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let mut prepared = prepare(app, &name, Purpose::Look);
    let week = prepared.readable(&name)?;
    let ledger = app.settled_ledger(&week.settings.ledger)?;
    let pack = board_pack(app, &week, &prepared.allowed, ledger.as_deref())?;
    let folder = args.out.clone().unwrap_or_else(|| app.project.join("report"));
    let printed = if args.pdf { print(app, &pack)? } else { None };
    let files = write(&folder, &pack, printed.as_deref())?;
    app.streams.err(&format!("{} written; recipients.csv holds personal data\n", count(files.len(), "file")));
    let index = folder.join("index.html");
    match app.format {
        Format::Text => app.streams.out(&format!("The board pack, for a browser: {}\n", index.display()))?,
        Format::Json => {
            let index = app.path_for_scripts(&index);
            app.streams.json(&json!({ "week": name, "index": index, "files": files.len() }))?;
        }
    }
    Ok(Exit::Done)
}

/// The page as a PDF; why not, where it cannot be had.
fn print(app: &mut App, pack: &BoardPack) -> anyhow::Result<Option<Vec<u8>>> {
    let reason = match pdf(&printed_page(pack)?)? {
        Pdf::Made(bytes) => return Ok(Some(bytes)),
        Pdf::NoBrowser => "there is no Chromium, Chrome or Edge on this computer".to_owned(),
        Pdf::Failed(reason) => reason,
    };
    app.streams.err(&format!(
        "warning: report.pdf was not made: {}\nhelp: open index.html in a browser, and print it to a file\n",
        plain(&reason)
    ));
    Ok(None)
}
