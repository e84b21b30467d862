//! What a change does to the other days: teasers and "Day 2 of 5" are made from the order of the days, so that the text of
//! some changes with it, and with the text their sign-off.

use crate::app::audience;
use crate::app::fault::Fault;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::SignOffs;
use crate::app::week_change::rewritten::Rewritten;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Counts, count};

/// A day whose text changes.
pub(crate) struct Touched {
    /// How it is named now.
    pub(crate) name: String,
    /// Its date, such as `2027-03-16`.
    pub(crate) date: String,
    /// Who had signed it off as it was.
    pub(crate) signed: Vec<String>,
    /// What became of it, if it has begun.
    pub(crate) sent: Option<Counts>,
}

/// All of them, by date.
pub(crate) struct Effects {
    pub(crate) touched: Vec<Touched>,
    /// Who had signed the day itself off.
    pub(crate) signed: Vec<String>,
}

/// Compares the week before and after.
///
/// # Errors
/// The ledger's.
pub(crate) fn effects(
    ledger: Option<&dyn Ledger>,
    week: &WeekReady,
    rewritten: &Rewritten,
    index: usize,
) -> anyhow::Result<Effects> {
    let signed = |day: &DayReady| -> anyhow::Result<Vec<String>> {
        Ok(SignOffs::of(ledger, week, day)?.good.into_iter().map(|sign_off| sign_off.by).collect())
    };
    let mut effects = Effects { touched: Vec::new(), signed: Vec::new() };
    for day in &week.days {
        if day.day.index == index {
            effects.signed = signed(day)?;
            continue;
        }
        let digest = |day: &DayReady| day.compiled.as_ref().map(|compiled| compiled.material().digest.hex.clone());
        let after = rewritten.day(day.day.index).ok().and_then(digest);
        if digest(day) == after {
            continue;
        }
        let record = ledger.map(|ledger| audience::latest(ledger, week, day)).transpose()?.flatten();
        effects.touched.push(Touched {
            name: rewritten.name_of(&day.day),
            date: day.day.date.to_string(),
            signed: signed(day)?,
            sent: record.map(|(_, record)| record.counts),
        });
    }
    Ok(effects)
}

impl Effects {
    /// A day that is half sent would go on with another text.
    ///
    /// # Errors
    /// [`Fault`] 76 that names it.
    pub(crate) fn refuse_open(&self) -> Result<(), Fault> {
        let open = |counts: &Counts| counts.due + counts.deferred;
        let found =
            self.touched.iter().find_map(|day| Some((day, day.sent.as_ref().map(open).filter(|left| *left > 0)?)));
        let Some((day, left)) = found else { return Ok(()) };
        let message = format!(
            "{}'s broadcast has begun to go out and {} left; its text would change by this, since it names the day after it \
             or its place in the week",
            day.name,
            if left == 1 { "1 recipient is".to_owned() } else { format!("{} are", count(left, "recipient")) }
        );
        Err(Fault::new(Exit::Held, message).help(format!("let it end first: weekcast send {}", day.name)))
    }
}
