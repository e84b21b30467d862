//! A year of weeks, over every bank holiday and both clock changes, by `run` on a clock that jumps: a day off is refused until
//! a person drops it, every other day goes out once, at half past eight in London.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeZone as _, Utc, Weekday};
use weekcast::app::{Change, DayChange, Purpose, change_day, prepare};
use weekcast::calendar::holidays;
use weekcast::clock::Clock;
use weekcast::exit::Exit;
use weekcast::model::DayName;

use crate::support::simulation::{Dozing, app_at, run_week};
use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const PEOPLE: [&str; 2] = ["asha@board.example", "ben@board.example"];
/// The first Monday; the 53 weeks from it hold all of 2027.
const FIRST: &str = "2026-12-28";
const WEEKS: usize = 53;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Half past eight in London, by the Summer Time Act and not by the code: in 2027 from 28 March to 31 October.
fn half_past_eight(day: NaiveDate) -> DateTime<Utc> {
    let summer = (date("2027-03-28")..date("2027-10-31")).contains(&day);
    Utc.from_utc_datetime(&day.and_hms_opt(if summer { 7 } else { 8 }, 30, 0).unwrap())
}

/// Five days from a Monday on; the last has a date of its own, which must change nothing.
fn week_of(monday: NaiveDate) -> String {
    let day = |index: u64| {
        let on = monday + Days::new(index);
        let own = if index == 4 { format!("date = {on}\n") } else { String::new() };
        format!("[[broadcast]]\n{own}theme = \"Theme of {on}\"\nsummary = \"What {on} is for.\"\nbody = \"Words.\"\n")
    };
    let days: String = (0..5).map(day).collect();
    format!(
        "[week]\ntitle = \"Week\"\nschedule = \"30 8 * * MON-FRI\"\nstarts = {monday}\nlists = [\"team\"]\n\n{days}"
    )
}

/// What a person does about a day off.
fn decided(workspace: &Workspace, week: &str, clock: &Arc<Dozing>, off: NaiveDate) {
    let mut app = app_at(workspace, Arc::clone(clock) as Arc<dyn Clock>, week);
    let change = Change::Drop { reason: Some("bank holiday".to_owned()) };
    let asked = DayChange { day: &DayName::Date(off), change, dry_run: false };
    assert_eq!(change_day(&mut app, &asked).unwrap(), Exit::Done);
}

// A year takes its time; four quarters are done side by side.

#[test]
fn winter_goes_out_day_by_day_to_the_change_to_summer_time() {
    // New Year's Day, and Boxing Day of 2026, which falls on a Saturday; the change is behind the last of these weeks.
    a_quarter(0..13, 3);
}

#[test]
fn spring_goes_out_day_by_day_in_summer_time() {
    // Easter Monday and both of May.
    a_quarter(13..26, 3);
}

#[test]
fn summer_goes_out_day_by_day() {
    a_quarter(26..39, 1);
}

#[test]
fn autumn_goes_out_day_by_day_over_the_change_to_winter_time() {
    // Christmas Day and Boxing Day, which are moved to Monday and Tuesday.
    a_quarter(39..WEEKS, 2);
}

