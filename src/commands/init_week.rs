//! `init`: the questions of a new week, and its files.

use std::io;

use anyhow::Context as _;
use chrono::NaiveTime;
use serde::Serialize;

use crate::app::{App, Fault, Format, Purpose, Question, days_off, prepare, prepared_dates};
use crate::calendar::{WorkingDays, working_days};
use crate::commands::init_given::{Given, date, file_name, line};
use crate::exit::Exit;
use crate::first_week::{
    Answers, Awareness, recipients_file, settings_file, slug, week_file, write_new, write_private,
};
use crate::model::{Address, Findings, count, long_date};
use crate::output::{findings_as_text, plain};
use crate::recipients;
use crate::settings::{self, SETTINGS_FILE};

/// The lists, in the project.
const LISTS: &str = "recipients.toml";

/// The most days that a week may have: two working weeks.
const MOST_DAYS: usize = 10;

/// `init --format json`.
#[derive(Serialize)]
struct Begun<'a> {
    week: &'a str,
    file: &'a str,
    /// What was written, and what was there and left as it is, by the path in the project.
    written: Vec<&'a str>,
    left: Vec<&'a str>,
    days: Vec<String>,
    time: String,
    passed_over: Vec<PassedOver<'a>>,
}

/// A day on which nobody works.
#[derive(Serialize)]
struct PassedOver<'a> {
    date: String,
    name: &'a str,
}

