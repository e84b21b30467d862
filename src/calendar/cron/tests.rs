//! Expressions that officers and administrators write, and what is said about each.

use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::DailySchedule;
use crate::model::{Findings, Place, SourceFile, Text};

/// A text that stands in a file, so that places can be checked.
fn text(expression: &str) -> Text {
    let source = SourceFile::new("week.toml", format!("schedule = '{expression}'"));
    Text::new(expression.to_owned(), Place::new(&source, 11..13 + expression.len()), vec![(0, 12)])
}

/// `rule[the part that it points at]` of each finding.
fn faults(expression: &str) -> Vec<String> {
    let mut findings = Findings::new();
    let read = DailySchedule::read(&text(expression), &mut findings);
    assert_eq!(read.is_none(), !findings.is_empty(), "{expression}: a fault is said, and only a fault");
    let show = |finding: &crate::model::Finding| {
        format!("{}[{}]", finding.rule, &finding.place.source.text[finding.place.range.clone()])
    };
    findings.iter().map(show).collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn each_fault_points_at_its_field() {
    for (expression, expected) in [
        ("30 8 * * MON-FRI", &[][..]),
        ("0 30 8 * * MON-FRI", &[]),
        ("0 30 8 ? * Mon-Fri 2027", &[]),
        ("30  8\t* * monday,Thurs", &[]),
        ("30\u{a0}8 * * MON-FRI", &[]),
        ("30 8 * 1-6,SEP *", &[]),
        ("30 8 1-7/2 * ?", &[]),
        ("05 08 * * MON-FRI/2", &[]),
        ("0 9 * * 1", &["cron-weekday[1]"]),
        ("0 9 * * 1-5", &["cron-weekday[1-5]"]),
        ("0 9 * * MON,0", &["cron-weekday[MON,0]"]),
        ("0 9 * * FRI-MON", &["cron-range[FRI-MON]"]),
        ("0 9 * NOV-FEB *", &["cron-range[NOV-FEB]"]),
        ("0 22-6 * * *", &["cron-range[22-6]"]),
        ("0 9 13 * FRI", &["cron-both-days[13]"]),
        ("0 9 L * *", &["cron-extension[L]"]),
        ("0 9 15W * *", &["cron-extension[15W]"]),
        ("0 9 * * MON#1", &["cron-extension[MON#1]"]),
        ("0 9 * * FRIL", &["cron-extension[FRIL]"]),
        ("@midnight", &["cron-extension['@midnight']"]),
        ("@daily", &["cron-extension['@daily']"]),
        ("CRON_TZ=Europe/London 0 9 * * MON", &["cron-extension['CRON_TZ=Europe/London 0 9 * * MON']"]),
        ("******", &["cron-fields['******']"]),
        ("", &["cron-fields['']"]),
        ("08:30", &["cron-fields['08:30']"]),
        ("30 8 * *", &["cron-fields['30 8 * *']"]),
        ("0 30 8 * * MON 2027 x", &["cron-fields['0 30 8 * * MON 2027 x']"]),
        ("** 8 * * MON", &["cron-value[**]"]),
        (
            "60 24 0 13 MOM",
            &[
                "cron-value[60]",
                "cron-value[24]",
                "cron-value[0]",
                "cron-value[13]",
                "cron-value[MOM]",
                "cron-both-days[0]",
            ],
        ),
        ("0 9,,10 * * MON", &["cron-value[9,,10]"]),
        ("*/40 8 */40 * *", &["cron-value[*/40]"]),
        ("*/0 8 * * MON", &["cron-value[*/0]"]),
        ("0 8 * * */2", &["cron-value[*/2]"]),
        ("0 8 * JAN/2 *", &["cron-value[JAN/2]"]),
        ("0 8 * * MON–FRI", &["cron-value[MON–FRI]"]),
        ("30 8 * * MON-FRI 2027", &["cron-value[MON-FRI]", "cron-weekday[2027]"]),
        ("0 8 31 2 *", &["cron-never[31 2]"]),
        ("0 0 8 * * MON 1969", &["cron-value[1969]"]),
        ("* * * * *", &["cron-often[*]"]),
        ("0 9,14 * * MON", &["cron-often[9,14]"]),
        ("* 30 8 * * MON", &["cron-often[*]"]),
    ] {
        assert_eq!(faults(expression), expected, "{expression}");
    }
}

#[test]
fn remedies_can_be_typed_as_they_stand() {
    let help = |expression: &str| {
        let mut findings = Findings::new();
        DailySchedule::read(&text(expression), &mut findings);
        findings.iter().next().and_then(|finding| finding.help.clone()).unwrap()
    };
    for (expression, expected) in [
        ("0 9 * * 1-5", "write names: MON-FRI if you count from Monday, SUN-THU if you count from Sunday"),
        ("0 9 * * 5-7", "write names: FRI,SAT,SUN if you count from Monday, THU-SAT if you count from Sunday"),
        ("0 9 * * 0", "write names: SUN"),
        ("0 9 * * FRI-MON", "write FRI,SAT,SUN,MON"),
        ("0 22-6 * * *", "write 22-23,0-6"),
        ("0 9 * DEC-FEB *", "write DEC,JAN-FEB"),
        ("0 9 * * MNO", "did you mean MON?"),
        ("08:05", "for 08:05 on working days write \"5 8 * * MON-FRI\""),
        ("0 8 * * MON–FRI", "type the plain - of the keyboard"),
    ] {
        assert_eq!(help(expression), expected, "{expression}");
    }
}

#[test]
fn days_are_found_on_wall_time() {
    let next = |expression: &str, from: &str| {
        let daily = DailySchedule::read(&text(expression), &mut Findings::new()).unwrap();
        (daily.time.to_string(), daily.next_from(date(from)).map(|date| date.to_string()))
    };
    let at = |time: &str, date: &str| (time.to_owned(), Some(date.to_owned()));
    assert_eq!(next("30 8 * * MON-FRI", "2027-03-12"), at("08:30:00", "2027-03-12"));
    assert_eq!(next("30 8 * * MON-FRI", "2027-03-13"), at("08:30:00", "2027-03-15"));
    // The hour that is missing in London on this Sunday is on the schedule all the same.
    assert_eq!(next("30 1 * * SUN", "2027-03-27"), at("01:30:00", "2027-03-28"));
    assert_eq!(next("0 0 * * *", "2027-03-28"), at("00:00:00", "2027-03-28"));
    assert_eq!(next("0 8 29 2 *", "2027-01-01"), at("08:00:00", "2028-02-29"));
    assert_eq!(next("15 0 8 * * MON 2027", "2028-01-01"), ("08:00:15".to_owned(), None));
    assert_eq!(next("0 8 * * *", "0001-01-01"), at("08:00:00", "1970-01-01"));
}

proptest! {
    /// Whatever is typed: no panic, and each finding lies inside the literal.
    #[test]
    fn any_text_is_read_or_refused(expression in "[ -~]{0,24}|([*?0-9A-Z,/#-]{1,4} ){4,6}[*A-Z0-9,-]{1,8}") {
        if !expression.contains('\'') {
            let mut findings = Findings::new();
            let whole = text(&expression);
            let read = DailySchedule::read(&whole, &mut findings);
            prop_assert_eq!(read.is_some(), findings.is_empty());
            for finding in findings.iter() {
                prop_assert!(finding.place.range.start >= 11 && finding.place.range.end <= whole.place().range.end);
            }
        }
    }

    /// 2020 to 2040: the next date is the first that the fields allow, found by looking at every date.
    #[test]
    fn the_next_date_is_the_first_that_fits(
        offset in 0_i64..7_600, hour in 0_u32..24, first in 1_u32..=7, length in 0_u32..7, month in 1_u32..=12,
    ) {
        const NAMES: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
        let last = (first + length).min(7);
        let (a, b) = (NAMES[first as usize - 1], NAMES[last as usize - 1]);
        let from = date("2020-01-01") + chrono::TimeDelta::days(offset);
        let daily = DailySchedule::read(&text(&format!("30 {hour} * {month}-12 {a}-{b}")), &mut Findings::new()).unwrap();
        let fits = |d: &NaiveDate| d.month() >= month && (first..=last).contains(&d.weekday().number_from_sunday());
        let expected = from.iter_days().find(fits);
        prop_assert_eq!(daily.next_from(from), expected);
    }
}
