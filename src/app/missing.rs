//! Who is to have a message and, as far as is known, has not: in numbers and words.

use crate::model::{Counts, grouped, list_of};

/// For the record, how it stands with everybody when a run has come to its end.
pub(crate) fn at_the_end(counts: &Counts) -> String {
    let others: Vec<String> = missing(counts).into_iter().filter_map(numbered).collect();
    if others.is_empty() { "complete".to_owned() } else { format!("not everybody has it: {}", list_of(&others)) }
}

/// Those who are to have it and, as far as is known, have not.
pub(crate) fn missing(counts: &Counts) -> [(usize, &'static str); 5] {
    [
        (counts.refused, "refused by the server"),
        (counts.deferred, "to be tried again later"),
        (counts.due, "still to be sent"),
        (counts.in_doubt, "in doubt"),
        (counts.expired, "given up, because the server put them off until it was too late"),
    ]
}

/// A number, and what of; nothing for nought.
pub(crate) fn numbered((number, what): (usize, &str)) -> Option<String> {
    (number > 0).then(|| format!("{} {what}", grouped(number)))
}
