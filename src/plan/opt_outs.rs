//! What the opt-outs come to on one day: who gets nothing, and who opted out of one list and yet gets the message through
//! another.

use std::collections::{HashMap, HashSet};

use crate::model::{AddressKey, DistributionList, ListKind, ListName, Pseudonyms, Suppression};

/// The opt-outs as they hold for the lists of one day.
#[derive(Clone, Default)]
pub struct OptOuts {
    out: HashMap<AddressKey, Suppression>,
    partly: HashMap<AddressKey, Vec<ListName>>,
    /// Only where somebody was forgotten, for it costs a hash for each recipient.
    pseudonyms: Option<Pseudonyms>,
}

impl OptOuts {
    /// Nobody opted out.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the opt-outs for a day that goes to these lists of all. Whoever opted out of one list counts as not being on
    /// it: they get nothing if no other list of the day holds them. `secret` is the ledger's.
    #[must_use]
    pub fn of_day(
        suppressions: Vec<Suppression>,
        secret: &[u8; 32],
        lists: &[DistributionList],
        day: &[ListName],
    ) -> Self {
        let (everywhere, of_lists): (Vec<_>, Vec<_>) = suppressions.into_iter().partition(|one| one.list.is_none());
        let out: HashMap<_, _> = everywhere.into_iter().map(|one| (one.key.clone(), one)).collect();
        let pseudonyms = out.keys().any(AddressKey::is_pseudonym).then(|| Pseudonyms::new(secret));
        let mut all = Self { out, partly: HashMap::new(), pseudonyms };
        if !of_lists.is_empty() {
            all.add_lists(of_lists, lists, day);
        }
        all
    }

    /// With these as well; what holds already stays as it is.
    #[must_use]
    pub fn and(mut self, more: impl IntoIterator<Item = Suppression>) -> Self {
        for one in more {
            self.out.entry(one.key.clone()).or_insert(one);
        }
        self
    }

    /// The opt-out by which somebody gets nothing on this day.
    #[must_use]
    pub fn of(&self, key: &AddressKey) -> Option<&Suppression> {
        self.out.get(key).or_else(|| self.out.get(&self.pseudonyms.as_ref()?.of(key)))
    }

    /// The lists of the day that somebody opted out of, although another list of the day still brings them the message.
    #[must_use]
    pub fn partly(&self, key: &AddressKey) -> &[ListName] {
        self.partly.get(key).map_or(&[], Vec::as_slice)
    }

    fn add_lists(&mut self, of_lists: Vec<Suppression>, lists: &[DistributionList], day: &[ListName]) {
        let mut by_key: HashMap<AddressKey, Vec<Suppression>> = HashMap::new();
        for one in of_lists {
            by_key.entry(one.key.clone()).or_default().push(one);
        }
        by_key.retain(|key, _| !self.out.contains_key(key));
        let ways = Ways::of(lists, &by_key);
        for (key, opted_out) in by_key {
            let struck: Vec<&ListName> = opted_out.iter().filter_map(|one| one.list.as_ref()).collect();
            let through = |struck: &[&ListName]| day.iter().any(|root| ways.lead(root, &key, struck, &mut Vec::new()));
            if !through(&[]) {
                continue;
            }
            if !through(&struck) {
                // The one that is said is the first that matters by itself, or else the first.
                let first = opted_out.iter().find(|one| !through(&one.list.iter().collect::<Vec<_>>()));
                if let Some(suppression) = first.or(opted_out.first()) {
                    self.out.insert(key, suppression.clone());
                }
                continue;
            }
            let within = |list: &&ListName| day.iter().any(|root| ways.use_of(root, list, &mut Vec::new()));
            let on = |list: &&ListName| ways.lead(list, &key, &[], &mut Vec::new());
            let partly: Vec<ListName> =
                struck.iter().filter(|list| within(list) && on(list)).map(|list| (*list).clone()).collect();
            if !partly.is_empty() {
                self.partly.insert(key, partly);
            }
        }
    }
}

/// Where the people who opted out of single lists stand.
struct Ways<'a> {
    lists: HashMap<&'a ListName, &'a DistributionList>,
    /// Of each list that is no group, those of them whom it holds.
    members: HashMap<&'a ListName, HashSet<AddressKey>>,
}

impl<'a> Ways<'a> {
    fn of(lists: &'a [DistributionList], people: &HashMap<AddressKey, Vec<Suppression>>) -> Self {
        let mut members: HashMap<&ListName, HashSet<AddressKey>> = HashMap::new();
        for list in lists {
            if !matches!(list.kind, ListKind::Group { .. }) {
                let own = list.kind.people();
                members.insert(&list.name, own.keys().filter(|key| people.contains_key(key)).collect());
            }
        }
        Self { lists: lists.iter().map(|list| (&list.name, list)).collect(), members }
    }

    /// Whether a list holds somebody when they are on none of the `struck` ones. What excludes, excludes all the same: an
    /// opt-out must bring nobody in.
    fn lead(&self, list: &ListName, key: &AddressKey, struck: &[&ListName], path: &mut Vec<ListName>) -> bool {
        // A circle counts as empty, as it does when the lists are resolved.
        if struck.contains(&list) || path.contains(list) {
            return false;
        }
        let Some(found) = self.lists.get(list) else { return false };
        let ListKind::Group { include, exclude } = &found.kind else {
            return self.members.get(list).is_some_and(|members| members.contains(key));
        };
        path.push(list.clone());
        let holds = include.iter().any(|(name, _)| self.lead(name, key, struck, path))
            && !exclude.iter().any(|(name, _)| self.lead(name, key, &[], path));
        path.pop();
        holds
    }

    /// Whether a list is, or includes, another.
    fn use_of(&self, list: &ListName, other: &ListName, path: &mut Vec<ListName>) -> bool {
        if list == other {
            return true;
        }
        let Some(ListKind::Group { include, .. }) = self.lists.get(list).map(|found| &found.kind) else { return false };
        if path.contains(list) {
            return false;
        }
        path.push(list.clone());
        let uses = include.iter().any(|(name, _)| self.use_of(name, other, path));
        path.pop();
        uses
    }
}

#[cfg(test)]
mod tests;
