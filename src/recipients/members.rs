//! `members` of a list: strings and tables in `recipients.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Entry, Node, Table, Value, nearest};
use crate::model::{Address, Fields, Finding, Findings, Kind, People, Place, Recipient, Text};
use crate::recipients::fields::{self, Written};
use crate::recipients::mailbox::{self, Mailbox, MailboxFault};
use crate::recipients::roll::{Roll, twice};
use crate::recipients::tally::Tally;

/// Reads `members`; each faulty one is reported and left out.
pub(crate) fn read(list: &Table, node: Node, tally: &mut Tally) -> People {
    let items = match node.value {
        Value::Array(items) => items,
        Value::Text(_) => vec![node],
        other => {
            let message = format!("`members` is {}, but should be a list in [ ]", other.kind());
            let finding = Finding::error("wrong-type", node.place, message);
            tally.push(finding.help("write members = [\"Name <address>\", …]"));
            return People::default();
        }
    };
    let mut roll = Roll::default();
    for item in items {
        let member = match item.value {
            Value::Text(text) => from_text(&text, Kind::Individual, tally),
            Value::Table(_) => from_table(list, item, tally),
            other => {
                let message = format!("a member is {}, but should be \"Name <address>\" or a table", other.kind());
                tally.push(Finding::error("wrong-type", item.place, message));
                None
            }
        };
        let Some((recipient, address)) = member else { continue };
        warn_of_typo(&mut roll, &recipient.address, &address, tally);
        if let Some(first) = roll.add(&recipient) {
            tally.push(twice(recipient.address.as_str(), address.at(0..address.value().len()), first));
        }
    }
    roll.finish()
}

/// A recipient with the text of its address, for findings that point at it.
type Member = (Recipient, Text);

/// `"Name <address>"` or the bare address; also the `address` of a list that the mail system expands.
pub(crate) fn from_text(text: &Text, kind: Kind, tally: &mut Tally) -> Option<Member> {
    let value = text.value();
    let mailbox = match mailbox::read(value) {
        Ok(mailbox) => mailbox,
        Err(fault) => {
            let (MailboxFault::Unclosed(range) | MailboxFault::Behind(range) | MailboxFault::Several(range)) = &fault;
            let finding = Finding::error("bad-address", text.at(range.clone()), fault.to_string());
            tally.push(finding.help("write each member as \"Name <address>\", with a comma between two members"));
            return None;
        }
    };
    let Mailbox { name, address } = mailbox;
    let start = address.start;
    let place = |range: Range<usize>| text.at(start + range.start..start + range.end);
    let written = Written { value: &value[address.clone()], at: &place };
    let read_name = name.map_or(Ok(None), |(name, range)| {
        // A name without escapes is found again in the text as it stands; one with escapes is shown as a whole.
        let at = value[range.clone()].find(name.as_ref()).map(|at| range.start + at);
        let place = |part: Range<usize>| match at {
            Some(at) => text.at(at + part.start..at + part.end),
            None => text.at(range.clone()),
        };
        fields::name(&Written { value: &name, at: &place })
    });
    let read_address = fields::address(&written);
    let name = read_name.map_err(|finding| tally.push(*finding));
    let address_read = read_address.map_err(|finding| tally.push(*finding));
    let (Ok(name), Ok(checked)) = (name, address_read) else { return None };
    let recipient = Recipient {
        address: checked,
        lists: [].into(),
        fields: Fields::default().with_name(name.as_deref()),
        kind,
        place: text.place().clone(),
    };
    Some((recipient, part(text, address)))
}

/// A part of a text as a text of its own, with the same places.
fn part(text: &Text, range: Range<usize>) -> Text {
    let value = text.value()[range.clone()].to_owned();
    let map = value.char_indices().map(|(at, _)| (at, text.at(range.start + at..range.end).range.start)).collect();
    Text::new(value, text.place().clone(), map)
}

