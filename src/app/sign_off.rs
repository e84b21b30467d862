//! Sign-offs: whose word a day has, for which content and for whom, and whether that is enough.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::app::copies::key_of;
use crate::app::fault::Fault;
use crate::app::ready::{DayReady, WeekReady};
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{Act, AddressKey, BroadcastKey, Pseudonyms, SignOff, Whereabouts, count, list_of};

/// How many people are named of those who joined or left.
const NAMED: usize = 5;

/// How a day stands with its sign-offs.
pub(crate) struct SignOffs {
    needed: usize,
    /// For the content as it is now; one a person.
    pub(crate) good: Vec<SignOff>,
    /// For another content, the newest last, with the fields that changed since.
    stale: Vec<(SignOff, Vec<String>)>,
}

/// The kind of the act that goes with a sign-off.
pub(crate) const SIGNED_OFF: &str = "signed-off";

/// The longest name of a person, in characters.
const LONGEST: usize = 100;

/// The name behind `--by`, with single spaces.
///
/// # Errors
/// [`Fault`] 64 where it is none.
pub(crate) fn name_of_person(by: &str) -> Result<String, Fault> {
    let name = by.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().any(char::is_control) || name.chars().count() > LONGEST {
        return Err(Fault::new(Exit::Usage, "--by needs a name").help("give it in full: --by \"First Last\""));
    }
    Ok(name)
}

/// Who came and went since a sign-off.
pub(crate) struct Drift {
    signed: usize,
    joined: Vec<AddressKey>,
    left: Vec<AddressKey>,
}

impl SignOffs {
    /// Looks them up; a day that cannot be rendered has none that count.
    ///
    /// # Errors
    /// The ledger's.
    pub(crate) fn of(ledger: Option<&dyn Ledger>, week: &WeekReady, day: &DayReady) -> anyhow::Result<Self> {
        let mut found = Self { needed: usize::from(week.week.sign_off), good: Vec::new(), stale: Vec::new() };
        let (Some(ledger), Some(compiled)) = (ledger, &day.compiled) else { return Ok(found) };
        let key = key_of(week, day);
        let digest = &compiled.material().digest;
        for sign_off in own_sign_offs(ledger, &key)? {
            if sign_off.digest != digest.hex {
                let changed = digest.changed(&sign_off.parts);
                found.stale.push((sign_off, changed));
                continue;
            }
            // Somebody who signs again has looked again: their newer word counts.
            found.good.retain(|earlier| !earlier.is_by(&sign_off.by));
            found.good.push(sign_off);
        }
        Ok(found)
    }

    /// Whether nobody has to sign any more.
    pub(crate) fn is_enough(&self) -> bool {
        self.good.len() >= self.needed
    }

    /// `NAME on 12 March 2027, 14:03`, of those that count.
    pub(crate) fn names(&self, zone: Tz) -> Vec<String> {
        self.good.iter().map(|sign_off| format!("{} on {}", sign_off.by, moment(sign_off.at, zone))).collect()
    }

    /// Who has signed, or what changed since, for a page; `None` where nobody has.
    pub(crate) fn words(&self, zone: Tz) -> Option<String> {
        if self.good.is_empty() {
            let (last, changed) = self.stale.last()?;
            let at = moment(last.at, zone);
            return Some(format!(
                "counts no more: since {} signed on {at}, this changed: {}",
                last.by,
                list_of(changed)
            ));
        }
        let more = if self.is_enough() { "" } else { "; a second person has to sign" };
        Some(format!("by {}{more}", list_of(&self.names(zone))))
    }

    /// Why the day is not signed off, and what to do.
    pub(crate) fn fault(&self, weekday: &str, zone: Tz) -> Fault {
        let sign = format!("look at it: weekcast preview {weekday}; then: weekcast sign-off {weekday} --by NAME");
        if !self.good.is_empty() {
            let message = format!(
                "{weekday}'s broadcast is signed off by {}, and needs a second person",
                list_of(&self.names(zone))
            );
            return Fault::new(Exit::Held, message).help(sign);
        }
        let Some((last, changed)) = self.stale.last() else {
            return Fault::new(Exit::Held, format!("{weekday}'s broadcast is not signed off")).help(sign);
        };
        let message = format!(
            "{weekday}'s broadcast changed since {} signed it off on {}: {}",
            last.by,
            moment(last.at, zone),
            list_of(changed)
        );
        Fault::new(Exit::Held, message).help(format!("put it back as it was, or sign it off anew; {sign}"))
    }

