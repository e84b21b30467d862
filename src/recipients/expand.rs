//! What the lists of a day come to: each person once, in a stable order.

use std::collections::HashMap;

use crate::model::{
    Address, AddressIndex, AddressKey, BadRow, DistributionList, Expansion, Finding, Findings, ListKind, ListName,
    People, PeopleBuilder, Place, Recipient, Severity,
};
use crate::recipients::groups::{Directory, add_new, references};

/// Resolves the lists that a day names. A person counts once, by [`AddressKey`], at the place where they are first
/// found; what that entry lacks in name and merge fields comes from later ones. `Recipient::lists` holds the lists in
/// which the person stands (never groups), in the order in which they were found. `exclude` takes people out of its
/// own group only: whoever is in another list of the day stays.
pub fn expand(lists: &[DistributionList], names: &[(ListName, Place)], findings: &mut Findings) -> Expansion {
    let directory = Directory::new(lists);
    let roots: Vec<(usize, &Place)> =
        names.iter().filter_map(|(name, place)| Some((directory.find(name)?, place))).collect();
    for (name, place) in names {
        if directory.find(name).is_none() {
            add_new(directory.unknown(name, place, findings), findings);
        }
    }
    let walk = directory.walk(roots.iter().map(|(root, _)| *root));
    add_new(directory.circles(&walk), findings);
    if let [(root, place)] = roots.as_slice()
        && let Some(expansion) = alone(&lists[*root])
    {
        if expansion.recipients.is_empty() {
            let book = Book::new(&directory, lists);
            add_new(book.empty(*root, place, findings), findings);
        }
        return expansion;
    }
    let mut book = Book::new(&directory, lists);
    for list in &walk.order {
        let people = book.resolve(*list, findings);
        book.resolved.insert(*list, people);
    }
    let mut all = Gathered::default();
    for (root, place) in &roots {
        if let Some(people) = book.resolved.get(root) {
            all.join(people);
            if people.found.is_empty() {
                add_new(book.empty(*root, place, findings), findings);
            }
        }
    }
    all.expansion(&book)
}

/// One list that is no group is its own expansion: its people are unique already.
fn alone(list: &DistributionList) -> Option<Expansion> {
    let is_group = matches!(list.kind, ListKind::Group { .. });
    (!is_group).then(|| Expansion {
        recipients: list.kind.people(),
        excluded: Vec::new(),
        bad_rows: rows_left_out(list).collect(),
    })
}

/// Where somebody stands: the number of the list, and the position in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    list: usize,
    at: usize,
}

/// People by number, each with where they stand.
#[derive(Debug, Clone, Default)]
struct Gathered<'a> {
    /// Index into `found` of each number.
    index: HashMap<usize, usize>,
    found: Vec<Found>,
    excluded: Vec<(usize, Entry, &'a ListName)>,
    /// Lists with rows that are left out, each once.
    holed: Vec<&'a DistributionList>,
}

#[derive(Debug, Clone)]
struct Found {
    id: usize,
    first: Entry,
    /// Their entries in other lists.
    more: Vec<Entry>,
}

struct Book<'a, 'd> {
    directory: &'d Directory<'a>,
    lists: &'a [DistributionList],
    /// The people of each list, as they stand in it.
    people: Vec<People>,
    /// A number for each address, so that groups compare numbers rather than strings: the place in `firsts`.
    ids: AddressIndex,
    firsts: Vec<Entry>,
    resolved: HashMap<usize, Gathered<'a>>,
}

impl<'a, 'd> Book<'a, 'd> {
    fn new(directory: &'d Directory<'a>, lists: &'a [DistributionList]) -> Self {
        let people = lists.iter().map(|list| list.kind.people()).collect();
        let ids = AddressIndex::default();
        Self { directory, lists, people, ids, firsts: Vec::new(), resolved: HashMap::new() }
    }

    fn recipient(&self, entry: Entry) -> Option<Recipient> {
        self.people.get(entry.list)?.get(entry.at)
    }