/// Asks and writes.
pub(crate) fn run(given: &Given, app: &mut App) -> anyhow::Result<Exit> {
    required(given, app)?;
    let named = app.week.as_deref().map(file_name).transpose()?;
    let (answers, skipped) = ask(given, app)?;
    let year = answers.dates.first().map_or_else(String::new, |date| date.format("-%Y").to_string());
    let name = named.unwrap_or_else(|| slug(&answers.title) + &year);
    let path = format!("broadcasts/{name}.toml");
    if app.project.has(&path) {
        let fault = Fault::new(Exit::Io, format!("\"{path}\" is there already and was left as it is"));
        return Err(fault.help("give the new week another name with --week NAME").into());
    }
    let mut files = Vec::new();
    for (file, text, private) in [
        (SETTINGS_FILE, settings_file(&answers), false),
        (LISTS, recipients_file(&answers), true),
        (path.as_str(), week_file(&name, &answers), false),
    ] {
        let target = app.project.join(file);
        let written = if private { write_private(&target, &text) } else { write_new(&target, &text) };
        match written {
            Ok(()) => files.push((file, true)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => files.push((file, false)),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be written", target.display())),
        }
    }
    let prepared = prepare(app, &name, Purpose::Look);
    app.streams.err(&findings_as_text(&prepared_dates(&prepared)));
    match app.format {
        Format::Text => app.streams.out(&as_text(app, &files, (&answers, &skipped)))?,
        Format::Json => app.streams.json(&begun(&name, &files, (&answers, &skipped)))?,
    }
    Ok(Exit::Done)
}

fn as_text(app: &App, files: &[(&str, bool)], (answers, days): (&Answers, &WorkingDays)) -> String {
    let told = |(file, written): &(&str, bool)| match written {
        true => format!("{file} written\n"),
        false => format!("{file} was there and was left as it is\n"),
    };
    let folder = app.project.root();
    let enter = if folder == std::path::Path::new(".") { String::new() } else { format!(" (in {})", folder.display()) };
    let week = files.last().map_or("", |(file, _)| file);
    format!(
        "{}{}\nNext{}: open {} and fill in what says \"Write here\", put your people into {LISTS}, then: weekcast check\n",
        files.iter().map(told).collect::<String>(),
        days_in_words(answers, days),
        plain(&enter),
        plain(week)
    )
}

fn begun<'a>(week: &'a str, files: &[(&'a str, bool)], (answers, days): (&Answers, &'a WorkingDays)) -> Begun<'a> {
    let (written, left): (Vec<_>, Vec<_>) = files.iter().copied().partition(|(_, written)| *written);
    let names = |files: Vec<(&'a str, bool)>| files.into_iter().map(|(file, _)| file).collect();
    Begun {
        week,
        file: files.last().map_or("", |(file, _)| file),
        written: names(written),
        left: names(left),
        days: answers.dates.iter().map(ToString::to_string).collect(),
        time: answers.time.format("%H:%M").to_string(),
        passed_over: days
            .skipped
            .iter()
            .map(|day| PassedOver { date: day.date.to_string(), name: &day.name })
            .collect(),
    }
}

/// Everything that is missing at once, where nobody can be asked.
fn required(given: &Given, app: &App) -> Result<(), Fault> {
    if app.streams.interactive {
        return Ok(());
    }
    let known = app.project.has(SETTINGS_FILE);
    let flags = [
        ("--organisation", given.organisation.is_some() || known),
        ("--sender-address", given.sender_address.is_some() || known),
        ("--title", given.title.is_some()),
        ("--first-day", given.first_day.is_some()),
    ];
    let missing: Vec<&str> = flags.iter().filter(|(_, there)| !there).map(|(flag, _)| *flag).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = "nobody is there to be asked: this is no terminal, and not every question has its answer";
    Err(Fault::new(Exit::Usage, message).help(format!("add {}", crate::model::list_of(&missing))))
}

fn ask(given: &Given, app: &mut App) -> anyhow::Result<(Answers, WorkingDays)> {
    let mut ignored = Findings::new();
    let settings = settings::load(&app.project, &mut ignored);
    let sender = settings.sender.clone();
    let own = |words, flag, default: Option<String>| Question { words, flag, default };
    let organisation = own("The name of your organisation", "--organisation", settings.organisation.name.clone())
        .answer(app, given.organisation.as_deref(), line)?;
    let name = sender.as_ref().and_then(|sender| sender.name.clone()).unwrap_or_else(|| organisation.clone());
    let sender_name = own("Whose name should the messages bear?", "--sender-name", Some(name)).answer(
        app,
        given.sender_name.as_deref(),
        line,
    )?;
    let address = sender.map(|sender| sender.address.to_string());
    let sender_address = own("The address that they come from", "--sender-address", address).answer(
        app,
        given.sender_address.as_deref(),
        |text| Address::parse(text).map_err(|fault| format!("\"{text}\" is no address: {fault}")),
    )?;
    let title = own("What is the week called?", "--title", None).answer(app, given.title.as_deref(), line)?;
    let first =
        own("Its first day, such as 2027-03-15", "--first-day", None).answer(app, given.first_day.as_deref(), date)?;
    let number =
        own("How many working days?", "--days", Some("5".to_owned())).answer(app, given.days.as_deref(), day_count)?;
    let off = days_off(&app.project, &settings.organisation, &mut ignored);
    let days = working_days(first, number, &off.holidays);
    let time =
        own("At what time of day?", "--time", Some("08:30".to_owned())).answer(app, given.time.as_deref(), time)?;
    let awareness = awareness(given, &days, app)?;
    let lists = lists(given, app)?;
    let dates = days.dates.clone();
    Ok((Answers { organisation, sender_name, sender_address, title, dates, time, awareness, lists }, days))
}

fn awareness(given: &Given, days: &WorkingDays, app: &mut App) -> anyhow::Result<Option<Awareness>> {
    let words = "Does it lead to an awareness day? Its name, or nothing";
    let name = Question { words, flag: "--awareness-day", default: Some(String::new()) }.answer(
        app,
        given.awareness_day.as_deref(),
        |text| Ok(text.to_owned()),
    )?;
    if name.is_empty() {
        return Ok(None);
    }
    let last = days.dates.last().map(ToString::to_string);
    let given = given.awareness_date.map(|date| date.to_string());
    let date =
        Question { words: "Its date", flag: "--awareness-date", default: last }.answer(app, given.as_deref(), date)?;
    Ok(Some(Awareness { name, date }))
}

/// The lists that are there are offered; where there is no file, they will be made.
fn lists(given: &Given, app: &mut App) -> anyhow::Result<Vec<String>> {
    let mut ignored = Findings::new();
    let there = if app.project.has(LISTS) { recipients::load(&app.project, &mut ignored) } else { Vec::new() };
    let names: Vec<String> = there.iter().map(|list| list.name.to_string()).collect();
    let words = match names.is_empty() {
        true => "Which lists get it? Names with commas between".to_owned(),
        false => format!("Which lists get it? There are {}", crate::model::list_of(&names)),
    };
    let default = names.first().cloned().unwrap_or_else(|| "front-line".to_owned());
    Question { words: &words, flag: "--lists", default: Some(default) }.answer(app, given.lists.as_deref(), |text| {
        let mut asked: Vec<String> =
            text.split(',').map(|name| name.trim().to_owned()).filter(|n| !n.is_empty()).collect();
        let mut seen = std::collections::BTreeSet::new();
        asked.retain(|name| seen.insert(name.clone()));
        match asked.iter().find(|name| !names.is_empty() && !names.contains(name)) {
            Some(unknown) => {
                Err(format!("there is no list \"{unknown}\"; there are {}", crate::model::list_of(&names)))
            }
            None if asked.is_empty() => Err("at least one list is needed".to_owned()),
            None => Ok(asked),
        }
    })
}

fn day_count(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| (1..=MOST_DAYS).contains(number))
        .ok_or_else(|| format!("\"{text}\" is no number of days: write 1 to {MOST_DAYS}"))
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| format!("\"{text}\" is no time of day: write it as 08:30"))
}

fn days_in_words(answers: &Answers, days: &WorkingDays) -> String {
    let list: String = answers.dates.iter().map(|date| format!("  {}\n", long_date(*date))).collect();
    let skipped = days.skipped.iter().map(|day| format!("passed over: {}, {}\n", long_date(day.date), day.name));
    format!(
        "\n{} at {}:\n{list}{}",
        count(answers.dates.len(), "day"),
        answers.time.format("%H:%M"),
        skipped.collect::<String>()
    )
}
