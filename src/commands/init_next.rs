//! `init --from WEEK`: next year's week from this one, its texts on other dates in a file of its own.

use anyhow::Context as _;
use chrono::{Datelike as _, Days, NaiveDate};
use serde::Serialize;

use crate::app::{App, Fault, Format, Prepared, Purpose, Question, prepare, prepared_dates};
use crate::calendar::{dropped, moved_days, schedule};
use crate::commands::init_given::{Given, date, file_name, line};
use crate::definition;
use crate::exit::Exit;
use crate::first_week::{Move, copy_folder, lines_with_dates, moved, next_name, write_new};
use crate::model::{Findings, Severity, Week, count, list_of, long_date};
use crate::output::{findings_as_text, plain};

/// A year in whole weeks: the same day of the week.
const YEAR: Days = Days::new(364);

/// `init --from WEEK --format json`.
#[derive(Default, Serialize)]
struct NextWeek<'a> {
    week: &'a str,
    file: &'a str,
    from: &'a str,
    /// How many files of the old week came along.
    copied: usize,
    days: Vec<NewDay<'a>>,
    awareness_day: Option<NewDay<'a>>,
    /// How many days and `[[allow]]` came along, to be looked at again.
    dropped: usize,
    allowed: usize,
    lines_with_old_dates: Vec<usize>,
}

#[derive(Serialize)]
struct NewDay<'a> {
    date: String,
    name: &'a str,
}

/// Asks for the first day, moves and writes.
pub(crate) fn run(from: &str, given: &Given, app: &mut App) -> anyhow::Result<Exit> {
    let new_name = app.week.as_deref().map(file_name).transpose()?;
    app.week = Some(from.to_owned());
    let old_name = app.week_name()?;
    let (week, dates) = old_week(app, &old_name)?;
    let begin = dates.iter().min().copied().unwrap_or_default();
    let same_day = begin.checked_add_days(YEAR).map(|date| date.to_string());
    let default = same_day.filter(|_| app.streams.interactive);
    let words = format!("{old_name} began on {}. The new first day", long_date(begin));
    let first =
        Question { words: &words, flag: "--first-day", default }.answer(app, given.first_day.as_deref(), date)?;
    let awareness = week.awareness_day.as_ref().map(|day| {
        let years = first.year() - begin.year();
        given.awareness_date.or_else(|| day.date.0.with_year(day.date.0.year() + years)).unwrap_or(day.date.0)
    });
    let to = Move { starts: first, dates: moved_days(&dates, first), awareness };
    let text = moved(&week, &to).map_err(|fault| Fault::new(Exit::Data, fault.to_string()))?;
    let name = new_name.unwrap_or_else(|| next_name(&old_name, first.year()));
    let path = format!("broadcasts/{name}.toml");
    let text = retitled(&text, &week, given)?;
    let target = app.project.join(&path);
    if app.project.has(&path) || app.project.join(&format!("broadcasts/{name}")).exists() {
        let fault = Fault::new(Exit::Io, format!("\"{path}\", or its folder, is there already and was left as it is"));
        return Err(fault.help("give the new week another name with --week NAME").into());
    }
    let copied = copy_folder(&app.project.join(&week.folder), &app.project.join(&format!("broadcasts/{name}")))
        .with_context(|| format!("the files of {old_name} cannot be copied"))?;
    write_new(&target, &text).with_context(|| format!("{} cannot be written", target.display()))?;
    let prepared = prepare(app, &name, Purpose::Look);
    app.streams.err(&findings_as_text(&prepared_dates(&prepared)));
    let lines = lines_with_dates(&text, &old_dates(&week, &dates));
    match app.format {
        Format::Text => {
            let said = told(&week, &prepared, (&path, copied)) + &left_over(&lines);
            app.streams.out(&format!("{said}\nNext: read it through, then: weekcast check --week {name}\n"))?;
        }
        Format::Json => {
            let new = as_json(&week, &prepared, (&name, &path));
            app.streams.json(&NextWeek { from: &old_name, copied, lines_with_old_dates: lines, ..new })?;
        }
    }
    Ok(Exit::Done)
}