    /// How the lists changed since the last sign-off that counts; `None` without one.
    ///
    /// # Errors
    /// The ledger's.
    pub(crate) fn drift(&self, ledger: &dyn Ledger, day: &DayReady) -> anyhow::Result<Option<Drift>> {
        let Some(last) = self.good.last() else { return Ok(None) };
        let then: HashSet<AddressKey> = ledger.signed_audience(last.id)?.into_iter().collect();
        let pseudonyms = Pseudonyms::new(ledger.secret());
        let now = audience(day);
        let known: HashSet<&AddressKey> = now.iter().collect();
        // Somebody who was forgotten since has neither joined nor left, wherever they still stand.
        let left = then.iter().filter(|key| !key.is_pseudonym() && !known.contains(key)).cloned().collect();
        let is_new = |key: &&AddressKey| !then.contains(*key) && !then.contains(&pseudonyms.of(key));
        let joined = now.iter().filter(is_new).cloned().collect();
        Ok(Some(Drift { signed: then.len(), joined, left }))
    }
}

impl Drift {
    /// Whether nobody came or went.
    pub(crate) fn is_none(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty()
    }

    /// Whether so many came and went that somebody should look again: more than `percent` of those who were signed for.
    pub(crate) fn is_large(&self, percent: u8) -> bool {
        (self.joined.len() + self.left.len()) * 100 > self.signed * usize::from(percent)
    }

    /// In words, some of them by name.
    pub(crate) fn words(&self) -> String {
        let part = |keys: &[AddressKey], what: &str| {
            let mut names: Vec<&str> = keys.iter().map(AddressKey::as_str).collect();
            names.sort_unstable();
            let more = names.len().saturating_sub(NAMED);
            let mut shown: Vec<String> = names.into_iter().take(NAMED).map(str::to_owned).collect();
            if more > 0 {
                shown.push(format!("{more} more"));
            }
            format!("{} {what} ({})", keys.len(), list_of(&shown))
        };
        let parts: Vec<String> = [(&self.joined, "joined"), (&self.left, "left")]
            .into_iter()
            .filter(|(keys, _)| !keys.is_empty())
            .map(|(keys, what)| part(keys, what))
            .collect();
        format!("of {}, since the sign-off: {}", count(self.signed, "recipient"), list_of(&parts))
    }

    /// Why the day waits for another look.
    pub(crate) fn fault(&self, weekday: &str, percent: u8) -> Fault {
        let message = format!("{weekday}'s lists changed by more than {percent} % {}", self.words());
        Fault::new(Exit::Held, message).help(format!(
            "look whether the lists are the right ones; then sign off anew: weekcast sign-off {weekday} --by NAME; or add \
             --lists-changed"
        ))
    }
}

/// The sign-offs that were given for a day, also before it was moved to its date, in the order in which they were given.
pub(crate) fn own_sign_offs(ledger: &dyn Ledger, key: &BroadcastKey) -> anyhow::Result<Vec<SignOff>> {
    let acts = ledger.acts(&key.week)?;
    let whereabouts = Whereabouts::of(&key.date, (0..).zip(&acts));
    let mut all = ledger.sign_offs(&key.week)?;
    all.retain(|sign_off| whereabouts.covers(&sign_off.key.date, place_in(&acts, sign_off)));
    Ok(all)
}

/// Where a sign-off stands among the acts: at its own. Where a run died before that was recorded, the clock has to say.
fn place_in(acts: &[Act], sign_off: &SignOff) -> u64 {
    let own = |act: &Act| act.kind == SIGNED_OFF && act.key.as_ref() == Some(&sign_off.key) && act.at == sign_off.at;
    let place = acts.iter().rposition(own).or_else(|| acts.iter().rposition(|act| act.at <= sign_off.at));
    place.and_then(|place| u64::try_from(place).ok()).unwrap_or_default()
}

/// The people of a day's lists.
pub(crate) fn audience(day: &DayReady) -> Vec<AddressKey> {
    day.expansion.recipients.keys().collect()
}

fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string()
}
