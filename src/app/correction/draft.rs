//! A correction before it is sent: read, rendered, held against the record, checked over everybody whom it would go to.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::audience;
use crate::app::context::App;
use crate::app::correction::asked::{CorrectionAsked, Which};
use crate::app::correction::content::{Content, content};
use crate::app::correction::file;
use crate::app::correction::original::{Original, Reached};
use crate::app::correction::people::{opted_out, recipients};
use crate::app::fault::Fault;
use crate::app::gates::reached_somebody;
use crate::app::prepare::exit_for;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::whom::Whom;
use crate::definition::CorrectionFile;
use crate::exit::Exit;
use crate::ledger::{EditionId, Enrolment, Ledger};
use crate::model::{
    AddressKey, Delivery, Digest, EditionRecord, Finding, Findings, People, Severity, State, count, list_of,
};
use crate::output::findings_as_text;
use crate::plan::OptOuts;

/// A correction that could be sent.
pub(crate) struct Draft {
    /// The day with the correction's text and people in place of its own.
    pub(crate) day: DayReady,
    /// What it corrects.
    pub(crate) original: Original,
    /// Its number.
    pub(crate) number: u32,
    /// Its mailing, if it has begun, with where everybody stands.
    pub(crate) begun: Option<(EditionId, EditionRecord, Vec<Delivery>)>,
    /// Who comes into it now: everybody before it begins, later those who turned out to have the original.
    pub(crate) joining: Vec<Enrolment>,
    /// Who must not be mailed.
    pub(crate) opted_out: OptOuts,
    /// How many are on no list of the day any more.
    pub(crate) gone: usize,
    /// The officer's file.
    pub(crate) file: CorrectionFile,
    /// What is to be looked at, and keeps nothing from going out.
    pub(crate) warnings: Vec<Finding>,
}

impl Draft {
    /// The subject line for people: that of the first copy, or where none is left to be made, of those that went out.
    pub(crate) fn subject(&self) -> String {
        match &self.begun {
            Some((_, record, _)) if self.day.expansion.recipients.is_empty() => record.subject.clone(),
            _ => self.day.subject().unwrap_or_default(),
        }
    }
}

/// Makes it; what is wrong is shown on standard error, all at once.
///
/// # Errors
/// [`Fault`] where the day has not been sent, nobody got it, the file has errors, or it does not fit the record; the
/// ledger's.
pub(crate) fn draft(
    app: &mut App,
    of: (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    asked: &CorrectionAsked<'_>,
) -> anyhow::Result<Draft> {
    let mut found = Vec::new();
    let made = made(app, of, ledger, asked, &mut found);
    app.streams.err(&findings_as_text(&found));
    made
}

/// Makes it; what there is to say of it comes back as findings.
///
/// # Errors
/// As [`draft`].
pub(crate) fn made(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    asked: &CorrectionAsked<'_>,
    found: &mut Vec<Finding>,
) -> anyhow::Result<Draft> {
    let original = Original::of(ledger, week, day)?;
    reached_somebody(ledger, week, day, &Whom::Due)?;
    let file = file_of(app, (week, day), ledger, &asked.which)?;
    let mut findings = Findings::new();
    let content = content(app, (week, day), (&file, &original.record), &mut findings);
    let Some(content) = content else {
        *found = findings.sorted();
        return Err(refused(found).into());
    };
    let (number, begun) = standing((week, day), ledger, asked, &content.compiled.material().digest)?;
    let opted_out = opted_out(ledger, week, day)?;
    let begun = begun.map(|(id, record)| Ok::<_, anyhow::Error>((id, record, ledger.deliveries(id)?))).transpose()?;
    let joining = joining(&original, asked.in_doubt, begun.as_ref().map(|(.., rows)| rows.as_slice()), &opted_out);
    let weekday = day.day.weekday();
    if begun.is_none() && !joining.iter().any(|one| one.state == State::Pending) {
        return Err(nobody(weekday, &original).into());
    }
    // Only those who may still be sent to: whoever has it may have left every list since.
    let open = |row: &&Delivery| {
        !row.key.is_pseudonym() && !matches!(row.state, State::Accepted | State::Suppressed | State::Skipped)
    };
    let rows = begun.iter().flat_map(|(.., rows)| rows).filter(open).map(|row| &row.address);
    let addresses = rows.chain(joining.iter().map(|one| &one.address)).map(String::as_str);
    let (people, gone) = recipients(day, addresses);
    if day.expansion.recipients.is_broken() {
        anyhow::bail!("the people of the lists cannot be read any more from the disk");
    }
    check(&content, &people.recipients, gone, &mut findings);
    findings.extend(content.rules(app, (week, day), &people).sorted());
    *found = crate::lint::apply_allowed(&week.week, findings).0.sorted();
    if found.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(refused(found).into());
    }
    let day = DayReady {
        day: day.day.clone(),
        lists: day.lists.clone(),
        expansion: Arc::new(people),
        compiled: Some(Arc::new(content.compiled)),
    };
    Ok(Draft { day, original, number, begun, joining, opted_out, gone, file, warnings: found.clone() })
}

fn file_of(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    which: &Which<'_>,
) -> anyhow::Result<CorrectionFile> {
    let number = match which {
        Which::Made(source) => return Ok(file::given(app, source.path)?),
        Which::Begun(number) => *number,
    };
    let found = audience::corrections(ledger, week, day)?.into_iter().find(|(own, ..)| *own == number);
    let path = found.and_then(|(.., record)| record.source_file);
    let path = path.ok_or_else(|| no_such(day.day.weekday(), number))?;
    Ok(file::recorded(&app.project, &path))
}

