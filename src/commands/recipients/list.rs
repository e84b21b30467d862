//! `recipients list`: the lists at a glance.

use crate::app::{App, Format, ListOverview, exit_for, list_overview};
use crate::exit::Exit;
use crate::model::count;
use crate::output::{findings_as_text, table};

/// Name the lists with their people, findings and opt-outs
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists.
pub(crate) fn run(_args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let (overview, findings) = list_overview(app)?;
    if overview.lists.is_empty() {
        app.streams.err(&findings_as_text(&findings));
    }
    match app.format {
        Format::Json => app.streams.json(&overview)?,
        Format::Text => app.streams.out(&as_text(&overview, findings.len()))?,
    }
    Ok(if overview.lists.is_empty() { exit_for(&findings) } else { Exit::Done })
}

fn as_text(overview: &ListOverview, findings: usize) -> String {
    let rows: Vec<Vec<String>> = overview
        .lists
        .iter()
        .map(|list| {
            let numbers = [list.recipients, list.opted_out, list.findings].map(|number| number.to_string());
            let mut row = vec![list.name.clone(), list.title.clone().unwrap_or_default(), list.kind.to_owned()];
            row.extend(numbers);
            row
        })
        .collect();
    let mut out = table(&["list", "title", "kind", "recipients", "opted out", "findings"], &rows, None);
    out.push_str(&format!("\n{} in all, each counted once.\n", count(overview.people, "person")));
    if overview.opted_out > 0 {
        let who = count(overview.opted_out, "address");
        out.push_str(&format!(
            "Opted out, of everything or of a list: {who}. See one: weekcast recipients show ADDRESS\n"
        ));
    }
    if overview.forgotten > 0 {
        out.push_str(&format!("Forgotten: {}. Nothing is sent to them.\n", count(overview.forgotten, "person")));
    }
    if findings > 0 {
        out.push_str(&format!("{} in the lists. See them: weekcast check\n", count(findings, "finding")));
    }
    out
}
