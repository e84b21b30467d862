//! Brings the ledger to the point where an order can run: begins or resumes an edition, adds who joined, puts back whom a
//! person wants tried again. Says no where a second copy would follow that nobody asked for.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::copies::key_of;
use crate::app::enrolled::{Enrolled, enrolled, enrolments};
use crate::app::fault::Fault;
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::whom::{Risk, Whom, decided};
use crate::exit::Exit;
use crate::ledger::{EditionId, Ledger, NewEdition, Requeue};
use crate::model::{
    Act, AddressKey, BroadcastKey, EditionRecord, Expansion, Mailing, State, count, list_of, long_date,
};
use crate::plan::OptOuts;
use crate::render::Compiled;
use crate::transport::Destination;

/// An edition that is ready to run.
pub(crate) struct Opened {
    pub(crate) id: EditionId,
    pub(crate) mailing: Mailing,
    /// Only these, where the command is about some.
    pub(crate) only: Option<Vec<AddressKey>>,
    /// Who joined the lists since the edition began and is not in it.
    pub(crate) joined: usize,
}

/// A mailing in the ledger.
pub(crate) type Recorded = (EditionId, EditionRecord);

/// The latest edition of a day's broadcast, if it has begun; a correction stands beside it.
pub(crate) fn latest(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Option<Recorded>> {
    Ok(latest_of(&mailings(ledger, week, day)?))
}

/// The number of the latest edition in the ledger, if one has begun: [`latest`] without counting anybody.
pub(crate) fn begun(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Option<EditionId>> {
    Ok(ledger.latest_edition(&key_of(week, day))?.map(|(id, _)| id))
}

/// The latest edition among the mailings of a day.
pub(crate) fn latest_of(mailings: &[Recorded]) -> Option<Recorded> {
    let editions = mailings.iter().filter(|(_, record)| record.is_broadcast());
    editions.max_by_key(|(_, record)| record.edition).cloned()
}

/// The corrections among the mailings of a day, by their numbers.
pub(crate) fn corrections_of(mailings: Vec<Recorded>) -> Vec<(u32, EditionId, EditionRecord)> {
    let numbered = mailings.into_iter().filter_map(|(id, record)| Some((record.correction?, id, record)));
    let mut corrections: Vec<_> = numbered.collect();
    corrections.sort_by_key(|(number, ..)| *number);
    corrections
}

/// Everything that went out of a day: its editions and its corrections, in the order in which they were begun.
pub(crate) fn mailings(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<Vec<Recorded>> {
    let key = key_of(week, day);
    let mut mailings = ledger.editions(Some(&key.week))?;
    mailings.retain(|(_, record)| record.key == key);
    Ok(mailings)
}

/// The corrections of a day by their numbers.
pub(crate) fn corrections(
    ledger: &dyn Ledger,
    week: &WeekReady,
    day: &DayReady,
) -> anyhow::Result<Vec<(u32, EditionId, EditionRecord)>> {
    Ok(corrections_of(mailings(ledger, week, day)?))
}

/// What a command asks of a day.
pub(crate) struct Request<'a> {
    pub(crate) week: &'a WeekReady,
    pub(crate) day: &'a DayReady,
    pub(crate) compiled: &'a Compiled,
    pub(crate) whom: &'a Whom,
    /// Whether a person agreed that later recipients get a changed text.
    pub(crate) changed_allowed: bool,
    pub(crate) now: DateTime<Utc>,
}

/// Opens the edition for a command.
///
/// # Errors
/// [`Fault`] where the command does not fit what the ledger knows; the ledger's own errors.
pub(crate) fn open(ledger: &mut dyn Ledger, request: &Request<'_>) -> anyhow::Result<Opened> {
    let Request { week, day, .. } = request;
    match (latest(ledger, week, day)?, request.whom) {
        (None, Whom::Due) => {
            refuse_moved(ledger, week, day)?;
            begin(ledger, request, 1, None)
        }
        (None, _) => {
            let fault = Fault::new(Exit::Usage, format!("{}'s broadcast has not been sent yet", day.day.weekday()));
            Err(fault.help(format!("use weekcast send {}", day.day.weekday())).into())
        }
        (Some((_, record)), Whom::All(some)) => begin(ledger, request, record.edition + 1, some.as_deref()),
        (Some((id, record)), _) => {
            refuse_purged(&record, day)?;
            if !request.changed_allowed {
                refuse_changed(&record, request.compiled, day)?;
            }
            resume(ledger, (id, &record), request)
        }
    }
}

fn begin(
    ledger: &mut dyn Ledger,
    request: &Request<'_>,
    edition: u32,
    some: Option<&[AddressKey]>,
) -> anyhow::Result<Opened> {
    let Request { week, day, compiled, .. } = request;
    let opted_out = opt_outs(Some(ledger), week, day)?;
    if let Some(some) = some {
        refuse_opted_out(some, &opted_out)?;
        refuse_strangers(some, &day.expansion, &opted_out)?;
    }
    let mut audience = enrolments(&day.expansion, &opted_out)
        .filter(|enrolment| some.is_none_or(|some| some.contains(&enrolment.key)));
    let digest = &compiled.material().digest;
    let new = NewEdition {
        key: key_of(week, day),
        edition,
        correction: None,
        source_file: None,
        theme: week.theme(&day.day).to_owned(),
        subject: day.subject().unwrap_or_default(),
        digest: digest.hex.clone(),
        parts: digest.parts.clone(),
        due_at: day.day.due(),
    };
    let id = ledger.begin_for(&new, &mut audience, request.now)?;
    Ok(Opened { id, mailing: Mailing::Edition(edition), only: None, joined: 0 })
}

fn resume(
    ledger: &mut dyn Ledger,
    (id, record): (EditionId, &EditionRecord),
    request: &Request<'_>,
) -> anyhow::Result<Opened> {
    let Request { week, day, whom, now, .. } = *request;
    let opted_out = opt_outs(Some(ledger), week, day)?;
    let (enrolled, joined) = enrolled(ledger, id, day, &opted_out)?;
    let mut opened = Opened { id, mailing: record.mailing(), only: None, joined: joined.len() };
    match whom {
        Whom::Due | Whom::All(_) => {}
        Whom::NotAccepted => {
            ledger.requeue(id, &Requeue::NotAccepted, now)?;
        }
        Whom::Only(keys) => {
            refuse_opted_out(keys, &opted_out)?;
            let keys = not_accepted(keys, &enrolled, (week, day))?;
            ledger.requeue(id, &Requeue::Only(keys.clone()), now)?;
            opened.only = Some(keys);
        }
        Whom::Joined => {
            ledger.enrol(id, &joined, now)?;
            opened.only = Some(joined.into_iter().map(|enrolment| enrolment.key).collect());
            opened.joined = 0;
        }
        Whom::InDoubt(risk) => {
            let mut keys = enrolled.in_doubt;
            // Whoever opted out since stays in doubt: the record must not say that they were left out.
            keys.retain(|key| opted_out.of(key).is_none() && risk.is_for(key));
            if !keys.is_empty() {
                ledger.requeue(id, &Requeue::Only(keys.clone()), now)?;
                ledger.record(&sent_again(key_of(week, day), (keys.len(), ""), risk, now))?;
            }
            opened.only = Some(keys);
        }
    }
    Ok(opened)
}

/// A person took the risk of a second copy; `of` names the mailing, where it is not the broadcast.
pub(crate) fn sent_again(key: BroadcastKey, (doubts, of): (usize, &str), risk: &Risk, at: DateTime<Utc>) -> Act {
    let what = format!("{}{of} put back, to be sent again", count(doubts, "doubtful message"));
    let detail = decided(what, risk.by.as_deref());
    Act { at, key: Some(key), kind: "resend-in-doubt".to_owned(), detail }
}

/// Of the named, those whom another try does not give a second copy.
fn not_accepted(
    keys: &[AddressKey],
    enrolled: &Enrolled,
    (week, day): (&WeekReady, &DayReady),
) -> Result<Vec<AddressKey>, Fault> {
    let weekday = day.day.weekday();
    for key in keys {
        let address = key.as_str();
        let Some(state) = enrolled.state(key) else {
            return Err(Fault::new(Exit::Data, format!("\"{address}\" was not among {weekday}'s recipients"))
                .help("if they joined a list since, use resend --new"));
        };
        match state {
            State::Accepted => {
                let taken = match &week.settings.transport.destination {
                    Destination::Smtp(_) => format!("the mail server has accepted the message to \"{address}\""),
                    Destination::Outbox { folder } => {
                        format!("the message to \"{address}\" was written to the folder {folder}/ already")
                    }
                };
                return Err(Fault::new(Exit::Usage, taken).help(format!(
                    "to send a second copy on purpose: weekcast resend {weekday} --all --only {address}"
                )));
            }
            State::InDoubt => {
                return Err(Fault::new(Exit::Usage, format!("whether \"{address}\" got the message is in doubt"))
                    .help(format!("to risk a second copy: weekcast resend {weekday} --in-doubt --only {address}")));
            }
            _ => {}
        }
    }
    Ok(keys.to_vec())
}

/// Nobody is mailed against their will because a person named them.
pub(crate) fn refuse_opted_out(keys: &[AddressKey], opt_outs: &OptOuts) -> Result<(), Fault> {
    let Some((key, found)) = keys.iter().find_map(|key| Some((key, opt_outs.of(key)?))) else { return Ok(()) };
    let address = key.as_str();
    let why = if found.key.is_pseudonym() { "was forgotten" } else { "asked not to be mailed" };
    let fault = Fault::new(Exit::Data, format!("\"{address}\" {why}, so nothing is sent to it"));
    Err(fault.help(format!("if they want to be mailed again: weekcast recipients suppress --lift {address}")))
}

fn refuse_strangers(some: &[AddressKey], expansion: &Expansion, opted_out: &OptOuts) -> Result<(), Fault> {
    let known: HashSet<AddressKey> = enrolments(expansion, opted_out).map(|enrolment| enrolment.key).collect();
    some.iter().find(|key| !known.contains(*key)).map_or(Ok(()), |key| {
        Err(Fault::new(Exit::Data, format!("\"{}\" is on none of this day's lists", key.as_str())))
    })
}

/// An edition that has begun goes on with the same content.
fn refuse_changed(record: &EditionRecord, compiled: &Compiled, day: &DayReady) -> Result<(), Fault> {
    let digest = &compiled.material().digest;
    if record.digest == digest.hex {
        return Ok(());
    }
    let changed = digest.changed(&record.parts);
    let weekday = day.day.weekday();
    let message = format!("since {weekday}'s sending began, the broadcast changed: {}", list_of(&changed));
    Err(Fault::new(Exit::Held, message).help(format!(
        "put it back as it was; or add --changed to give the rest the new text; or resend {weekday} --all for everybody"
    )))
}

/// Who has got it stands in the ledger no more, so nobody can be told from those who have not.
fn refuse_purged(record: &EditionRecord, day: &DayReady) -> Result<(), Fault> {
    let Some(at) = record.purged_at else { return Ok(()) };
    let (weekday, at) = (day.day.weekday(), long_date(at.date_naive()));
    let message = format!("who got {weekday}'s broadcast was erased from the ledger on {at}, so it cannot go on");
    Err(Fault::new(Exit::Held, message).help(format!(
        "weekcast status still has the totals; to send it to everybody once more: weekcast resend {weekday} --all"
    )))
}

/// A day that moved to another date, or a week whose file was renamed, must not go out a second time unnoticed.
fn refuse_moved(ledger: &dyn Ledger, week: &WeekReady, day: &DayReady) -> anyhow::Result<()> {
    let key = key_of(week, day);
    let theme = week.theme(&day.day);
    let same = |ready: &&DayReady| week.theme(&ready.day) == theme;
    let dates: Vec<String> = week.days.iter().filter(same).map(|ready| ready.day.date.to_string()).collect();
    for (_, record) in ledger.editions(None)?.into_iter().filter(|(_, record)| record.is_broadcast()) {
        // Next year's week may be made in the same file; a day moves by days or weeks.
        let near = record.key.date.parse::<NaiveDate>().is_ok_and(|date| (date - day.day.date).num_days().abs() <= 60);
        let same_week = near && record.key.week == key.week && !dates.contains(&record.key.date);
        let same_date = record.key.week != key.week && record.key.date == key.date;
        if record.theme == theme && (same_week || same_date) && record.counts.accepted + record.counts.in_doubt > 0 {
            let sent = count(record.counts.accepted, "recipient");
            let message = format!(
                "\"{theme}\" was already sent to {sent} as {} of the week \"{}\"",
                record.key.date, record.key.week
            );
            let help = "give it back its date or its week's name; if it is another broadcast, change its theme";
            return Err(Fault::new(Exit::Held, message).help(help).into());
        }
    }
    Ok(())
}
