//! `recipients show`: one person.

use crate::app::{App, DayFor, Fault, Format, OptOut, Outcome, Person, Way, person};
use crate::exit::Exit;
use crate::model::{Address, list_of};
use crate::output::{plain, table};

/// Show one person: lists, days, opt-outs, and what became of every message
///
/// This is what to give to somebody who asks what is kept about them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address, such as asha@board.example
    address: String,
}

/// Shows.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let address = Address::parse(&args.address)
        .map_err(|fault| Fault::new(Exit::Usage, format!("\"{}\" is no address: {fault}", args.address)))?;
    let person = person(app, &address)?;
    match app.format {
        Format::Json => app.streams.json(&person)?,
        Format::Text => app.streams.out(&as_text(&person))?,
    }
    Ok(Exit::Done)
}

fn as_text(person: &Person) -> String {
    let mut out = format!("{}\n", plain(&person.address));
    if let Some(since) = &person.forgotten {
        out.push_str(&format!(
            "\nForgotten since {}: the address was erased from the ledger, and nothing is sent to it.\n",
            date(since)
        ));
    }
    let known = !(person.lists.is_empty() && person.opt_outs.is_empty() && person.deliveries.is_empty());
    if !known && person.forgotten.is_none() {
        out.push_str("\nOn no list, with no opt-out, and nothing was ever sent to it. Is it spelt as on the lists?\n");
        return out;
    }
    out.push_str(&lists(person));
    out.push_str(&opt_outs(&person.opt_outs));
    out.push_str(&days(person));
    out.push_str(&outcomes(&person.deliveries));
    out
}

fn lists(person: &Person) -> String {
    if person.lists.is_empty() {
        return "\nOn none of the lists.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = person
        .lists
        .iter()
        .map(|way| vec![way.name.clone(), way.title.clone().unwrap_or_default(), how(way)])
        .collect();
    let mut out = format!("\n{}", table(&["list", "title", "how"], &rows, None));
    let on = person.lists.iter().filter(|way| way.excluded_by.is_none()).count();
    if on > 1 {
        out.push_str("One copy a day, however many of these lists a day has: a message goes to an address once.\n");
    }
    if person.forgotten.is_some() {
        out.push_str("Take the address off these lists: forgetting changes no file of yours.\n");
    }
    out
}

fn how(way: &Way) -> String {
    match (&way.file, way.line, &way.excluded_by) {
        (Some(file), Some(line), _) => format!("{file}, line {line}"),
        (_, _, Some(by)) => format!("excluded by {by}"),
        _ => format!("through {}", list_of(&way.through)),
    }
}

fn opt_outs(all: &[OptOut]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let row = |one: &OptOut| {
        let from = one.list.as_ref().map_or_else(|| "everything".to_owned(), |list| format!("the list {list}"));
        vec![from, date(&one.since).to_owned(), one.reason.clone(), one.source.clone()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    format!("\n{}", table(&["opted out of", "since", "why", "recorded by"], &rows, None))
}

fn days(person: &Person) -> String {
    let Some(week) = person.week.as_ref().filter(|_| !person.days.is_empty()) else { return String::new() };
    let rows: Vec<Vec<String>> =
        person.days.iter().map(|day| vec![day.day.clone(), day.date.clone(), day.theme.clone(), gets(day)]).collect();
    format!("\n{}", table(&["day", "date", "theme", &format!("gets it (week {week})")], &rows, None))
}

fn gets(day: &DayFor) -> String {
    match (&day.reason, day.out_of.as_slice()) {
        (Some(reason), _) if day.has => reason.clone(),
        (Some(reason), _) => format!("no: {reason}"),
        (None, []) => format!("yes, through {}", list_of(&day.lists)),
        (None, out_of) => {
            let left: Vec<&String> = day.lists.iter().filter(|list| !out_of.contains(list)).collect();
            let through = if left.is_empty() { &day.lists } else { &left.into_iter().cloned().collect::<Vec<_>>() };
            format!("yes, through {}, although opted out of {}", list_of(through), list_of(out_of))
        }
    }
}

fn outcomes(all: &[Outcome]) -> String {
    if all.is_empty() {
        return "\nNothing was sent to this address yet.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            let state = match one.bounced_at {
                Some(_) => format!("{}, then bounced", one.state),
                None if one.only_in_folder => "written to the outbox, not sent".to_owned(),
                None => one.state.replace('_', " "),
            };
            let edition = one.correction.map_or(one.edition.to_string(), |number| format!("correction {number}"));
            let at = one.at.get(..16).unwrap_or_default().replace('T', " ");
            vec![one.week.clone(), one.date.clone(), edition, state, at, one.reply.clone().unwrap_or_default()]
        })
        .collect();
    format!("\n{}", table(&["week", "date", "edition", "outcome", "at (UTC)", "last answer"], &rows, None))
}

/// The day of an instant.
fn date(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}
