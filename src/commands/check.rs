//! `check`: every finding, in one pass, before anything is sent.

use crate::app::{App, Format, Prepared, Purpose, exit_for, prepare, prepare_online};
use crate::exit::Exit;
use crate::lint::{READERS, RULES};
use crate::model::{Severity, count};
use crate::output::{findings_as_json, findings_as_text, table};

/// Find every mistake in the week, the lists, the templates and the files at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Let warnings count as errors
    #[arg(long)]
    strict: bool,

    /// Also ask each web address of the week whether it answers
    #[arg(long)]
    online: bool,

    /// List the rules, what they find and why, and check nothing
    #[arg(long, conflicts_with_all = ["strict", "online"])]
    rules: bool,
}

/// Checks.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    if args.rules {
        return rules(app);
    }
    let name = app.week_name()?;
    let prepared = if args.online { prepare_online(app, &name) } else { prepare(app, &name, Purpose::Look) };
    match app.format {
        Format::Json => {
            let json = findings_as_json(&prepared.findings);
            app.streams.out(&format!("{json:#}\n"))?;
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

/// Prints every rule.
fn rules(app: &mut App) -> anyhow::Result<Exit> {
    let own = RULES.iter().map(|rule| (rule.id, rule.severities, rule.allowable, rule.why));
    let readers = READERS.iter().map(|rule| (rule.id, rule.severities, false, rule.why));
    let mut all: Vec<_> = own.chain(readers).collect();
    all.sort_by_key(|(id, ..)| *id);
    let words = |severities: &[Severity]| severities.iter().map(|one| one.word()).collect::<Vec<_>>();
    match app.format {
        Format::Json => {
            let rule = |(id, severities, allowable, why): &(&str, &[Severity], bool, &str)| {
                let allowable = *allowable || severities.contains(&Severity::Warning);
                serde_json::json!({ "rule": id, "severities": words(severities), "allowable": allowable, "why": why })
            };
            let json = serde_json::json!({ "rules": all.iter().map(rule).collect::<Vec<_>>() });
            app.streams.out(&format!("{json:#}\n"))?;
        }
        Format::Text => {
            let row = |(id, severities, _, why): &(&str, &[Severity], bool, &str)| {
                vec![(*id).to_owned(), words(severities).join(", "), (*why).to_owned()]
            };
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            app.streams.out(&table(&["rule", "finds", "why"], &rows, None))?;
        }
    }
    Ok(Exit::Done)
}
