//! `recipients import`: opt-outs from a CSV file.

use std::path::PathBuf;

use crate::app::{App, Format, Imported, import_opt_outs};
use crate::exit::Exit;
use crate::model::{Finding, Severity, count};
use crate::output::{findings_as_json, findings_as_text};

/// Read opt-outs from a CSV file, such as one that suppress --export wrote
///
/// The first line names the columns: address, and where you like list, reason, source and since (2027-03-15). Nothing is
/// read while there are errors; reading the same file twice changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file
    file: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Imports.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let (imported, findings) = import_opt_outs(app, &args.file, args.dry_run)?;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    match app.format {
        Format::Json => {
            let mut json = findings_as_json(&findings);
            if let (Some(object), serde_json::Value::Object(fields)) =
                (json.as_object_mut(), serde_json::to_value(imported)?)
            {
                object.extend(fields);
            }
            app.streams.json(&json)?;
        }
        Format::Text => {
            app.streams.err(&findings_as_text(&findings));
            app.streams.out(&as_text(&imported, errors, &findings))?;
        }
    }
    Ok(if errors > 0 { Exit::Data } else { Exit::Done })
}

fn as_text(imported: &Imported, errors: usize, findings: &[Finding]) -> String {
    if errors > 0 {
        return format!("{}, so nothing was read. Mend the file and give the command again.\n", count(errors, "error"));
    }
    let would = if imported.dry_run { "Dry run, nothing was changed. Would be" } else { "Read" };
    let mut out = format!(
        "{would}: {} new, {} changed, {} as before.\n",
        count(imported.new, "opt-out"),
        imported.changed,
        imported.unchanged
    );
    if imported.forgotten > 0 {
        let who = count(imported.forgotten, "person");
        out.push_str(&format!("Left out: {who} who were forgotten; nothing is sent to them anyway.\n"));
    }
    if !findings.is_empty() {
        out.push_str(&format!("{}, shown above.\n", count(findings.len(), "warning")));
    }
    out
}
