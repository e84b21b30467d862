//! One `[lists.NAME]`.

use std::sync::Arc;

use crate::document::{Entry, Hidden, ProjectFolder, Table};
use crate::model::{DistributionList, Finding, Findings, Kind, ListKind, ListName, People, Place, Text};
use crate::recipients::tally::Tally;
use crate::recipients::{file, members};

/// The keys of which a list has exactly one.
const KINDS: [&str; 4] = ["members", "file", "address", "include"];

/// Reads a list. It comes back under its name even where it is faulty, so that whoever names it is not told that it
/// does not exist.
pub(crate) fn read(
    project: &ProjectFolder,
    lists: &Table,
    entry: Entry,
    tally: &mut Tally,
    findings: &mut Findings,
) -> DistributionList {
    let name = ListName(entry.key.clone());
    let kind = ListKind::Members(People::default());
    let mut list =
        DistributionList { name, title: None, kind, reading: None, bad_rows: Vec::new(), place: entry.place };
    if entry.key.trim() != entry.key || entry.key.is_empty() || Hidden::Name.find(&entry.key).is_some() {
        let finding = Finding::error(
            "list-name",
            list.place.clone(),
            "the name of the list is blank, or holds spaces around it or hidden characters",
        );
        findings.push(finding.help("use letters, digits and dashes: [lists.front-line]"));
    }
    let Some(mut table) = lists.nested(&entry.key, entry.node, findings) else { return list };
    list.place = table.place().clone();
    list.title = title(&mut table, findings);
    one_kind(&table, findings);
    if let Some(node) = table.take("members") {
        list.kind = ListKind::Members(members::read(&table, node, tally));
    }
    if let Some((kind, people)) = file::read(project, &mut table, findings) {
        (list.kind, list.reading, list.bad_rows) = (kind, people.reading, people.bad);
    }
    let address = table.text("address", findings);
    if let Some((recipient, _)) = address.and_then(|text| members::from_text(&text, Kind::List, tally)) {
        list.kind = ListKind::Address(Box::new(recipient));
    }
    if let Some(group) = group(&mut table, findings) {
        list.kind = group;
    }
    table.finish(findings);
    say_list(&mut list);
    list
}

/// Tells each person of a list that they are in it.
fn say_list(list: &mut DistributionList) {
    let lists: Arc<[ListName]> = [list.name.clone()].into();
    match &mut list.kind {
        ListKind::Members(members) | ListKind::File { members, .. } => *members = std::mem::take(members).on(&lists),
        ListKind::Address(recipient) => recipient.lists = lists,
        ListKind::Group { .. } => {}
    }
}

fn title(table: &mut Table, findings: &mut Findings) -> Option<String> {
    let text = table.text("title", findings)?;
    if let Some((range, what)) = Hidden::Line.find(text.value()) {
        let finding = Finding::error("hidden-character", text.at(range), format!("`title` holds {what}"));
        findings.push(finding.help("delete it, and keep the title on one line"));
        return None;
    }
    Some(text.value().trim().to_owned()).filter(|title| !title.is_empty())
}

/// Exactly one of `members`, `file`, `address`, `include`, and what goes with each.
fn one_kind(table: &Table, findings: &mut Findings) {
    let there: Vec<&str> = KINDS.into_iter().filter(|key| table.has(key)).collect();
    let finding = |place: Place, message: String| Finding::error("list-kind", place, message);
    match there.as_slice() {
        // A broken or misspelt one is its own finding.
        [] if KINDS.iter().any(|key| {
            table.is_broken(key) || table.has_nearly(key, &["exclude", "columns", "sheet", "skip_bad_rows"])
        }) => {}
        [] => {
            let message = format!("{} does not say who is in it", table.title());
            let help = "give it one of members = […], file = \"…\", address = \"…\" or include = […]";
            findings.push(finding(table.place().clone(), message).help(help));
        }
        [kind] => {
            for (key, home) in
                [("columns", "file"), ("sheet", "file"), ("skip_bad_rows", "file"), ("exclude", "include")]
            {
                if let (true, Some(place)) = (*kind != home, table.key_place(key)) {
                    let message = format!("`{key}` goes with `{home}`, but the list has `{kind}`");
                    findings.push(finding(place, message).help(format!("remove `{key}`, or use `{home}`")));
                }
            }
        }
        [first, others @ ..] => {
            for other in others {
                let Some(place) = table.key_place(other) else { continue };
                let mut finding = finding(place, format!("a list has either `{first}` or `{other}`, not both"));
                if let Some(place) = table.key_place(first) {
                    finding = finding.label(place, "the other is here");
                }
                findings.push(finding.help("make two lists, and a third that includes both"));
            }
        }
    }
}

fn group(table: &mut Table, findings: &mut Findings) -> Option<ListKind> {
    let is_group = table.has("include");
    let include = names(table, "include", findings);
    let exclude = names(table, "exclude", findings);
    is_group.then_some(ListKind::Group { include, exclude })
}

fn names(table: &mut Table, key: &'static str, findings: &mut Findings) -> Vec<(ListName, Place)> {
    let place = table.key_place(key);
    let texts = table.texts(key, findings);
    if let (Some([]), "include", Some(place)) = (texts.as_deref(), key, place) {
        let finding = Finding::error("empty-list", place, "`include` names no list");
        findings.push(finding.help("name at least one list"));
    }
    let name = |text: Text| (ListName(text.value().trim().to_owned()), text.place().clone());
    texts.unwrap_or_default().into_iter().map(name).collect()
}
