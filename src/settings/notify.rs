//! `[notify]`: who is told by e-mail what a run without a person came to.

use crate::document::Table;
use crate::model::{Address, Finding, Findings, Text};
use crate::settings::sender::mailbox;

/// The most addresses: this is for the officer and whoever stands in, not a list.
const MOST: usize = 5;

/// Reads the table: the addresses of `to`, each with its name where it has one.
pub(crate) fn read(mut table: Table, findings: &mut Findings) -> Vec<(Option<String>, Address)> {
    let place = table.place().clone();
    if !table.has("to") {
        table.require("to");
    }
    let to = table.texts("to", findings);
    table.finish(findings);
    let Some(to) = to else { return Vec::new() };
    if to.is_empty() || to.len() > MOST {
        let message = match to.len() {
            0 => "`to` in [notify] names nobody".to_owned(),
            many => format!("`to` in [notify] names {many} addresses, more than the {MOST} that are allowed"),
        };
        let help = "give the address of whoever looks after the week: to = [\"Name <name@organisation.example>\"]";
        findings.push(Finding::error("notify", place, message).help(help));
    }
    let mut known: Vec<(Option<String>, Address)> = Vec::new();
    for text in &to {
        let Some((name, address)) = mailbox(text, findings) else { continue };
        if known.iter().any(|(_, other)| other.key() == address.key()) {
            findings.push(twice(text, &address));
            continue;
        }
        known.push((name, address));
    }
    known
}

fn twice(text: &Text, address: &Address) -> Finding {
    let message = format!("{address} stands twice in `to` of [notify]");
    Finding::warning("notify", text.place().clone(), message).help("leave one of them out")
}
