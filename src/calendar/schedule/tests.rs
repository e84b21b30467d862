//! Weeks with and without dates, times and a schedule, and both clock changes.

use super::{dropped, schedule};
use crate::document::sample_week;
use crate::model::{Dropped, Findings, Week};

/// The days as `number:index date time`, and the findings as `line:column rule`.
fn scheduled(week: &Week) -> (Vec<String>, Vec<String>) {
    let mut findings = Findings::new();
    let days = schedule(week, &mut findings);
    let day = |day: &crate::model::Day| format!("{}:{} {}", day.number, day.index, day.at.format("%a %F %R %:z"));
    let finding = |finding: crate::model::Finding| {
        let (line, column) = finding.place.line_column();
        format!("{line}:{column} {}", finding.rule)
    };
    (days.iter().map(day).collect(), findings.sorted().into_iter().map(finding).collect())
}

#[track_caller]
fn check(toml: &str, days: &[&str], findings: &[&str]) {
    let (found_days, found) = scheduled(&sample_week(toml));
    assert_eq!(
        (found_days, found),
        (days.iter().map(|d| (*d).into()).collect(), findings.iter().map(|f| (*f).into()).collect())
    );
}

#[test]
fn the_shipped_week_skips_its_weekend_and_ends_on_the_pinned_day() {
    let head = "[week]\nschedule = \"30 8 * * MON-FRI\"\nstarts = 2027-03-12\n";
    check(
        &format!("{head}{}[[broadcast]]\ndate = 2027-03-18\n", "[[broadcast]]\n".repeat(4)),
        &[
            "1:0 Fri 2027-03-12 08:30 +00:00",
            "2:1 Mon 2027-03-15 08:30 +00:00",
            "3:2 Tue 2027-03-16 08:30 +00:00",
            "4:3 Wed 2027-03-17 08:30 +00:00",
            "5:4 Thu 2027-03-18 08:30 +00:00",
        ],
        &[],
    );
}

#[test]
fn a_day_without_a_date_comes_after_those_above_it() {
    check(
        "[week]\nschedule = \"0 9 * * *\"\nstarts = 2027-03-12\n[[broadcast]]\n[[broadcast]]\ndate = 2027-03-20\n[[broadcast]]\n",
        &["1:0 Fri 2027-03-12 09:00 +00:00", "2:1 Sat 2027-03-20 09:00 +00:00", "3:2 Sun 2027-03-21 09:00 +00:00"],
        &[],
    );
    // A date that goes back is said, and the next free date still comes after the latest.
    check(
        "[week]\nschedule = \"0 9 * * *\"\n[[broadcast]]\ndate = 2027-03-16\n[[broadcast]]\ndate = 2027-03-15\nat = \"07:00\"\n[[broadcast]]\n",
        &["1:1 Mon 2027-03-15 07:00 +00:00", "2:0 Tue 2027-03-16 09:00 +00:00", "3:2 Wed 2027-03-17 09:00 +00:00"],
        &["6:8 day-order"],
    );
}

#[test]
fn explicit_times_win_and_need_no_schedule() {
    check(
        "[week]\nschedule = \"0 9 * * MON-FRI\"\n[[broadcast]]\ndate = 2027-06-12\nat = 10:15:00\n[[broadcast]]\ndate = 2027-06-14\n",
        &["1:0 Sat 2027-06-12 10:15 +01:00", "2:1 Mon 2027-06-14 09:00 +01:00"],
        &[],
    );
    check("[week]\n[[broadcast]]\ndate = 2027-06-14\nat = \"10:15\"\n", &["1:0 Mon 2027-06-14 10:15 +01:00"], &[]);
    // Two broadcasts on one date both come back, by time; the lint rule says what is wrong with them.
    check(
        "[week]\n[[broadcast]]\ndate = 2027-06-14\nat = \"10:15\"\n[[broadcast]]\ndate = 2027-06-14\nat = \"09:15\"\n",
        &["1:1 Mon 2027-06-14 09:15 +01:00", "2:0 Mon 2027-06-14 10:15 +01:00"],
        &[],
    );
}

#[test]
fn what_lacks_a_date_or_a_time_is_left_out_and_said() {
    check(
        "[week]\nstarts = 2027-03-12\n[[broadcast]]\nat = \"08:00\"\n[[broadcast]]\nat = \"08:00\"\n[[broadcast]]\n",
        &["1:0 Fri 2027-03-12 08:00 +00:00", "2:1 Mon 2027-03-15 08:00 +00:00"],
        &["7:1 no-time"],
    );
    check(
        "[week]\n[[broadcast]]\n[[broadcast]]\ndate = 2027-03-15\n",
        &[],
        &["2:1 no-date", "2:1 no-time", "3:1 no-time"],
    );
    check("[week]\nschedule = \"0 9 * * *\"\n[[broadcast]]\n", &[], &["3:1 no-date"]);
}