/// The week and the dates of its broadcasts, in file order; it must be sound enough to be moved.
fn old_week(app: &mut App, name: &str) -> anyhow::Result<(Week, Vec<NaiveDate>)> {
    let mut findings = Findings::new();
    let week = definition::load(&app.project, name, &mut findings);
    let mut days = week.as_ref().map(|week| schedule(week, &mut findings)).unwrap_or_default();
    days.extend(week.as_ref().map(dropped).unwrap_or_default());
    let errors: Vec<_> = findings.sorted().into_iter().filter(|one| one.severity == Severity::Error).collect();
    match week {
        Some(week) if errors.is_empty() && days.len() == week.broadcasts.len() => {
            let mut dates = vec![NaiveDate::MIN; days.len()];
            days.iter().for_each(|day| dates[day.index] = day.date);
            Ok((week, dates))
        }
        _ => {
            app.streams.err(&findings_as_text(&errors));
            Err(Fault::new(Exit::Data, format!("{name} has errors, so no week is made from it"))
                .help("mend them first")
                .into())
        }
    }
}

/// The text with `--title`, where one is given.
fn retitled(text: &str, week: &Week, given: &Given) -> anyhow::Result<String> {
    let Some(title) = &given.title else { return Ok(text.to_owned()) };
    let title = line(title.trim()).map_err(|fault| Fault::new(Exit::Usage, format!("--title: {fault}")))?;
    let place = week.title.place();
    // Dates keep their length, so that the title's place is what it was.
    let mut text = text.to_owned();
    if text.get(place.range.clone()).is_some() {
        text.replace_range(place.range.clone(), &toml::Value::String(title).to_string());
    }
    Ok(text)
}

fn told(week: &Week, prepared: &Prepared, (path, copied): (&str, usize)) -> String {
    let mut out = format!("{} written", plain(path));
    if copied > 0 {
        out.push_str(&format!(", with {} of the old week", count(copied, "file")));
    }
    out.push_str("\n\n");
    if let Some(new) = &prepared.week {
        for day in &new.days {
            out.push_str(&format!("  {}: {}\n", long_date(day.day.date), plain(new.theme(&day.day))));
        }
        if let Some(day) = &new.week.awareness_day {
            let name = plain(day.name.value());
            out.push_str(&format!(
                "\n{name} was moved to {}: look up whether it is on that day\n",
                long_date(day.date.0)
            ));
        }
    }
    if let Some(out_of_it) = prepared.week.as_ref().map(|new| new.dropped.len()).filter(|dropped| *dropped > 0) {
        let days = count(out_of_it, "day");
        out.push_str(&format!("{days} dropped from the old week stayed dropped: look whether `dropped` still holds\n"));
    }
    if week.sign_off > 0 {
        out.push_str("Nobody has signed these days off yet: sign-offs are not carried over\n");
    }
    if !week.allow.is_empty() {
        out.push_str(&format!(
            "{} came along: look whether the reasons still hold\n",
            count(week.allow.len(), "[[allow]]")
        ));
    }
    out
}

fn as_json<'a>(week: &Week, prepared: &'a Prepared, (name, file): (&'a str, &'a str)) -> NextWeek<'a> {
    let new = prepared.week.as_ref();
    let awareness = new.and_then(|new| new.week.awareness_day.as_ref());
    let days = new.iter().flat_map(|new| new.days.iter().map(|day| (day.day.date, new.theme(&day.day))));
    NextWeek {
        week: name,
        file,
        days: days.map(|(date, name)| NewDay { date: date.to_string(), name }).collect(),
        awareness_day: awareness.map(|day| NewDay { date: day.date.0.to_string(), name: day.name.value() }),
        dropped: new.map_or(0, |new| new.dropped.len()),
        allowed: week.allow.len(),
        ..NextWeek::default()
    }
}

/// Every date that the old week knew.
fn old_dates(week: &Week, days: &[NaiveDate]) -> Vec<NaiveDate> {
    days.iter().copied().chain(week.awareness_day.as_ref().map(|day| day.date.0)).collect()
}

/// The lines that still speak of old dates.
fn left_over(lines: &[usize]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!("Look for old dates: {word} {} may still speak of them\n", list_of(&numbers))
}
