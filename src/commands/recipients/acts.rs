//! `recipients acts`: what was done about people.

use chrono::SecondsFormat;

use crate::app::{App, Format, acts_about_people};
use crate::exit::Exit;
use crate::output::table;

/// Show what was done about people: opt-outs, imports, erasures, purges; without addresses
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Shows.
pub(crate) fn run(_args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let acts = acts_about_people(app)?;
    let rows: Vec<Vec<String>> = acts
        .iter()
        .map(|act| {
            vec![act.at.to_rfc3339_opts(SecondsFormat::Secs, true), act.kind.replace('-', " "), act.detail.clone()]
        })
        .collect();
    match app.format {
        Format::Json => {
            let acts: Vec<serde_json::Value> = acts
                .iter()
                .zip(&rows)
                .map(|(act, row)| serde_json::json!({ "at": row[0], "kind": act.kind, "detail": act.detail }))
                .collect();
            app.streams.json(&serde_json::json!({ "acts": acts }))?;
        }
        Format::Text if rows.is_empty() => app.streams.out("Nothing yet.\n")?,
        Format::Text => app.streams.out(&table(&["at", "act", "what"], &rows, None))?,
    }
    Ok(Exit::Done)
}