#[test]
fn a_faulty_schedule_is_said_once_and_explicit_days_still_come() {
    check(
        "[week]\nschedule = \"0 9 * * 1-5\"\nstarts = 2027-03-12\n[[broadcast]]\n[[broadcast]]\ndate = 2027-03-15\n\
         [[broadcast]]\ndate = 2027-03-16\nat = \"08:00\"\n",
        &["1:2 Tue 2027-03-16 08:00 +00:00"],
        &["2:21 cron-weekday"],
    );
    check("[week]\nschedule = \"0 0 9 * * MON 2026\"\nstarts = 2027-03-12\n[[broadcast]]\n", &[], &["2:12 cron-never"]);
    check(
        "[week]\nschedule = \"0 9 * * MON-FRI\"\nstarts = 2027-03-13\n[[broadcast]]\n[[broadcast]]\n",
        &["1:0 Mon 2027-03-15 09:00 +00:00", "2:1 Tue 2027-03-16 09:00 +00:00"],
        &["3:10 starts-skipped"],
    );
}

#[test]
fn clock_changes_are_errors_at_the_place_that_sets_the_time() {
    // Spring forward in London, with the time on the day itself and then in the schedule.
    check("[week]\n[[broadcast]]\ndate = 2027-03-28\nat = \"01:30\"\n", &[], &["4:6 time-missing"]);
    check(
        "[week]\nschedule = \"30 1 * * *\"\nstarts = 2027-03-27\n[[broadcast]]\n[[broadcast]]\n[[broadcast]]\n",
        &["1:0 Sat 2027-03-27 01:30 +00:00", "2:2 Mon 2027-03-29 01:30 +01:00"],
        &["2:13 time-missing"],
    );
    check("[week]\n[[broadcast]]\ndate = 2027-10-31\nat = \"01:00\"\n", &[], &["4:6 time-ambiguous"]);
    check("[week]\n[[broadcast]]\ndate = 2027-10-31\nat = \"02:00\"\n", &["1:0 Sun 2027-10-31 02:00 +00:00"], &[]);
    // The same wall time is fine in a zone that has no such change.
    check(
        "[week]\ntimezone = \"Asia/Kolkata\"\n[[broadcast]]\ndate = 2027-03-28\nat = \"01:30\"\n",
        &["1:0 Sun 2027-03-28 01:30 +05:30"],
        &[],
    );
}

#[test]
fn the_remedy_is_the_first_good_time() {
    let help = |date: &str, zone: &str, at: &str| {
        let mut findings = Findings::new();
        let week =
            sample_week(&format!("[week]\ntimezone = \"{zone}\"\n[[broadcast]]\ndate = {date}\nat = \"{at}\"\n"));
        assert!(schedule(&week, &mut findings).is_empty());
        findings.into_iter().next().and_then(|finding| finding.help).unwrap()
    };
    assert_eq!(help("2027-03-28", "Europe/London", "01:30"), "give the day at = \"02:00\" or a later time");
    assert_eq!(help("2027-10-31", "Europe/London", "01:59:30"), "give the day at = \"02:00\" or a later time");
    assert_eq!(help("2011-12-30", "Pacific/Apia", "08:30"), "give the day the date 2011-12-31");
}

#[test]
fn far_dates_do_no_harm() {
    for date in ["0001-01-01", "9999-12-31"] {
        let toml =
            format!("[week]\nschedule = \"0 9 * * *\"\nstarts = {date}\n[[broadcast]]\n[[broadcast]]\ndate = {date}\n");
        let mut findings = Findings::new();
        assert!(schedule(&sample_week(&toml), &mut findings).len() <= 2);
    }
}

#[test]
fn a_dropped_day_keeps_its_date_and_is_not_numbered() {
    let mut week = sample_week(
        "[week]\nschedule = \"30 8 * * *\"\nstarts = 2027-03-15\n[[broadcast]]\n[[broadcast]]\n[[broadcast]]\n",
    );
    week.broadcasts[1].dropped = Some(Dropped { reason: None, place: week.broadcasts[1].place.clone() });
    let (days, findings) = scheduled(&week);
    assert_eq!(days, ["1:0 Mon 2027-03-15 08:30 +00:00", "2:2 Wed 2027-03-17 08:30 +00:00"]);
    assert!(findings.is_empty());
    let out = dropped(&week);
    assert_eq!((out.len(), out[0].index, out[0].number, out[0].date.to_string()), (1, 1, 0, "2027-03-16".to_owned()));
    // What cannot be said of its date does no harm either.
    week.starts = None;
    week.broadcasts.remove(0);
    assert_eq!(scheduled(&week).1, ["6:1 no-date"]);
    assert!(dropped(&week).is_empty());
}
