//! A week of five days at 08:30 with three hours of grace, looked at from many instants.

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::London;

use super::{DayClock, Progress, Step, step};
use crate::model::Held;

fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    London.with_ymd_and_hms(2027, 3, day, hour, minute, 0).unwrap().with_timezone(&Utc)
}

fn week() -> Vec<DayClock> {
    (15..=19)
        .map(|day| DayClock {
            due: at(day, 8, 30),
            late_after: at(day, 11, 30),
            window_ends: if day == 19 { at(23, 8, 30) } else { at(day + 1, 8, 30) },
            progress: Progress::NotBegun,
            asks: None,
        })
        .collect()
}

fn ended(begun: DateTime<Utc>) -> Progress {
    Progress::Ended { begun }
}

#[test]
fn before_its_time_a_day_is_waited_for() {
    let expected = Step { send: None, held: vec![], wake: Some(at(15, 8, 30)) };
    assert_eq!(step(&week(), at(14, 22, 0), London), expected);
}

#[test]
fn a_machine_that_slept_sends_within_grace_and_holds_beyond_it() {
    assert_eq!(step(&week(), at(15, 10, 30), London).send, Some(0));
    let late = step(&week(), at(15, 16, 0), London);
    assert_eq!(late, Step { send: None, held: vec![(0, Held::Late)], wake: Some(at(16, 8, 30)) });
    let next_morning = step(&week(), at(16, 8, 30), London);
    assert_eq!(next_morning, Step { send: Some(1), held: vec![(0, Held::Late)], wake: Some(at(17, 8, 30)) });
}

#[test]
fn a_clock_that_was_set_back_sends_nothing_twice() {
    let mut week = week();
    week[0].progress = ended(at(15, 8, 30));
    week[1].progress = ended(at(16, 8, 30));
    let step = step(&week, at(15, 8, 30), London);
    assert_eq!(step.send, None);
    assert_eq!(step.wake, Some(at(17, 8, 30)));
}

#[test]
fn two_days_never_go_out_on_one_date() {
    let mut week = week();
    for day in &mut week {
        day.late_after = day.due + TimeDelta::hours(48);
    }
    // Nothing was sent on Monday: on Tuesday the Tuesday goes out and the Monday is held.
    let tuesday = step(&week, at(16, 9, 0), London);
    assert_eq!((tuesday.send, tuesday.held), (Some(1), vec![(0, Held::SecondOfTheDay)]));
    // A person sent Monday late on Tuesday: the Tuesday is held.
    week[0].progress = ended(at(16, 8, 0));
    let tuesday = step(&week, at(16, 9, 0), London);
    assert_eq!((tuesday.send, tuesday.held), (None, vec![(1, Held::SecondOfTheDay)]));
}

#[test]
fn an_open_day_goes_on_when_its_deferral_ends_and_not_after_its_window() {
    let mut week = week();
    week[0].progress = Progress::Open { begun: at(15, 8, 30), next: at(15, 8, 36) };
    assert_eq!(step(&week, at(15, 8, 35), London).wake, Some(at(15, 8, 36)));
    assert_eq!(step(&week, at(15, 8, 36), London).send, Some(0));
    let after = step(&week, at(16, 8, 31), London);
    assert_eq!((after.send, after.held), (Some(1), vec![(0, Held::WindowOver)]));
}

#[test]
fn a_day_that_waits_for_a_word_is_held_and_the_others_go_on() {
    let mut week = week();
    week[0].asks = Some(Held::NotSignedOff);
    let monday = step(&week, at(15, 8, 30), London);
    assert_eq!(monday, Step { send: None, held: vec![(0, Held::NotSignedOff)], wake: Some(at(16, 8, 30)) });
    let tuesday = step(&week, at(16, 8, 30), London);
    assert_eq!((tuesday.send, tuesday.held), (Some(1), vec![(0, Held::Late)]));
    // One that has begun has been agreed to.
    week[0].progress = Progress::Open { begun: at(15, 8, 30), next: at(15, 8, 36) };
    assert_eq!(step(&week, at(15, 8, 36), London).send, Some(0));
}

#[test]
fn a_week_of_minutes_sends_every_day_once_and_in_order() {
    let mut week = week();
    let mut order = Vec::new();
    let mut now = at(14, 0, 0);
    while now < at(20, 0, 0) {
        if let Some(index) = step(&week, now, London).send {
            order.push((index, now));
            week[index].progress = ended(now);
        }
        now += TimeDelta::minutes(1);
    }
    let expected: Vec<_> = (0..5).map(|index| (index as usize, at(15 + index, 8, 30))).collect();
    assert_eq!(order, expected);
}

#[test]
fn a_day_that_has_begun_and_asks_is_held_and_not_gone_on_with() {
    let mut week = week();
    week[0].progress = Progress::Open { begun: at(15, 8, 30), next: at(15, 8, 31) };
    week[0].asks = Some(Held::OnlyInFolder);
    let open = step(&week, at(15, 9, 0), London);
    assert_eq!((open.send, open.held), (None, vec![(0, Held::OnlyInFolder)]));
    week[0].progress = ended(at(15, 8, 30));
    assert_eq!(step(&week, at(15, 9, 0), London).held, vec![(0, Held::OnlyInFolder)]);
}
