//! From the project folder to the lists.

use crate::document::{FileFault, ProjectFolder, decode, parse};
use crate::model::{DistributionList, Finding, Findings, Place};
use crate::recipients::tally::Tally;
use crate::recipients::{groups, list};

/// The lists of a project.
const FILE: &str = "recipients.toml";

/// What a project is given with, and what is never sent to.
const EXAMPLE: &str = "recipients.example.toml";

/// The largest `recipients.toml`, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Reads the lists of `recipients.toml`, in file order. Every fault becomes a finding; faulty people are left out,
/// faulty lists come back under their names as far as they can be understood.
pub fn load(project: &ProjectFolder, findings: &mut Findings) -> Vec<DistributionList> {
    load_file(project, FILE, findings)
}

/// [`load`] for another file, such as `recipients.example.toml` in the demonstration; `path` is relative to the
/// project folder.
pub fn load_file(project: &ProjectFolder, path: &str, findings: &mut Findings) -> Vec<DistributionList> {
    let bytes = match project.read(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(fault) => {
            findings.push(unreadable(project, path, &fault));
            return Vec::new();
        }
    };
    let Some(source) = decode(path, &bytes, findings) else { return Vec::new() };
    let mut document = parse(&source, findings);
    document.require_as("lists", "[lists.NAME]");
    let mut lists = Vec::new();
    let mut tally = Tally::default();
    if let Some(mut table) = document.table("lists", findings) {
        for entry in table.rest() {
            lists.push(list::read(project, &table, entry, &mut tally, findings));
        }
        if lists.is_empty() && !table.is_broken("lists") {
            let finding = Finding::error("missing-key", Place::new(&source, 0..0), "the file has no list");
            findings.push(finding.help("begin one with [lists.NAME] and members = [\"Name <address>\"]"));
        }
    }
    tally.finish(findings);
    document.finish(findings);
    lists.sort_by_key(|list| list.place.range.start);
    groups::check(&lists, findings);
    lists
}

fn unreadable(project: &ProjectFolder, path: &str, fault: &FileFault) -> Finding {
    let finding = Finding::error(fault.rule(), Place::file(path), fault.to_string());
    match fault {
        FileFault::Missing(_) if path == FILE && project.has(EXAMPLE) => {
            finding.help(format!("copy {EXAMPLE} to {FILE} and put your own people in it"))
        }
        FileFault::Missing(_) => finding.help(format!("make {path} with a [lists.NAME] for each list")),
        _ => finding,
    }
}
