//! Every recipient merged before the first message goes: each field that somebody lacks is one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::nearest;
use crate::model::{Finding, Findings, People, Place, count};
use crate::render::compiled::{Compiled, Filler};
use crate::render::mentions::Mention;
use crate::render::template::slot::SlotFault;

/// How many list rows a finding shows.
const SHOWN: usize = 3;

/// One fault and those whom it meets.
struct Group {
    fault: SlotFault,
    number: usize,
    last: usize,
    rows: Vec<Place>,
}

impl Compiled {
    /// Merges every recipient and adds what is missing to the findings, each at the officer's own place.
    pub fn check(&self, recipients: &People, findings: &mut Findings) {
        let mut groups: BTreeMap<(String, usize, String), Group> = BTreeMap::new();
        let mut known: BTreeSet<String> = ["address", "name", "lists"].map(str::to_owned).into();
        for (index, recipient) in recipients.iter().enumerate() {
            for field in recipient.fields.keys() {
                if !known.contains(field) {
                    known.insert(field.to_owned());
                }
            }
            let filler = Filler::new(self, &recipient);
            for fault in self.slots.iter().filter_map(|slot| filler.check(slot).err()) {
                let key = (fault.place.source.path.clone(), fault.place.range.start, fault.message.clone());
                let group = groups.entry(key).or_insert(Group { fault, number: 0, last: usize::MAX, rows: Vec::new() });
                // A field stands in the HTML part and in the text part: the recipient is one all the same.
                if group.last != index {
                    group.last = index;
                    group.number += 1;
                    if group.rows.len() < SHOWN {
                        group.rows.push(recipient.place.clone());
                    }
                }
            }
        }
        let missing: BTreeSet<String> = groups.values().filter_map(|group| group.fault.field.clone()).collect();
        findings.extend(groups.into_values().map(|group| finding(group, recipients.len(), &known)));
        let unknown = |mention: &&Mention| !known.contains(&mention.field) && !missing.contains(&mention.field);
        if !recipients.is_empty() {
            findings.extend(self.mentions.iter().filter(unknown).filter_map(|mention| self.misspelt(mention, &known)));
        }
    }

    /// A field that nobody has, but close to one that somebody has: a slip of the pen. In a text that could be merged it
    /// is covered up by a default or a condition.
    fn misspelt(&self, mention: &Mention, known: &BTreeSet<String>) -> Option<Finding> {
        let near = nearest(&mention.field, known.iter().map(String::as_str))?;
        let covered = if self.is_sound { "; everybody gets what stands for a missing one" } else { "" };
        let message = format!("no recipient has \"{}\"{covered}", mention.field);
        Some(Finding::warning("merge-field", mention.place.clone(), message).help(format!("did you mean \"{near}\"?")))
    }
}

fn finding(group: Group, all: usize, known: &BTreeSet<String>) -> Finding {
    let Group { fault, number, rows, .. } = group;
    let near = |field: &String| nearest(field, known.iter().map(String::as_str)).map(str::to_owned);
    let (message, help) = match &fault.field {
        Some(field) if number == all && !known.contains(field) => {
            let help = near(field).map(|near| format!("write {{{{ recipient.{near} }}}}"));
            (format!("no recipient has \"{field}\""), help.or(fault.help))
        }
        Some(field) => {
            let verb = if number == 1 { "has" } else { "have" };
            (format!("{} {verb} no \"{field}\"", count(number, "recipient")), fault.help)
        }
        None => (format!("for {}: {}", count(number, "recipient"), fault.message), fault.help),
    };
    let finding = Finding::error("merge-field", fault.place, message).maybe_help(help);
    rows.into_iter().fold(finding, |finding, row| finding.label(row, "this one"))
}
