//! The table against the law: Banking and Financial Dealings Act 1971, the yearly proclamations and common law holidays.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};

use super::{divisions, holidays};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Easter Sunday of the Gregorian calendar (Butcher's rule).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    day(year, month as u32, ((h + l - 7 * m + 33 * month + 19) % 32) as u32)
}

fn monday(year: i32, month: u32, last: bool) -> NaiveDate {
    let days = (1..=31).filter_map(|d| NaiveDate::from_ymd_opt(year, month, d));
    let mut mondays = days.filter(|d| d.weekday() == Weekday::Mon);
    if last { mondays.next_back().unwrap() } else { mondays.next().unwrap() }
}

/// Puts holidays that fall on a weekend on the next working days that are not holidays themselves.
fn substituted(fixed: &[(NaiveDate, &str)]) -> Vec<(NaiveDate, String)> {
    let weekend = |d: NaiveDate| d.weekday().number_from_monday() > 5;
    let mut taken: Vec<NaiveDate> = fixed.iter().map(|(d, _)| *d).filter(|d| !weekend(*d)).collect();
    fixed
        .iter()
        .map(|&(date, name)| {
            if !weekend(date) {
                return (date, name.to_owned());
            }
            let mut substitute = date;
            while weekend(substitute) || taken.contains(&substitute) {
                substitute += TimeDelta::days(1);
            }
            taken.push(substitute);
            (substitute, format!("{name} (substitute day)"))
        })
        .collect()
}

fn lawful(division: &str, year: i32) -> BTreeMap<NaiveDate, String> {
    let scotland = division == "scotland";
    let mut fixed = vec![(day(year, 1, 1), "New Year’s Day")];
    match division {
        "scotland" => fixed.extend([(day(year, 1, 2), "2nd January"), (day(year, 11, 30), "St Andrew’s Day")]),
        "northern-ireland" => fixed.extend([
            (day(year, 3, 17), "St Patrick’s Day"),
            (day(year, 7, 12), "Battle of the Boyne (Orangemen’s Day)"),
        ]),
        _ => {}
    }
    fixed.extend([(day(year, 12, 25), "Christmas Day"), (day(year, 12, 26), "Boxing Day")]);
    let mut days = substituted(&fixed);
    let mut add = |date, name: &str| days.push((date, name.to_owned()));
    add(easter(year) - TimeDelta::days(2), "Good Friday");
    if !scotland {
        add(easter(year) + TimeDelta::days(1), "Easter Monday");
    }
    add(monday(year, 5, false), "Early May bank holiday");
    add(monday(year, 5, true), "Spring bank holiday");
    add(monday(year, 8, !scotland), "Summer bank holiday");
    if scotland && year == 2026 {
        // Royal proclamation of 4 February 2026.
        add(day(2026, 6, 15), "World Cup bank holiday");
    }
    days.into_iter().collect()
}

#[test]
fn the_table_is_what_the_law_says_for_each_year_that_it_covers() {
    for division in divisions() {
        let (table, until) = holidays(division).unwrap();
        assert_eq!(until, day(2028, 12, 31));
        let expected: BTreeMap<_, _> = (2025..=until.year()).flat_map(|year| lawful(division, year)).collect();
        let found: BTreeMap<_, _> = table.iter().map(|h| (h.date, h.name.clone())).collect();
        assert_eq!(found, expected, "{division}");
        assert!(table.is_sorted_by_key(|holiday| holiday.date));
    }
    assert_eq!(holidays("wales"), None);
    assert_eq!(holidays("source"), None);
}

#[test]
fn easter_is_where_the_almanac_has_it() {
    for (year, month, date) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2038, 4, 25)]
    {
        assert_eq!(easter(year), day(year, month, date));
    }
}
