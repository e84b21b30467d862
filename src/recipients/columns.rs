//! The heading line of a list kept as a file: which column holds the address, which the name, which merge fields.

use std::sync::Arc;

use crate::document::nearest;
use crate::model::{Finding, Place, SourceFile, Text, list_of};
use crate::recipients::cells::cells;
use crate::recipients::fields;
use crate::recipients::members::reserved;
use crate::recipients::tally::Tally;

/// Headings that mean the address where `columns` does not say, compared without regard to case.
const ADDRESS: [&str; 5] = ["address", "email", "e-mail", "email address", "e-mail address"];

/// More columns than any list of people has.
const MOST: usize = 500;

/// `columns` of a list: the headings that the officer names.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Heading of the address.
    pub(crate) address: Option<Text>,
    /// Heading of the name.
    pub(crate) name: Option<Text>,
}

impl Wanted {
    /// The headings that must be there.
    pub(crate) fn headings(&self) -> Vec<&str> {
        [&self.address, &self.name].into_iter().flatten().map(|text| text.value().trim()).collect()
    }
}

/// Where what is.
#[derive(Debug)]
pub(crate) struct Columns {
    /// How many headings there are.
    pub(crate) count: usize,
    /// Column of the address.
    pub(crate) address: usize,
    /// Column of the name.
    pub(crate) name: Option<usize>,
    /// The merge fields with their columns.
    pub(crate) fields: Vec<(usize, String)>,
}

/// The heading line.
pub(crate) struct Heading<'a> {
    /// Its text.
    pub(crate) source: &'a Arc<SourceFile>,
    /// What parts the columns.
    pub(crate) delimiter: u8,
    /// The headings.
    pub(crate) record: &'a csv::StringRecord,
}

impl Heading<'_> {
    fn whole(&self) -> Place {
        Place::new(self.source, 0..self.source.text.len())
    }

    fn place(&self, column: usize) -> Place {
        let found = cells(&self.source.text, self.delimiter).into_iter().nth(column);
        found.map_or_else(|| self.whole(), |cell| Place::new(self.source, cell.range))
    }
}

/// Finds the columns; `None` where the address cannot be found, and then that has been reported.
pub(crate) fn read(heading: &Heading<'_>, wanted: &Wanted, tally: &mut Tally) -> Option<Columns> {
    let names: Vec<String> =
        heading.record.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if names.len() > MOST {
        tally.push(Finding::error("csv-columns", heading.whole(), format!("there are more than {MOST} columns")));
        return None;
    }
    duplicates(heading, &names, tally);
    let address = match &wanted.address {
        Some(text) => named(&names, text, tally),
        None => guessed(heading, &names, tally),
    };
    let name = match &wanted.name {
        Some(text) => named(&names, text, tally),
        None => names.iter().position(|name| name.eq_ignore_ascii_case("name")),
    };
    let mut merge = Vec::new();
    for (column, field) in names.iter().enumerate() {
        if field.is_empty() || Some(column) == address || Some(column) == name {
            continue;
        }
        if fields::RESERVED.contains(&field.as_str()) {
            tally.push(reserved(field, heading.place(column)));
        } else if !merge.iter().any(|(_, known)| known == field) {
            merge.push((column, field.clone()));
        }
    }
    Some(Columns { count: names.len(), address: address?, name, fields: merge })
}

fn duplicates(heading: &Heading<'_>, names: &[String], tally: &mut Tally) {
    for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = names[..column].iter().position(|other| other == name) {
            let message = format!("two columns are called \"{}\"", fields::printable(name));
            let finding = Finding::error("duplicate-column", heading.place(column), message);
            tally.push(finding.label(heading.place(first), "the other one").help("rename or delete one of the two"));
        }
    }
}

fn named(names: &[String], text: &Text, tally: &mut Tally) -> Option<usize> {
    let wanted = text.value().split_whitespace().collect::<Vec<_>>().join(" ");
    let found = names.iter().position(|name| *name == wanted);
    if found.is_none() {
        let message = format!("the file has no column \"{}\"", fields::printable(&wanted));
        let help = match nearest(&wanted, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{}\"?", fields::printable(near)),
            None => format!("its columns are {}", shown(names)),
        };
        tally.push(Finding::error("missing-column", text.place().clone(), message).help(help));
    }
    found
}

fn guessed(heading: &Heading<'_>, names: &[String], tally: &mut Tally) -> Option<usize> {
    let is_address = |name: &String| ADDRESS.iter().any(|known| name.eq_ignore_ascii_case(known));
    let found: Vec<usize> = (0..names.len()).filter(|column| is_address(&names[*column])).collect();
    match found.as_slice() {
        [one] => return Some(*one),
        [] if names.iter().any(|name| name.contains('@')) => {
            let finding = Finding::error("missing-column", heading.whole(), "the first line holds no headings");
            tally.push(finding.help("put a line with headings above it, such as Email,Name"));
        }
        [] => {
            let message = "no column holds the address: none is called \"Email\" or \"address\"";
            let example = names.iter().find(|name| !name.is_empty()).map_or("Email", String::as_str);
            let help = format!(
                "say in recipients.toml which it is: columns = {{ address = \"{}\" }}; the file has {}",
                fields::printable(example),
                shown(names)
            );
            tally.push(Finding::error("missing-column", heading.whole(), message).help(help));
        }
        [first, second, ..] => {
            let message = format!("\"{}\" and \"{}\" could both hold the address", names[*first], names[*second]);
            let finding = Finding::error("unclear-column", heading.place(*second), message);
            let finding = finding.label(heading.place(*first), "the other one");
            tally.push(finding.help(format!("say which it is: columns = {{ address = \"{}\" }}", names[*second])));
        }
    }
    None
}

fn shown(names: &[String]) -> String {
    let names: Vec<String> = names.iter().filter(|name| !name.is_empty()).map(|name| format!("\"{name}\"")).collect();
    fields::printable(&list_of(&names))
}
