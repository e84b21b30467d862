//! What is wrong with the record of acts, in words.

use chrono_tz::Tz;

use crate::model::{ActChain, ChainFault};
use crate::report::act_words::act_words;
use crate::report::moments::moment_with_year;

/// The first fault of a record; times are shown in `zone`.
#[must_use]
pub fn chain_words(chain: &ActChain, fault: ChainFault, zone: Tz) -> String {
    let named = |number: u64| {
        let found = chain.acts.iter().find(|act| act.number == number);
        let what = |act: &crate::model::RecordedAct| {
            format!(" ({}, {})", moment_with_year(act.act.at, zone), act_words(&act.act.kind))
        };
        format!("act {number}{}", found.map(what).unwrap_or_default())
    };
    match fault {
        ChainFault::Changed(number) => {
            format!("{} is not the one that was recorded: it was changed, or put in", named(number))
        }
        ChainFault::Missing(number) => format!("act {number} is missing: it was taken out"),
        ChainFault::Added(number) => format!("{} was put in behind the end of the record", named(number)),
        ChainFault::Rewritten => "its end is not the one that was noted: it was written anew".to_owned(),
    }
}
