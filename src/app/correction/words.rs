//! What is said of a correction before and after it goes out.

use crate::app::connect::describe;
use crate::app::correction::asked::Again;
use crate::app::correction::draft::Draft;
use crate::app::dispatch::DayEnd;
use crate::app::outcome::{besides, why_stopped};
use crate::app::ready::WeekReady;
use crate::model::{State, capitalised, correct_command, count, grouped, list_of};
use crate::output::plain;
use crate::report::CorrectionStatus;
use crate::transport::Destination;

/// How many would get it now.
pub(crate) fn due(draft: &Draft) -> usize {
    let joining = draft.joining.iter().filter(|one| one.state == State::Pending).count();
    let rows = draft.begun.iter().flat_map(|(.., rows)| rows);
    joining + rows.filter(|row| matches!(row.state, State::Pending | State::Claimed | State::Deferred)).count()
}

/// What is shown before the question.
pub(crate) fn shown(week: &WeekReady, draft: &Draft, (again, names): (&Again, &[String])) -> String {
    let by = if names.is_empty() { String::new() } else { format!("\n  by:       {}", plain(&list_of(names))) };
    format!(
        "  day:      {}, {}\n  message:  correction {}\n  subject:  {}\n  to:       {}\n  through:  {}{by}\n",
        draft.day.day.weekday(),
        draft.day.day.at.format("%-d %B %Y"),
        draft.number,
        plain(&draft.subject()),
        to(draft, again),
        describe(week),
    )
}

fn to(draft: &Draft, again: &Again) -> String {
    let Some((_, record, rows)) = &draft.begun else {
        return format!("{} who got the broadcast", count(due(draft), "recipient"));
    };
    let counts = &record.counts;
    let of = grouped(counts.total() + draft.joining.len());
    match again {
        Again::Nobody => format!("{} of {of} (it goes on)", count(due(draft), "recipient")),
        Again::NotAccepted => {
            let people = count(due(draft) + counts.refused + counts.expired, "recipient");
            format!("{people} of {of}, with those who were refused or given up")
        }
        Again::InDoubt(risk) => {
            let doubtful = rows.iter().filter(|row| row.state == State::InDoubt);
            let named = doubtful.filter(|row| risk.is_for(&row.key)).count();
            format!("{} in doubt; some of them may get a second copy", count(named, "recipient"))
        }
    }
}

/// Who gets it all the same, and who does not, a sentence each.
pub(crate) fn notes(draft: &Draft, in_doubt: bool) -> Vec<String> {
    let original = &draft.original;
    let weekday = draft.day.day.weekday();
    let opted_out = draft.joining.iter().filter(|one| one.state == State::Suppressed).count();
    let mut notes = Vec::new();
    let mut note = |number: usize, words: String| {
        if number > 0 {
            notes.push(words);
        }
    };
    let people = |number: usize| count(number, "person");
    note(
        draft.gone,
        format!(
            "{} left the day's lists since; they got the broadcast, so they get its correction.",
            people(draft.gone)
        ),
    );
    note(original.sent_back, format!("Left out: {}, whose copy was sent back.", people(original.sent_back)));
    note(opted_out, format!("Left out: {}, who asked not to be mailed.", people(opted_out)));
    let were = if original.forgotten == 1 { "was" } else { "were" };
    note(original.forgotten, format!("Left out: {}, who {were} forgotten.", people(original.forgotten)));
    if draft.begun.is_none() && original.texts() > 1 {
        let texts = original.texts();
        note(
            texts,
            format!(
                "The broadcast went out with {texts} texts, because it was changed meanwhile; whoever got any of them gets \
                 this correction."
            ),
        );
    }
    if !in_doubt {
        let doubtful = original.doubtful.len();
        note(
            doubtful,
            format!(
                "Left out: {}, of whom it is in doubt whether they got the broadcast. To send it to them too: add --in-doubt",
                people(doubtful)
            ),
        );
    }
    note(
        original.waiting,
        format!(
            "{} still waiting for the broadcast itself: mend the week's file, then: weekcast send {weekday} --changed",
            if original.waiting == 1 { "1 person is".to_owned() } else { format!("{} are", people(original.waiting)) }
        ),
    );
    notes
}

/// What happened, in sentences; nothing is called delivered or read, because nobody knows.
#[must_use]
pub fn summary(status: &CorrectionStatus, day: &str, end: &DayEnd, destination: &Destination) -> String {
    let mut out = Vec::new();
    let (number, counts) = (status.number, &status.counts);
    if end.recovered.in_doubt > 0 {
        let doubt = count(end.recovered.in_doubt, "message");
        out.push(format!("An earlier run ended in the middle of {doubt}: whether the server has them is in doubt."));
    }
    if end.only.as_ref().is_some_and(Vec::is_empty) {
        out.push("There was nobody to send to, so nothing was sent.".to_owned());
    }
    let (accepted, everybody) = (grouped(counts.accepted), count(counts.total(), "recipient"));
    let (name, subject) = (capitalised(day), plain(&status.subject));
    out.push(match destination {
        Destination::Smtp(_) => {
            format!("{name}, correction {number}, \"{subject}\": the mail server accepted {accepted} of {everybody}.")
        }
        Destination::Outbox { folder } => format!(
            "{name}, correction {number}, \"{subject}\": {accepted} of {everybody} written to the folder {folder}/. Nothing \
             was sent: the settings name no mail server."
        ),
    });
    out.extend(besides(counts));
    out.extend(why_stopped(end));
    if counts.in_doubt > 0 {
        out.push(format!(
            "weekcast does not send to doubtful ones by itself. See them: weekcast status {day} --recipients; decide: \
             weekcast resolve {day} --correction {number} --as accepted, or --as resend"
        ));
    }
    if counts.due + counts.deferred > 0 {
        let command = correct_command(day, status.file.as_deref().unwrap_or("FILE"));
        out.push(format!("It goes on by weekcast run, or by hand: {command}"));
    } else if counts.refused + counts.expired > 0 {
        out.push(format!(
            "See who: weekcast status {day} --recipients; to try them again: the same command with --refused"
        ));
    }
    out.join("\n") + "\n"
}