/// Plays these weeks, in which so many days are bank holidays: every day goes out once at its time, days off not at all.
fn a_quarter(weeks: Range<usize>, off_in_all: usize) {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::new()
        .recipients(&format!("[lists.team]\nmembers = [\"{}\", \"{}\"]\n", PEOPLE[0], PEOPLE[1]))
        .settings(&smtp_settings(server.port(), "connections = 1"));
    let (table, _) = holidays("england-and-wales").unwrap();
    let mut expected: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    let mut met = 0;
    for number in weeks.clone() {
        let monday = date(FIRST) + Days::new(7 * number as u64);
        let name = format!("week-{monday}");
        workspace = workspace.week(&name, &week_of(monday));
        let clock = Dozing::at(&(half_past_eight(monday) - Days::new(3)).to_rfc3339());
        let days: Vec<NaiveDate> = (0..5).map(|day| monday + Days::new(day)).collect();
        let off: Vec<NaiveDate> =
            days.iter().copied().filter(|day| table.iter().any(|holiday| holiday.date == *day)).collect();
        met += off.len();
        if !off.is_empty() {
            refused(&workspace, &name, &clock, &off);
            off.iter().for_each(|day| decided(&workspace, &name, &clock, *day));
        }
        let ran = run_week(&workspace, &name, &clock, false, &mut |_| ());
        assert_eq!(ran.exit, Ok(Exit::Done), "{name}");
        assert_eq!(ran.held(), vec![], "{name}");
        let wanted: Vec<(String, DateTime<Utc>)> =
            days.iter().filter(|day| !off.contains(day)).map(|day| (day.to_string(), half_past_eight(*day))).collect();
        assert_eq!(ran.sent(), wanted, "{name}");
        expected.extend(wanted);
    }
    assert_eq!((met, expected.len()), (off_in_all, weeks.len() * 5 - off_in_all));
    let mut copies: BTreeMap<(String, String), usize> = BTreeMap::new();
    for message in server.accepted() {
        let text = message.text();
        let subject = text.lines().find_map(|line| line.strip_prefix("Subject: Week: Theme of ")).unwrap().to_owned();
        *copies.entry((subject.trim().to_owned(), message.recipient.clone())).or_default() += 1;
    }
    let wanted = expected.keys().flat_map(|day| PEOPLE.map(|who| ((day.clone(), who.to_owned()), 1)));
    assert_eq!(copies, wanted.collect());
}

/// Nothing of a week with a day off is sent, and each such day is named.
fn refused(workspace: &Workspace, week: &str, clock: &Arc<Dozing>, off: &[NaiveDate]) {
    let ran = run_week(workspace, week, clock, false, &mut |_| ());
    assert!(ran.exit.is_err() && ran.events.is_empty(), "{week}: {ran:?}");
    let app = app_at(workspace, Arc::clone(clock) as Arc<dyn Clock>, week);
    let findings = prepare(&app, week, Purpose::Send).findings;
    let named = findings.iter().filter(|finding| finding.rule == "bank-holiday").count();
    assert_eq!((named, findings.len()), (off.len(), off.len()), "{week}: {findings:?}");
}

/// Both Sundays of the clock changes: a time that never comes, or comes twice, is refused; the others of the day are right.
#[test]
fn on_the_days_of_the_clock_changes_only_clear_times_go_out() {
    let server = SmtpServer::takes_all();
    for (day, time, due) in [
        ("2027-03-28", "00:59", Some("2027-03-28T00:59:00Z")),
        ("2027-03-28", "01:00", None),
        ("2027-03-28", "01:59", None),
        ("2027-03-28", "02:00", Some("2027-03-28T01:00:00Z")),
        ("2027-10-31", "00:59", Some("2027-10-30T23:59:00Z")),
        ("2027-10-31", "01:00", None),
        ("2027-10-31", "01:59", None),
        ("2027-10-31", "02:00", Some("2027-10-31T02:00:00Z")),
    ] {
        assert_eq!(date(day).weekday(), Weekday::Sun);
        let week = format!(
            "[week]\ntitle = \"Week\"\nschedule = \"0 9 * * SUN\"\nlists = [\"team\"]\n[[broadcast]]\ndate = {day}\nat = \
             \"{time}\"\ntheme = \"Theme\"\nsummary = \"What it is for.\"\nbody = \"Words.\"\n"
        );
        let workspace = Workspace::new()
            .week("change", &week)
            .recipients("[lists.team]\nmembers = [\"asha@board.example\"]\n")
            .settings(&smtp_settings(server.port(), "connections = 1"));
        let clock = Dozing::at(&format!("{}T12:00:00Z", date(day) - Days::new(1)));
        let ran = run_week(&workspace, "change", &clock, false, &mut |_| ());
        let sent: Vec<DateTime<Utc>> = ran.sent().into_iter().map(|(_, at)| at).collect();
        assert_eq!(sent, due.map(crate::support::simulation::instant).into_iter().collect::<Vec<_>>(), "{day} {time}");
        assert_eq!(ran.exit.is_ok(), due.is_some(), "{day} {time}");
    }
    assert_eq!(server.accepted().len(), 4);
}
