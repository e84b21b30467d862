//! `lists` of a week or a broadcast.

use crate::definition::lines::visible;
use crate::document::{Hidden, Table};
use crate::model::{Finding, Findings, ListName, Place};

/// The names with their places; `None` where the key is absent or faulty. Whether the lists exist is not asked here.
pub(crate) fn read(table: &mut Table, findings: &mut Findings) -> Option<Vec<(ListName, Place)>> {
    let place = table.key_place("lists");
    let texts = table.texts("lists", findings)?;
    if let (true, Some(place)) = (texts.is_empty(), place) {
        let finding = Finding::error("empty-list", place, "`lists` names no list, so that nobody would get anything");
        findings.push(finding.help("name at least one list of recipients.toml: lists = [\"front-line\"]"));
        return None;
    }
    let mut names: Vec<(ListName, Place)> = Vec::new();
    for text in texts {
        let name = ListName(text.value().trim().to_owned());
        let place = text.place().clone();
        if name.0.is_empty() {
            findings.push(Finding::error("blank", place, "`lists` holds a blank name"));
        } else if !visible("lists", &text, Hidden::Line, findings) {
            continue;
        } else if let Some((_, first)) = names.iter().find(|(known, _)| *known == name) {
            let finding = Finding::warning("duplicate-list", place, format!("the list \"{name}\" is named twice"));
            findings.push(finding.label(first.clone(), "first named here").help("remove one of the two"));
        } else {
            names.push((name, place));
        }
    }
    Some(names)
}
