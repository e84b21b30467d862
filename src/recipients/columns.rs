//! The heading line of a list kept as a file: which column holds the address, which the name, which merge fields.

use std::sync::Arc;

use crate::document::nearest;
use crate::model::{Finding, Place, SourceFile, Text, list_of};
use crate::recipients::aliases;
use crate::recipients::cells::cells;
use crate::recipients::fields;
use crate::recipients::members::reserved;
use crate::recipients::tally::Tally;

/// More columns than any list of people has.
const MOST: usize = 200;

/// `columns` of a list: the headings that the officer names.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Heading of the address.
    pub(crate) address: Option<Text>,
    /// Heading of the name.
    pub(crate) name: Option<Text>,
}

/// Where the name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NameIn {
    /// Nowhere.
    Nothing,
    /// In a column.
    One(usize),
    /// In two: the first name and the last name.
    Two(usize, usize),
}

/// Where what is.
#[derive(Debug)]
pub(crate) struct Columns {
    /// How many headings there are.
    pub(crate) count: usize,
    /// Column of the address.
    pub(crate) address: usize,
    /// Columns of the name.
    pub(crate) name: NameIn,
    /// The columns of the merge fields, in the order of their names.
    pub(crate) fields: Vec<usize>,
    /// The names of the merge fields, ascending.
    pub(crate) names: Arc<[String]>,
    /// What was taken from which heading, for `check` to say.
    pub(crate) taken: Vec<(&'static str, String)>,
}

impl Columns {
    /// Those of a file of bare addresses.
    pub(crate) fn bare() -> Self {
        Self { count: 1, address: 0, name: NameIn::Nothing, fields: Vec::new(), names: [].into(), taken: Vec::new() }
    }
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
    let names: Vec<String> = heading.record.iter().map(joined).collect();
    if names.len() > MOST {
        let finding = Finding::error("csv-columns", heading.whole(), format!("there are more than {MOST} columns"));
        tally.push(finding.help("delete the columns that are not needed"));
        return None;
    }
    duplicates(heading, &names, tally);
    let address = match &wanted.address {
        Some(text) => named(&names, text, tally),
        None => guessed(heading, &names, tally),
    };
    let (name, own) = match &wanted.name {
        Some(text) => (named(&names, text, tally).map_or(NameIn::Nothing, NameIn::One), true),
        None => name(&names),
    };
    let mut merge = Vec::new();
    for (column, field) in names.iter().enumerate() {
        // A heading that only looks like the name stays a merge field as well.
        if field.is_empty() || Some(column) == address || (own && name == NameIn::One(column)) {
            continue;
        }
        if fields::RESERVED.contains(&field.as_str()) {
            tally.push(reserved(field, heading.place(column)));
        } else if !merge.iter().any(|(_, known)| known == field) {
            merge.push((column, field.clone()));
        }
    }
    let address = address?;
    let mut taken = vec![("address", quoted(&names, address))];
    match name {
        NameIn::Nothing => {}
        NameIn::One(column) => taken.push(("name", quoted(&names, column))),
        NameIn::Two(first, last) => {
            taken.push(("name", format!("{} and {}", quoted(&names, first), quoted(&names, last))));
        }
    }
    for (field, known) in aliases::FIELDS {
        let Some(column) = aliases::one_of(&names, known).filter(|_| !names.iter().any(|name| name == field)) else {
            continue;
        };
        taken.push((field, quoted(&names, column)));
        merge.push((column, field.to_owned()));
    }
    merge.sort_by(|one, other| one.1.cmp(&other.1));
    let (fields, merged): (Vec<usize>, Vec<String>) = merge.into_iter().unzip();
    Some(Columns { count: names.len(), address, name, fields, names: merged.into(), taken })
}

/// A heading with single spaces.
fn joined(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a heading is the one that the officer names.
pub(crate) fn same(heading: &str, wanted: &str) -> bool {
    joined(heading) == joined(wanted)
}

/// The name by its heading, and whether the heading is "name" itself.
fn name(names: &[String]) -> (NameIn, bool) {
    if let Some(column) = names.iter().position(|name| name.eq_ignore_ascii_case("name")) {
        return (NameIn::One(column), true);
    }
    if let Some(column) = aliases::name(names) {
        return (NameIn::One(column), false);
    }
    let [first, last, ..] = aliases::FIELDS.map(|(_, known)| aliases::one_of(names, known));
    match (first, last) {
        (Some(first), Some(last)) => (NameIn::Two(first, last), false),
        _ => (NameIn::Nothing, false),
    }
}

fn quoted(names: &[String], column: usize) -> String {
    format!("\"{}\"", fields::printable(names.get(column).map_or("", String::as_str)))
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
    let wanted = joined(text.value());
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
    let found = aliases::addresses(names.iter().map(String::as_str));
    match found.as_slice() {
        [one] => return Some(*one),
        [] if names.iter().any(|name| name.contains('@')) => {
            let finding = Finding::error("missing-column", heading.whole(), "the first line holds no headings");
            tally.push(finding.help("put a line with headings above it, such as Email,Name"));
        }
        [] => {
            let message = "no column holds the address: none is called \"Email\" or \"address\"";
            let like = names.iter().find(|name| aliases::plain(name).contains("mail"));
            let example = like.or_else(|| names.iter().find(|name| !name.is_empty())).map_or("Email", String::as_str);
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