/// `{ address = "…", name = "…", … }`: every other key is a merge field.
fn from_table(list: &Table, item: Node, tally: &mut Tally) -> Option<Member> {
    let place = item.place.clone();
    let mut findings = Findings::new();
    let table = list.nested("members", item, &mut findings);
    let member = table.and_then(|table| read_table(table, place, &mut findings));
    tally.extend(findings);
    member
}

fn read_table(mut table: Table, place: Place, findings: &mut Findings) -> Option<Member> {
    let address = if table.has("address") { table.text("address", findings) } else { None };
    let asked = address.is_some() || table.take("address").is_some();
    let name = table.text("name", findings);
    let entries = table.rest();
    if address.is_none() && !asked && findings.is_empty() {
        findings.push(no_address(&place, &entries));
    }
    let before = findings.errors();
    let name = name.and_then(|text| checked(&text, fields::name, findings));
    let mut merge = BTreeMap::new();
    for entry in entries {
        let key = entry.key.clone();
        if let Some(value) = field(entry, findings) {
            merge.insert(key, value);
        }
    }
    let text = address?;
    let value = mailbox::trimmed(text.value(), 0..text.value().len());
    let address = part(&text, value);
    let checked = checked(&address, |written| fields::address(written).map(Some), findings)?;
    if findings.errors() > before {
        return None;
    }
    let fields = Fields::from(merge).with_name(name.as_deref());
    let recipient = Recipient { address: checked, lists: [].into(), fields, kind: Kind::Individual, place };
    Some((recipient, address))
}

fn no_address(place: &Place, entries: &[Entry]) -> Finding {
    let finding = Finding::error("missing-key", place.clone(), "the member has no `address`");
    let near = nearest("address", entries.iter().map(|entry| entry.key.as_str()))
        .or_else(|| entries.iter().map(|entry| entry.key.as_str()).find(|key| key.to_lowercase().contains("mail")));
    finding.help(match near {
        Some(near) => format!("write `address` in place of `{near}`"),
        None => "add address = \"…\" between the braces".to_owned(),
    })
}

/// Runs a check over a text without the white space around it.
fn checked<T>(
    text: &Text,
    check: impl FnOnce(&Written<'_>) -> Result<Option<T>, Box<Finding>>,
    findings: &mut Findings,
) -> Option<T> {
    let value = mailbox::trimmed(text.value(), 0..text.value().len());
    let place = |range: Range<usize>| text.at(value.start + range.start..value.start + range.end);
    match check(&Written { value: &text.value()[value.clone()], at: &place }) {
        Ok(value) => value,
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

fn field(entry: Entry, findings: &mut Findings) -> Option<String> {
    if fields::RESERVED.contains(&entry.key.as_str()) {
        findings.push(reserved(&entry.key, entry.place));
        return None;
    }
    match entry.node.value {
        Value::Text(text) => checked(&text, |written| fields::value(&entry.key, written), findings),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(boolean) => Some(boolean.to_string()),
        other => {
            let key = fields::printable(&entry.key);
            let message = format!("`{key}` is {}, but a merge field is text", other.kind());
            let finding = Finding::error("wrong-type", entry.node.place, message);
            findings.push(finding.help("put the value in quotation marks"));
            None
        }
    }
}

/// A merge field with the name of something that a template has already.
pub(crate) fn reserved(name: &str, place: Place) -> Finding {
    let message = format!("`{name}` cannot be a merge field: recipient.{name} is something else");
    Finding::error("reserved-field", place, message).help("give it another name")
}

fn warn_of_typo(roll: &mut Roll, address: &Address, text: &Text, tally: &mut Tally) {
    let place = |range: Range<usize>| text.at(range);
    let written = Written { value: text.value(), at: &place };
    tally.extend(roll.meant(address).map(|meant| fields::typo(&written, &meant)));
    tally.extend(fields::machine(&written));
}
