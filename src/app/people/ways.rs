//! The ways by which one person is on the lists: directly, or through groups.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{AddressKey, DistributionList, Findings, ListKind, People};
use crate::recipients::expand;

/// One list that holds a person, or that would if it did not exclude them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The list.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The file in which the person stands, for a list that is no group.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<usize>,
    /// For a group: the lists in it by which the person belongs to it.
    pub through: Vec<String>,
    /// For a group: the list whose `exclude` takes the person out.
    pub excluded_by: Option<String>,
}

/// The lists with one person in them and nobody else, so that whatever is asked of them is answered at once.
pub(crate) fn only(lists: &[DistributionList], key: &AddressKey) -> Vec<DistributionList> {
    let own = |members: &People| members.iter().filter(|one| one.address.key() == *key).collect();
    let kind = |kind: &ListKind| match kind {
        ListKind::Members(members) => ListKind::Members(own(members)),
        ListKind::File { path, members } => ListKind::File { path: path.clone(), members: own(members) },
        ListKind::Address(_) => ListKind::Members(own(&kind.people())),
        ListKind::Group { .. } => kind.clone(),
    };
    let list = |list: &DistributionList| DistributionList {
        name: list.name.clone(),
        title: list.title.clone(),
        kind: kind(&list.kind),
        reading: None,
        bad_rows: Vec::new(),
        place: list.place.clone(),
    };
    lists.iter().map(list).collect()
}

/// Everybody on any list.
pub(crate) fn keys(lists: &[DistributionList]) -> HashSet<AddressKey> {
    lists.iter().flat_map(|list| list.kind.people().keys().collect::<Vec<_>>()).collect()
}

/// The ways of the one person in these lists, in the order of `recipients.toml`.
pub(crate) fn ways(lists: &[DistributionList]) -> Vec<Way> {
    lists.iter().filter_map(|list| way(list, lists)).collect()
}

fn way(list: &DistributionList, all: &[DistributionList]) -> Option<Way> {
    let holds = |list: &DistributionList| {
        // Faults of the lists are for `check`.
        let expansion = expand(all, &[(list.name.clone(), list.place.clone())], &mut Findings::new());
        (!expansion.recipients.is_empty(), expansion.excluded.first().map(|(_, by)| by.to_string()))
    };
    let mut way = Way {
        name: list.name.to_string(),
        title: list.title.clone(),
        file: None,
        line: None,
        through: Vec::new(),
        excluded_by: None,
    };
    match &list.kind {
        ListKind::Members(members) | ListKind::File { members, .. } => {
            let place = members.first()?.place;
            way.file = Some(place.source.path.clone());
            way.line = Some(place.line_column().0);
        }
        ListKind::Address(_) => return None,
        ListKind::Group { include, .. } => {
            let (is_in, excluded_by) = holds(list);
            if !is_in && excluded_by.is_none() {
                return None;
            }
            way.excluded_by = excluded_by.filter(|_| !is_in);
            let parts = include.iter().filter_map(|(name, _)| all.iter().find(|other| other.name == *name));
            way.through = parts.filter(|part| holds(part).0).map(|part| part.name.to_string()).collect();
        }
    }
    Some(way)
}
