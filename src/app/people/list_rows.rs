//! `recipients list`: each list with its people, its findings and its opt-outs.

use std::collections::HashSet;

use serde::Serialize;

use crate::app::context::App;
use crate::app::prepare::{Purpose, load_lists};
use crate::ledger::Ledger;
use crate::model::{AddressKey, DistributionList, Finding, Findings, ListKind, ListName, Place, Suppression};
use crate::plan::OptOuts;
use crate::recipients::expand;
use crate::settings;

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListRow {
    /// Its key in `recipients.toml`.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// `members`, `file`, `address` or `group`.
    pub kind: &'static str,
    /// People, each once; 1 for an address that the mail system expands.
    pub recipients: usize,
    /// How many of them opted out, of everything or of this list.
    pub opted_out: usize,
    /// Findings in it.
    pub findings: usize,
}

/// All lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListOverview {
    /// In the order of `recipients.toml`.
    pub lists: Vec<ListRow>,
    /// People on any of them, each once.
    pub people: usize,
    /// Addresses with an opt-out, on the lists or not.
    pub opted_out: usize,
    /// People whose addresses were erased.
    pub forgotten: usize,
}

/// Reads the lists; what is wrong with them comes back as well.
///
/// # Errors
/// The ledger's.
pub fn list_overview(app: &App) -> anyhow::Result<(ListOverview, Vec<Finding>)> {
    // What is wrong with the settings is no concern of the lists.
    let settings = settings::load(&app.project, &mut Findings::new());
    let mut findings = Findings::new();
    let lists = load_lists(app, Purpose::Look, &mut findings);
    let findings = findings.sorted();
    let ledger = app.existing_ledger(&settings.ledger)?;
    let suppressions = ledger.as_ref().map(|ledger| ledger.suppressions()).transpose()?.unwrap_or_default();
    let rows = lists.iter().map(|list| row(list, &lists, &findings, (&suppressions, ledger.as_deref()))).collect();
    let all: Vec<(ListName, Place)> = lists.iter().map(|list| (list.name.clone(), list.place.clone())).collect();
    let people = expand(&lists, &all, &mut Findings::new()).recipients.len();
    let keys: HashSet<&AddressKey> = suppressions.iter().map(|one| &one.key).collect();
    let forgotten = keys.iter().filter(|key| key.is_pseudonym()).count();
    Ok((ListOverview { lists: rows, people, opted_out: keys.len() - forgotten, forgotten }, findings))
}

fn row(
    list: &DistributionList,
    all: &[DistributionList],
    findings: &[Finding],
    (suppressions, ledger): (&[Suppression], Option<&dyn Ledger>),
) -> ListRow {
    let expansion = expand(all, &[(list.name.clone(), list.place.clone())], &mut Findings::new());
    let secret = ledger.map_or([0; 32], |ledger| *ledger.secret());
    let opt_outs = OptOuts::of_day(suppressions.to_vec(), &secret, all, std::slice::from_ref(&list.name));
    ListRow {
        name: list.name.to_string(),
        title: list.title.clone(),
        kind: match list.kind {
            ListKind::Members(_) => "members",
            ListKind::File { .. } => "file",
            ListKind::Address(_) => "address",
            ListKind::Group { .. } => "group",
        },
        recipients: expansion.recipients.len(),
        opted_out: expansion.recipients.keys().filter(|key| opt_outs.of(key).is_some()).count(),
        findings: findings.iter().filter(|finding| is_in(finding, list, all)).count(),
    }
}

/// Whether a finding is about the file of a list, or about the lines from its heading to the next list.
fn is_in(finding: &Finding, list: &DistributionList, all: &[DistributionList]) -> bool {
    let source = &finding.place.source;
    if matches!(&list.kind, ListKind::File { path, .. } if *path == source.path) {
        return true;
    }
    if source.path != list.place.source.path {
        return false;
    }
    let (at, start) = (finding.place.range.start, list.place.range.start);
    let end = all.iter().map(|other| other.place.range.start).filter(|other| *other > start).min();
    at >= start && end.is_none_or(|end| at < end)
}
