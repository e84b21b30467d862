//! `preview [DAY]`: the week as pages and `.eml` files, byte for byte what would be sent, the `Date` line apart.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::app::{App, DayReady, Fault, Format, Look, Purpose, prepare, preview_week};
use crate::commands::preview_serve::{self, Serving};
use crate::exit::Exit;
use crate::model::{Address, DayName, Finding, count};
use crate::output::findings_as_text;
use crate::preview::write;

/// Write the week as pages and .eml files, exactly as it will arrive
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    /// The folder to write to (else: preview/ in the project)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    serving: Serving,
}

/// Which copies are shown.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Selection {
    /// Only this day: monday, 2027-03-15, 1, today or next
    day: Option<DayName>,
    /// The copy of this recipient (else: the first person of each day's lists)
    #[arg(long = "as", value_name = "ADDRESS")]
    shown_as: Option<String>,
}

/// Previews.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    if args.serving.serve {
        let who = args.selection.shown_as.as_deref().map(address).transpose()?;
        return preview_serve::run(&args.serving, (who, args.selection.day.as_ref()), app);
    }
    let folder = args.out.clone().unwrap_or_else(|| app.project.join("preview"));
    let index = write_pages(app, &args.selection, &folder)?;
    match app.format {
        Format::Text => app.streams.out(&format!("The preview, for a browser: {}\n", index.display()))?,
        Format::Json => {
            let index = app.path_for_scripts(&index);
            app.streams.json(&json!({ "week": app.week_name()?, "index": index }))?;
        }
    }
    Ok(Exit::Done)
}

/// Writes the pages; returns the index.
pub(crate) fn write_pages(app: &mut App, selection: &Selection, folder: &Path) -> anyhow::Result<PathBuf> {
    let name = app.week_name()?;
    let prepared = prepare(app, &name, Purpose::Look);
    let findings = prepared.findings.clone();
    let warnings: Vec<Finding> = findings.iter().filter(|finding| finding.rule == "example-lists").cloned().collect();
    app.streams.err(&findings_as_text(&warnings));
    let week = prepared.ready(app)?;
    // The ledger holds the secret that Message-IDs are made with: without it the preview would not be the message.
    let ledger = app.ledger(&week.settings.ledger)?;
    let days: Vec<&DayReady> = match &selection.day {
        None => week.days.iter().collect(),
        Some(day) => vec![crate::app::pick(app, &week, day, Some(ledger.as_ref()))?],
    };
    let shown_as = selection.shown_as.as_deref().map(address).transpose()?;
    let look = Look { days, shown_as: shown_as.as_ref() };
    let preview = preview_week(app, &week, &look, findings, ledger.as_ref())?;
    if let (Some(address), true) = (&shown_as, preview.days.is_empty()) {
        let fault = Fault::new(Exit::Data, format!("\"{address}\" gets none of these broadcasts"));
        return Err(fault.help("weekcast plan shows the lists of each day").into());
    }
    let files = write(folder, &preview)?;
    app.streams.note(&format!("Preview written: {}\n", count(files.len(), "file")));
    Ok(folder.join("index.html"))
}

fn address(text: &str) -> Result<Address, Fault> {
    Address::parse(text).map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))
}
