//! Who is left out of the plan, and who gets a message although they opted out of one list: in JSON each for each day, as
//! text each once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use crate::model::{count, list_of};
use crate::output::table;
use crate::plan::{Kept, Reason, Skipped};

/// Somebody who gets nothing on a day.
#[derive(Serialize)]
pub(crate) struct SkippedRow {
    address: String,
    reason: String,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only a person takes it back.
    OptedOut,
    /// They have their copy.
    HasIt,
    Other,
}

/// Somebody who opted out of a list of the day and gets the message through another.
#[derive(Serialize)]
pub(crate) struct KeptRow {
    address: String,
    out_of: Vec<String>,
}

impl SkippedRow {
    pub(crate) fn of(skipped: &Skipped) -> Self {
        let kind = match skipped.reason {
            Reason::Suppressed { .. } | Reason::Forgotten(_) => Kind::OptedOut,
            Reason::Accepted { bounced: false, .. } => Kind::HasIt,
            _ => Kind::Other,
        };
        Self { address: skipped.address.clone(), reason: skipped.reason.to_string(), kind }
    }
}

impl KeptRow {
    pub(crate) fn of(kept: &Kept) -> Self {
        Self { address: kept.address.clone(), out_of: kept.out_of.iter().map(ToString::to_string).collect() }
    }
}

/// Who has it is counted, a line a day; the others are named, with a reason that holds all week said once.
pub(crate) fn left_out<'a>(days: impl Iterator<Item = (&'a str, &'a [SkippedRow])>) -> String {
    let (mut have_it, mut others) = (String::new(), Together::default());
    let mut out_already: Vec<&str> = Vec::new();
    for (day, skipped) in days {
        let mut reasons: Vec<(&str, usize)> = Vec::new();
        for row in skipped {
            if row.kind != Kind::HasIt {
                others.add((row.address.as_str(), row.reason.as_str()), day);
                continue;
            }
            match reasons.iter_mut().find(|(reason, _)| *reason == row.reason) {
                Some((_, number)) => *number += 1,
                None => reasons.push((&row.reason, 1)),
            }
        }
        if !reasons.is_empty() {
            out_already.push(day);
        }
        // As many as there are days on which it was sent.
        for (reason, number) in reasons {
            have_it.push_str(&format!("{day}, {}: {reason}\n", count(number, "recipient")));
        }
    }
    let mut out = if have_it.is_empty() {
        String::new()
    } else {
        let day = if let [day] = *out_already { day } else { "DAY" };
        format!("\n{have_it}For their names: weekcast status {day} --recipients\n")
    };
    if others.rows.is_empty() {
        return out;
    }
    let rows: Vec<Vec<String>> = others
        .rows
        .into_iter()
        .map(|((address, reason), on)| vec![address.into(), reason.into(), list_of(&on)])
        .collect();
    out.push_str(&format!("\nSkipped:\n\n{}", table(&["address", "why", "on"], &rows, None)));
    out
}

/// What to do about opt-outs, where there are some.
pub(crate) fn how_to_lift<'a>(mut skipped: impl Iterator<Item = &'a SkippedRow>) -> &'static str {
    match skipped.any(|row| row.kind == Kind::OptedOut) {
        true => {
            "An opt-out holds, whatever the lists say, until it is taken back: weekcast recipients suppress --lift ADDRESS\n"
        }
        false => "",
    }
}

/// Who opted out of one list and gets the message through another, once a person.
pub(crate) fn kept<'a>(kept: impl Iterator<Item = &'a KeptRow>) -> String {
    let mut people = Together::default();
    kept.for_each(|row| people.add((row.address.as_str(), row.out_of.as_slice()), ()));
    if people.rows.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> =
        people.rows.into_iter().map(|((address, out_of), _)| vec![address.to_owned(), list_of(out_of)]).collect();
    let table = table(&["address", "opted out of the list"], &rows, None);
    format!("\nOpted out of one list, and due through another:\n\n{table}")
}

/// What is the same, in one row, in the order in which it came; a list may have a million people.
struct Together<K, V> {
    rows: Vec<(K, Vec<V>)>,
    places: HashMap<K, usize>,
}

impl<K, V> Default for Together<K, V> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: HashMap::new() }
    }
}

impl<K: Copy + Eq + std::hash::Hash, V> Together<K, V> {
    fn add(&mut self, key: K, value: V) {
        match self.places.entry(key) {
            Entry::Occupied(place) => {
                if let Some((_, values)) = self.rows.get_mut(*place.get()) {
                    values.push(value);
                }
            }
            Entry::Vacant(place) => {
                place.insert(self.rows.len());
                self.rows.push((key, vec![value]));
            }
        }
    }
}
