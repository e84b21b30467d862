//! What a correction must pass before it begins: the names of as many people as the week asks for, and the daily limit.

use crate::app::context::App;
use crate::app::correction::asked::CorrectionAsked;
use crate::app::correction::draft::Draft;
use crate::app::fault::Fault;
use crate::app::over_days::over_days_of;
use crate::app::ready::WeekReady;
use crate::app::sign_off::name_of_person;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{State, count};

/// Lets a correction pass; answers with the names of those who stand for it. One that goes on with the same text has passed.
///
/// # Errors
/// [`Fault`] 64 for a name that is none, 76 for too few or the daily limit; the ledger's.
pub(crate) fn gates(
    app: &App,
    (week, draft): (&WeekReady, &Draft),
    ledger: &dyn Ledger,
    asked: &CorrectionAsked<'_>,
) -> anyhow::Result<Vec<String>> {
    let names = names(asked.by)?;
    let weekday = draft.day.day.weekday();
    let digest = draft.day.compiled.as_ref().map(|compiled| compiled.material().digest.hex.as_str());
    let goes_on = draft.begun.as_ref().is_some_and(|(_, record, _)| Some(record.digest.as_str()) == digest);
    if !goes_on && names.len() < usize::from(week.week.sign_off) {
        let needed = count(usize::from(week.week.sign_off), "person");
        let message =
            format!("a correction of {weekday}'s broadcast needs the word of {needed}, like the broadcast itself");
        let by = " --by NAME".repeat(usize::from(week.week.sign_off));
        return Err(Fault::new(Exit::Held, message)
            .help(format!("look at it with --dry-run; then name who has read it:{by}"))
            .into());
    }
    let people = draft.joining.iter().filter(|one| one.state == State::Pending).count();
    if !asked.over_days
        && let Some(over) = over_days_of(app, week, &draft.day, (ledger, people))?
    {
        return Err(over.fault_of(&format!("the correction of {weekday}'s broadcast")).into());
    }
    Ok(names)
}

/// The names as people write them, each once.
fn names(by: &[String]) -> Result<Vec<String>, Fault> {
    let mut names: Vec<String> = Vec::new();
    for one in by {
        let name = name_of_person(one)?;
        if names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            let message = format!("{name} is named twice, and a second name must be another person's");
            return Err(Fault::new(Exit::Usage, message).help("leave one of them out, or name another who has read it"));
        }
        names.push(name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_different_people() {
        let of = |by: &[&str]| names(&by.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["Rowan  Example", "Sam Example"]).unwrap(), ["Rowan Example", "Sam Example"]);
        assert!(of(&["Rowan Example", " rowan example "]).is_err());
        assert!(of(&[" "]).is_err() && of(&["a\u{7}b"]).is_err());
    }
}