/// A correction that nobody sent.
pub(crate) fn no_such(weekday: &str, number: u32) -> Fault {
    Fault::new(Exit::Usage, format!("{weekday}'s broadcast has no correction {number}"))
        .help(format!("weekcast status {weekday} shows those that there are"))
}

/// That nothing went out.
fn refused(findings: &[Finding]) -> Fault {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    // The file of a correction is named on the command line: one that is not there is a missing file.
    let exit = if findings.iter().any(|one| one.rule == "file-missing" && one.place.source.text.is_empty()) {
        Exit::NoInput
    } else {
        exit_for(findings)
    };
    Fault::new(exit, format!("{}, so nothing is written or sent", count(errors, "error")))
        .help("mend what is said above, then give the command again")
}

/// Everybody merged before the first goes; who is on no list any more has nothing but an address.
fn check(content: &Content, people: &People, gone: usize, findings: &mut Findings) {
    let mut found = Findings::new();
    content.compiled.check(people, &mut found);
    findings.extend(found.sorted().into_iter().map(|mut one| {
        if gone > 0 && one.rule == "merge-field" && one.severity == Severity::Error {
            let who = count(gone, "recipient");
            one.message =
                format!("{} (of {who} on no list of the day any more, only the address is known)", one.message);
        }
        // Nobody's row is at fault.
        one.labels.retain(|label| !label.place.source.text.is_empty());
        one
    }));
}

/// Which number it has, and the mailing that it goes on with.
fn standing(
    (week, day): (&WeekReady, &DayReady),
    ledger: &dyn Ledger,
    asked: &CorrectionAsked<'_>,
    digest: &Digest,
) -> anyhow::Result<(u32, Option<(EditionId, EditionRecord)>)> {
    let weekday = day.day.weekday();
    let mut earlier = audience::corrections(ledger, week, day)?;
    let is_new = match &asked.which {
        Which::Made(source) => source.is_new,
        Which::Begun(wanted) => {
            earlier.retain(|(number, ..)| number == wanted);
            false
        }
    };
    let next = earlier.last().map_or(1, |(number, ..)| number + 1);
    // The same text goes on, whatever else was asked: a command that is given again must not begin anew.
    let same = earlier.iter().rposition(|(.., record)| record.digest == digest.hex);
    let chosen = match same {
        Some(index) => index,
        None if is_new || earlier.is_empty() => return Ok((next, None)),
        None => earlier.len() - 1,
    };
    let (number, id, record) = earlier.swap_remove(chosen);
    if same.is_none() && !asked.changed_allowed {
        return Err(changed(weekday, (number, &record), digest).into());
    }
    if record.purged_at.is_some() {
        let message = format!("who got correction {number} of {weekday}'s broadcast was erased from the ledger");
        return Err(Fault::new(Exit::Held, message).into());
    }
    Ok((number, Some((id, record))))
}

fn changed(weekday: &str, (number, record): (u32, &EditionRecord), digest: &Digest) -> Fault {
    let changed = list_of(&digest.changed(&record.parts));
    let message = format!("correction {number} of {weekday}'s broadcast went out with another text: {changed} changed");
    let is_open = record.counts.due + record.counts.deferred > 0;
    let go_on = if is_open {
        "put it back as it was to go on; or add --changed to give the rest the new text; or "
    } else {
        ""
    };
    Fault::new(Exit::Held, message)
        .help(format!("{go_on}add --new to send it as one more correction, to everybody who got the original"))
}

/// Who comes into it: before it begins everybody who got the original; later those who turned out to have what it corrects.
fn joining(original: &Original, in_doubt: bool, rows: Option<&[Delivery]>, opted_out: &OptOuts) -> Vec<Enrolment> {
    let doubtful = original.doubtful.iter().filter(|_| in_doubt);
    let all: Vec<&Reached> = original.reached.iter().chain(doubtful).collect();
    let enrolled: HashSet<&AddressKey> = rows.into_iter().flatten().map(|row| &row.key).collect();
    // Whoever got the broadcast after it was mended has nothing to be corrected.
    let corrected: HashSet<Option<i64>> =
        all.iter().filter(|one| enrolled.contains(&one.key)).map(|one| one.content).collect();
    let joins = |one: &&&Reached| match rows {
        None => true,
        Some(_) => !enrolled.contains(&one.key) && corrected.contains(&one.content),
    };
    let enrolment = |one: &&Reached| {
        let suppression = opted_out.of(&one.key);
        Enrolment {
            key: one.key.clone(),
            address: one.address.clone(),
            state: if suppression.is_some() { State::Suppressed } else { State::Pending },
            note: suppression.map(|suppression| suppression.reason.clone()),
            in_reply_to: one.message_id.clone(),
        }
    };
    all.iter().filter(joins).map(enrolment).collect()
}

fn nobody(weekday: &str, original: &Original) -> Fault {
    let doubtful = original.doubtful.len();
    let fault = Fault::new(
        Exit::Held,
        format!("nobody is known to have got {weekday}'s broadcast, so nobody can be corrected"),
    );
    if doubtful == 0 {
        return fault.help(format!("weekcast status {weekday} --recipients shows where everybody stands"));
    }
    fault.help(format!(
        "of {} it is in doubt; to send the correction to them too: add --in-doubt",
        count(doubtful, "recipient")
    ))
}
