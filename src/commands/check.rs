//! `check`: every finding, in one pass, before anything is sent.

use crate::app::{App, Format, Prepared, Purpose, exit_for, prepare};
use crate::exit::Exit;
use crate::model::{Severity, count};
use crate::output::{findings_as_json, findings_as_text};

/// Find every mistake in the week, the lists, the templates and the files at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Let warnings count as errors
    #[arg(long)]
    strict: bool,
}

/// Checks.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let prepared = prepare(app, &name, Purpose::Look);
    match app.format {
        Format::Json => {
            let json = findings_as_json(&prepared.findings);
            app.streams.json(&json)?;
        }
        Format::Text => {
            app.streams.out(&findings_as_text(&prepared.findings))?;
            app.streams.out(&closing(&name, &prepared))?;
        }
    }
    let exit = exit_for(&prepared.findings);
    Ok(if args.strict && exit == Exit::Done && !prepared.findings.is_empty() { Exit::Data } else { exit })
}

fn closing(name: &str, prepared: &Prepared) -> String {
    let errors = prepared.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = prepared.findings.len() - errors;
    let mut out = match (errors, warnings) {
        (0, 0) => {
            let days = prepared.week.as_ref().map_or(0, |week| week.days.len());
            format!("{name}: {} checked, nothing found. Next: weekcast preview\n", count(days, "day"))
        }
        (0, warnings) => format!("{name}: no errors, {}. Next: weekcast preview\n", count(warnings, "warning")),
        (errors, 0) => format!("{name}: {}. Nothing is sent until they are mended.\n", count(errors, "error")),
        (errors, warnings) => format!(
            "{name}: {} and {}. Nothing is sent until the errors are mended.\n",
            count(errors, "error"),
            count(warnings, "warning")
        ),
    };
    for allowed in &prepared.allowed {
        out.push_str(&format!("allowed: {} ({}): {}\n", allowed.rule, count(allowed.count, "finding"), allowed.reason));
    }
    out
}
