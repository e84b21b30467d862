//! `recipients import` and `recipients suppress --export`: opt-outs in and out of the ledger.

use std::collections::HashSet;
use std::path::Path;

use chrono::SecondsFormat;
use serde::Serialize;

use crate::app::context::App;
use crate::app::people::opt_out_changes::{record, weighed};
use crate::app::people::opt_out_file::{put, read, written};
use crate::app::prepare::{Purpose, load_lists};
use crate::document::nearest;
use crate::ledger::Ledger;
use crate::model::{Finding, Findings, Suppression, count};
use crate::settings;

/// What an export holds.
#[derive(Debug)]
pub struct Exported {
    /// As the bytes of a CSV file.
    pub csv: Vec<u8>,
    /// As rows.
    pub opt_outs: Vec<ExportedRow>,
    /// How many people were forgotten, and have no address that could be written.
    pub forgotten: usize,
}

/// One opt-out, under the names of the columns.
#[derive(Debug, Serialize)]
pub struct ExportedRow {
    address: String,
    list: Option<String>,
    reason: String,
    source: String,
    since: String,
}

impl ExportedRow {
    fn of(one: Suppression) -> Self {
        Self {
            address: one.key.as_str().to_owned(),
            list: one.list.as_ref().map(ToString::to_string),
            reason: one.reason,
            source: one.source,
            since: one.since.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}

/// What an import changed, or would change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Imported {
    /// Opt-outs in the file.
    pub read: usize,
    /// Those that were not in the ledger.
    pub new: usize,
    /// Those that got another reason, source or earlier date.
    pub changed: usize,
    /// Those that were in the ledger as they are.
    pub unchanged: usize,
    /// Those of people who were forgotten; nothing is kept of them.
    pub forgotten: usize,
    /// Whether it was only looked at.
    pub dry_run: bool,
}

/// Reads opt-outs from a file into the ledger: all of them, or none where there are errors. The same file twice changes
/// nothing.
///
/// # Errors
/// [`Fault`](crate::app::Fault) where there is no such file; the ledger's.
pub fn import_opt_outs(app: &App, path: &Path, dry_run: bool) -> anyhow::Result<(Imported, Vec<Finding>)> {
    let mut findings = Findings::new();
    let rows = read(path, app.now(), &mut findings)?;
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let lists = load_lists(app, Purpose::Look, &mut Findings::new());
    let mut seen = HashSet::new();
    for row in &rows {
        let one = &row.suppression;
        if let Some(name) = one.list.as_ref().filter(|name| !lists.iter().any(|list| list.name == **name)) {
            let message = format!("there is no list \"{name}\" in recipients.toml");
            let help = match nearest(&name.0, lists.iter().map(|list| list.name.0.as_str())) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "the opt-out is kept, in case the list comes back".to_owned(),
            };
            findings.push(Finding::warning("unknown-list", row.place.clone(), message).help(help));
        }
        if !seen.insert((one.key.clone(), one.list.clone())) {
            let finding = Finding::error("opt-out", row.place.clone(), "the same opt-out stands in the file already");
            findings.push(finding.help("remove one of the two"));
        }
    }
    let suppressions: Vec<Suppression> = rows.into_iter().map(|row| row.suppression).collect();
    let mut imported = Imported { read: suppressions.len(), dry_run, ..Imported::default() };
    if findings.errors() > 0 {
        return Ok((imported, findings.sorted()));
    }
    if dry_run {
        if let Some(ledger) = app.existing_ledger(&settings)? {
            sort(ledger.as_ref(), suppressions, &mut imported)?;
        } else {
            imported.new = imported.read;
        }
        return Ok((imported, findings.sorted()));
    }
    let (lock, mut ledger) = app.locked_ledger(&settings)?;
    let wanted = sort(ledger.as_ref(), suppressions, &mut imported)?;
    ledger.suppress_all(&wanted)?;
    let what = format!("{} new, {} changed", count(imported.new, "opt-out"), imported.changed);
    if !wanted.is_empty() {
        record(app, ledger.as_mut(), "opt-outs-imported", &what, "")?;
    }
    lock.guard(ledger.as_mut())?;
    Ok((imported, findings.sorted()))
}

/// Counts what each changes, and keeps those that change something.
fn sort(ledger: &dyn Ledger, all: Vec<Suppression>, into: &mut Imported) -> anyhow::Result<Vec<Suppression>> {
    let mut wanted = Vec::new();
    for one in all {
        let (one, change) = weighed(ledger, one)?;
        match change {
            "suppressed" => into.new += 1,
            "changed" => into.changed += 1,
            "forgotten" => {
                into.forgotten += 1;
                continue;
            }
            _ => {
                into.unchanged += 1;
                continue;
            }
        }
        wanted.push(one);
    }
    Ok(wanted)
}

/// The opt-outs as the bytes of a CSV file, with how many there are and how many people are forgotten, who have no
/// address to write.
///
/// # Errors
/// The ledger's.
pub fn exported_opt_outs(app: &App) -> anyhow::Result<Exported> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let ledger = app.existing_ledger(&settings)?;
    let all = ledger.map(|ledger| ledger.suppressions()).transpose()?.unwrap_or_default();
    let csv = written(&all)?;
    let (forgotten, named): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.key.is_pseudonym());
    Ok(Exported { csv, opt_outs: named.into_iter().map(ExportedRow::of).collect(), forgotten: forgotten.len() })
}

/// Writes an export to a file that is for its owner only.
///
/// # Errors
/// [`Fault`](crate::app::Fault) where the file is there already; the system's.
pub fn put_export(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    put(path, bytes)
}
