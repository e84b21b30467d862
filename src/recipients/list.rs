//! One `[lists.NAME]`.

use crate::document::{Entry, FileFault, Hidden, ProjectFolder, Table, decode};
use crate::model::{DistributionList, Finding, Findings, Kind, ListKind, ListName, Place, Text};
use crate::recipients::columns::Wanted;
use crate::recipients::tally::Tally;
use crate::recipients::{fields, members, rows};

/// The largest file of people, in bytes: 200,000 rows have about 20 MB.
const LIMIT: u64 = 64 * 1024 * 1024;

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
    let mut list = DistributionList { name, title: None, kind: ListKind::Members(Vec::new()), place: entry.place };
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
    if let Some(kind) = file(project, &mut table, findings) {
        list.kind = kind;
    }
    let address = table.text("address", findings);
    if let Some((recipient, _)) = address.and_then(|text| members::from_text(&text, Kind::List, tally)) {
        list.kind = ListKind::Address(Box::new(recipient));
    }
    if let Some(group) = group(&mut table, findings) {
        list.kind = group;
    }
    table.finish(findings);
    list
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
        [] if KINDS
            .iter()
            .any(|key| table.is_broken(key) || table.has_nearly(key, &["exclude", "columns", "sheet"])) => {}
        [] => {
            let message = format!("{} does not say who is in it", table.title());
            let help = "give it one of members = […], file = \"…\", address = \"…\" or include = […]";
            findings.push(finding(table.place().clone(), message).help(help));
        }
        [kind] => {
            for (key, home) in [("columns", "file"), ("sheet", "file"), ("exclude", "include")] {
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

fn file(project: &ProjectFolder, table: &mut Table, findings: &mut Findings) -> Option<ListKind> {
    let wanted = columns(table, findings);
    table.text("sheet", findings);
    if !table.has("file") {
        table.ask("file");
        return None;
    }
    let Some(text) = table.path("file", findings) else {
        return Some(ListKind::File { path: String::new(), members: Vec::new() });
    };
    let path = text.value().to_owned();
    let members = people(project, &path, &text, &wanted, findings).unwrap_or_default();
    Some(ListKind::File { path, members })
}

fn columns(table: &mut Table, findings: &mut Findings) -> Wanted {
    let Some(mut columns) = table.table("columns", findings) else { return Wanted::default() };
    let wanted = Wanted { address: columns.text("address", findings), name: columns.text("name", findings) };
    columns.finish(findings);
    wanted
}

fn people(
    project: &ProjectFolder,
    path: &str,
    text: &Text,
    wanted: &Wanted,
    findings: &mut Findings,
) -> Option<Vec<crate::model::Recipient>> {
    let bytes = match project.read(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(fault) => {
            findings.push(unreadable(text, &fault));
            return None;
        }
    };
    let lower = path.to_lowercase();
    let spreadsheet = [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| lower.ends_with(ending));
    // Whatever the name says: ZIP (XLSX, ODS) and the older compound files (XLS) are spreadsheets.
    if spreadsheet || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message = format!("\"{}\" is a spreadsheet, which cannot be read yet", fields::printable(path));
        let finding = Finding::error("xlsx-unsupported", text.place().clone(), message);
        findings.push(finding.help("save the sheet as CSV (in Excel: \"CSV UTF-8\") and name that file here"));
        return None;
    }
    let source = decode(path, &bytes, findings)?;
    let mut tally = Tally::default();
    let members = rows::read(&source, wanted, &mut tally);
    tally.finish(findings);
    Some(members)
}

fn unreadable(text: &Text, fault: &FileFault) -> Finding {
    let finding = Finding::error(fault.rule(), text.place().clone(), fault.to_string());
    match fault {
        FileFault::Missing(_) => finding.help("write its path from the project folder, with /, or put the file there"),
        FileFault::Outside(_) => finding.help("copy the file into the project folder, such as to recipients/"),
        FileFault::TooLarge { .. } => finding.help("split it into several lists"),
        _ => finding,
    }
}
