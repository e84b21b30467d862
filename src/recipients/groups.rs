//! Lists that are made from other lists: which names which, circles, names that do not exist.

use std::collections::HashMap;

use crate::document::nearest;
use crate::model::{DistributionList, Finding, Findings, ListKind, ListName, Place, Severity, list_of};

/// How many names a help line lists.
const NAMED: usize = 12;

/// The lists and their names.
pub(crate) struct Directory<'a> {
    lists: &'a [DistributionList],
    index: HashMap<&'a ListName, usize>,
}

/// What a walk through the lists gives.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Every list that was reached, those that it is made from first.
    pub(crate) order: Vec<usize>,
    /// Circles, each as the lists in it.
    circles: Vec<Vec<usize>>,
}

impl<'a> Directory<'a> {
    /// All lists; where two have one name, the first counts.
    pub(crate) fn new(lists: &'a [DistributionList]) -> Self {
        let mut index = HashMap::new();
        for (at, list) in lists.iter().enumerate() {
            index.entry(&list.name).or_insert(at);
        }
        Self { lists, index }
    }

    /// Where a list is.
    pub(crate) fn find(&self, name: &ListName) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// Visits everything that `roots` are made from; without recursion, so that no chain of lists is too long.
    pub(crate) fn walk(&self, roots: impl IntoIterator<Item = usize>) -> Walk {
        let mut walk = Walk::default();
        let mut states = vec![State::New; self.lists.len()];
        for root in roots {
            if states[root] != State::New {
                continue;
            }
            states[root] = State::Open;
            let mut path = vec![(root, self.targets(root))];
            while let Some((list, targets)) = path.last_mut() {
                let list = *list;
                match targets.pop() {
                    None => {
                        states[list] = State::Done;
                        walk.order.push(list);
                        path.pop();
                    }
                    Some(target) if states[target] == State::New => {
                        states[target] = State::Open;
                        path.push((target, self.targets(target)));
                    }
                    Some(target) if states[target] == State::Open => {
                        let circle = path.iter().map(|(list, _)| *list).skip_while(|list| *list != target);
                        walk.circles.push(circle.collect());
                    }
                    Some(_) => {}
                }
            }
        }
        walk
    }

    /// The lists that a list names, last first.
    fn targets(&self, list: usize) -> Vec<usize> {
        references(&self.lists[list]).filter_map(|(name, _)| self.find(name)).rev().collect()
    }

    /// The findings about circles.
    pub(crate) fn circles(&self, walk: &Walk) -> Vec<Finding> {
        walk.circles.iter().filter_map(|circle| self.circle(circle)).collect()
    }

    /// One circle, told from its first list in the file on, so that it reads alike wherever it was entered.
    fn circle(&self, circle: &[usize]) -> Option<Finding> {
        let first = circle.iter().enumerate().min_by_key(|(_, list)| **list)?.0;
        let mut path: Vec<usize> = circle[first..].iter().chain(&circle[..first]).copied().collect();
        path.push(*path.first()?);
        let names: Vec<&str> = path.iter().map(|list| self.lists[*list].name.0.as_str()).collect();
        let next = &self.lists[*path.get(1)?].name;
        let (_, place) = references(&self.lists[*path.first()?]).find(|(name, _)| name == next)?;
        let message = match names.as_slice() {
            [itself, _] => format!("the list \"{itself}\" is made from itself"),
            _ => format!("the lists are made from each other in a circle: {}", names.join(" → ")),
        };
        let finding = Finding::error("list-cycle", place.clone(), message);
        Some(finding.help("take one of these names out of `include` or `exclude`"))
    }

    /// The finding for a name that is no list; none where an error that was reported explains it.
    pub(crate) fn unknown(&self, name: &ListName, place: &Place, findings: &Findings) -> Option<Finding> {
        // With no list at all, why there is none has been said; with a heading that could not be read, so has that.
        let explained = findings.iter().any(|finding| finding.severity == Severity::Error && heading_of(finding, name));
        if self.lists.is_empty() || explained {
            return None;
        }
        let known: Vec<&str> = self.lists.iter().map(|list| list.name.0.as_str()).collect();
        let message = format!("there is no list \"{name}\"");
        let help = match nearest(&name.0, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"? The lists are {}", shown(&known)),
            None => format!("the lists are {}", shown(&known)),
        };
        Some(Finding::error("unknown-list", place.clone(), message).help(help))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Reports circles and unknown names in all groups, whether a week uses them or not.
pub(crate) fn check(lists: &[DistributionList], findings: &mut Findings) {
    let directory = Directory::new(lists);
    let walk = directory.walk(0..lists.len());
    add_new(directory.circles(&walk), findings);
    for (name, place) in lists.iter().flat_map(references) {
        if directory.find(name).is_none() {
            add_new(directory.unknown(name, place, findings), findings);
        }
    }
}

/// Adds findings that are not there yet: every day of a week asks the same of the same lists.
pub(crate) fn add_new(new: impl IntoIterator<Item = Finding>, findings: &mut Findings) {
    for finding in new {
        if !findings.iter().any(|known| *known == finding) {
            findings.push(finding);
        }
    }
}

/// The names that a group is made from: `include`, then `exclude`.
pub(crate) fn references(list: &DistributionList) -> impl DoubleEndedIterator<Item = &(ListName, Place)> {
    let (include, exclude): (&[_], &[_]) = match &list.kind {
        ListKind::Group { include, exclude } => (include, exclude),
        _ => (&[], &[]),
    };
    include.iter().chain(exclude)
}

/// Whether a finding is about the heading of a list of this name.
fn heading_of(finding: &Finding, name: &ListName) -> bool {
    let text = &finding.place.source.text;
    let at = finding.place.range.start.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_start();
    line.starts_with('[') && line.contains("lists") && line.contains(name.0.as_str())
}

fn shown(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(NAMED).map(|name| format!("\"{name}\"")).collect();
    match names.len().saturating_sub(NAMED) {
        0 => list_of(&quoted),
        more => format!("{} and {more} more", quoted.join(", ")),
    }
}