    /// The people of a list; those that it is made from have been resolved, but for circles, which count as empty.
    fn resolve(&mut self, number: usize, findings: &mut Findings) -> Gathered<'a> {
        let list = &self.lists[number];
        let mut people = Gathered::default();
        match &list.kind {
            ListKind::Members(_) | ListKind::File { .. } | ListKind::Address(_) => {
                if !list.bad_rows.is_empty() {
                    people.holed.push(list);
                }
                for at in 0..self.people[number].len() {
                    let entry = Entry { list: number, at };
                    if let Some(id) = self.id(entry) {
                        people.add(id, entry);
                    }
                }
            }
            ListKind::Group { include, exclude } => {
                for (name, place) in include {
                    let Some(part) = self.part(name, place, findings) else { continue };
                    people.join(part);
                    if part.found.is_empty() {
                        add_new(self.directory.find(name).and_then(|at| self.empty(at, place, findings)), findings);
                    }
                }
                for (name, place) in exclude {
                    if let Some(part) = self.part(name, place, findings) {
                        people.leave_out(part, name);
                    }
                }
            }
        }
        people
    }

    fn part(&self, name: &ListName, place: &Place, findings: &mut Findings) -> Option<&Gathered<'a>> {
        let Some(list) = self.directory.find(name) else {
            add_new(self.directory.unknown(name, place, findings), findings);
            return None;
        };
        self.resolved.get(&list)
    }

    fn id(&mut self, entry: Entry) -> Option<usize> {
        let (people, firsts) = (&self.people, &self.firsts);
        let key = |entry: &Entry| people.get(entry.list)?.key_at(entry.at);
        let own: AddressKey = key(&entry)?;
        let next = firsts.len();
        let known = self.ids.note(&own, next, |at| firsts.get(at).and_then(key));
        if known.is_none() {
            self.firsts.push(entry);
        }
        Some(known.unwrap_or(next))
    }

    /// The finding for a list without people, unless something that was reported explains it.
    fn empty(&self, list: usize, place: &Place, findings: &Findings) -> Option<Finding> {
        let list = &self.lists[list];
        let explained =
            findings.iter().any(|finding| finding.severity == Severity::Error && self.within(finding, list));
        if explained {
            return None;
        }
        let name = &list.name;
        let (message, help) = match &list.kind {
            ListKind::Group { .. } => {
                // A part that is empty by itself is the fault, and has been reported at the group.
                let whole = references(list).filter_map(|(name, _)| self.directory.find(name));
                let parts: Vec<&Gathered<'_>> = whole.filter_map(|part| self.resolved.get(&part)).collect();
                if parts.iter().all(|part| part.found.is_empty()) {
                    return None;
                }
                (format!("everybody in the list \"{name}\" is excluded"), "look at its `exclude`".to_owned())
            }
            ListKind::File { path, .. } => {
                (format!("the list \"{name}\" is empty"), format!("put people into {path}, or leave the list out here"))
            }
            _ => (format!("the list \"{name}\" is empty"), "add members to it, or leave the list out here".to_owned()),
        };
        Some(Finding::error("empty-list", place.clone(), message).help(help))
    }

    /// Whether a finding is about the file of a list, or about the lines from its heading to the next list.
    fn within(&self, finding: &Finding, list: &DistributionList) -> bool {
        let (source, at) = (&finding.place.source, finding.place.range.start);
        if matches!(&list.kind, ListKind::File { path, .. } if *path == source.path) {
            return true;
        }
        if source.path != list.place.source.path {
            return false;
        }
        let start = list.place.range.start;
        let starts = self.lists.iter().filter(|other| other.place.source.path == source.path);
        let end = starts.map(|other| other.place.range.start).filter(|other| *other > start).min();
        at >= start && end.is_none_or(|end| at < end)
    }
}

impl<'a> Gathered<'a> {
    fn add(&mut self, id: usize, entry: Entry) {
        let at = *self.index.entry(id).or_insert(self.found.len());
        match self.found.get_mut(at) {
            Some(found) => found.more.push(entry),
            None => self.found.push(Found { id, first: entry, more: Vec::new() }),
        }
    }

    fn join(&mut self, other: &Gathered<'a>) {
        if self.found.is_empty() {
            (self.index, self.found) = (other.index.clone(), other.found.clone());
        } else {
            other.found.iter().for_each(|found| self.join_one(found));
        }
        self.excluded.extend_from_slice(&other.excluded);
        for list in &other.holed {
            if !self.holed.iter().any(|known| std::ptr::eq(*known, *list)) {
                self.holed.push(list);
            }
        }
    }

    fn join_one(&mut self, other: &Found) {
        let at = *self.index.entry(other.id).or_insert(self.found.len());
        let Some(found) = self.found.get_mut(at) else {
            self.found.push(other.clone());
            return;
        };
        for entry in std::iter::once(&other.first).chain(&other.more) {
            if found.first != *entry && !found.more.contains(entry) {
                found.more.push(*entry);
            }
        }
    }

    fn leave_out(&mut self, other: &Gathered<'a>, list: &'a ListName) {
        if other.found.is_empty() {
            return;
        }
        for found in std::mem::take(&mut self.found) {
            if other.index.contains_key(&found.id) {
                self.excluded.push((found.id, found.first, list));
            } else {
                self.found.push(found);
            }
        }
        self.index = self.found.iter().enumerate().map(|(at, found)| (found.id, at)).collect();
    }

    fn expansion(self, book: &Book<'a, '_>) -> Expansion {
        let Self { index, found, excluded, holed } = self;
        let mut told = std::collections::HashSet::new();
        let out = excluded.into_iter().filter(|(id, ..)| !index.contains_key(id) && told.insert(*id));
        let address = |entry: Entry| -> Option<Address> { book.recipient(entry).map(|one| one.address) };
        let mut recipients = PeopleBuilder::default();
        found.iter().filter_map(|found| merged(found, book)).for_each(|one| recipients.push(&one));
        Expansion {
            bad_rows: holed.into_iter().flat_map(rows_left_out).collect(),
            excluded: out.filter_map(|(_, entry, list)| Some((address(entry)?, list.clone()))).collect(),
            recipients: recipients.finish(),
        }
    }
}

fn rows_left_out(list: &DistributionList) -> impl Iterator<Item = (BadRow, ListName)> {
    list.bad_rows.iter().map(|row| (row.clone(), list.name.clone()))
}

/// One recipient from all their entries: the first wins, the others fill in what it lacks.
fn merged(found: &Found, book: &Book<'_, '_>) -> Option<Recipient> {
    let mut recipient = book.recipient(found.first)?;
    if found.more.is_empty() {
        return Some(recipient);
    }
    let mut lists = recipient.lists.to_vec();
    for entry in found.more.iter().filter_map(|entry| book.recipient(*entry)) {
        let new: Vec<ListName> = entry.lists.iter().filter(|list| !lists.contains(list)).cloned().collect();
        lists.extend(new);
        recipient.fields.fill_from(&entry.fields);
    }
    recipient.lists = lists.into();
    Some(recipient)
}
