//! The chart of times: for each sending when it was to begin, and from when to when it ran, on one clock for all days.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::report::moments::{against_plan, clock};
use crate::report::pack::{BoardPack, PackDay, PackEdition};

/// Minutes between two marks of the clock; the first that needs at most [`MOST_MARKS`] of them is taken.
const STEPS: [i64; 5] = [30, 60, 120, 180, 240];
const MOST_MARKS: i64 = 6;
const DAY: i64 = 24 * 60;
/// Thousandths of the width; a sending of one minute must be seen.
const NARROWEST: i64 = 8;

/// The chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::report) struct TimelineChart {
    /// The clock below it.
    marks: Vec<Mark>,
    tracks: Vec<Track>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Mark {
    x: String,
    time: String,
    anchor: &'static str,
}

/// One sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Track {
    name: String,
    /// The same in words.
    words: String,
    /// Where it was to begin; nothing for a later edition, which nobody planned.
    planned: Option<String>,
    /// Where it began and how wide it is; nothing before it began.
    ran: Option<Ran>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Ran {
    x: String,
    width: String,
}

/// A sending in minutes since the midnight before the day was planned, within that day.
struct Times {
    planned: Option<i64>,
    ran: Option<(i64, i64)>,
}

/// The chart of a week; nothing for one without days.
#[must_use]
pub(in crate::report) fn timeline_chart(pack: &BoardPack) -> Option<TimelineChart> {
    let mut all: Vec<(String, String, Times)> = Vec::new();
    for day in &pack.days {
        if day.editions.is_empty() {
            let words = format!("planned {}, not begun", day.planned_at.format("%H:%M"));
            all.push((day.short_date(), words, Times { planned: Some(minutes(day, day.planned_at)), ran: None }));
        }
        all.extend(day.editions.iter().enumerate().map(|(index, edition)| sending(day, index, edition)));
    }
    let seen = || all.iter().flat_map(|(.., times)| times.all());
    let (first, last) = (seen().min()?, seen().max()?);
    let step = *STEPS.iter().find(|step| (last - first) / **step < MOST_MARKS - 1).unwrap_or(&STEPS[STEPS.len() - 1]);
    let from = first / step * step;
    let to = ((last + step) / step * step).min(DAY).max(from + step);
    let place = |minute: i64| (minute - from) * 1000 / (to - from);
    let tracks = all.into_iter().map(|(name, words, times)| {
        let ran = times.ran.map(|(began, ended)| {
            let wide = (place(ended) - place(began)).max(NARROWEST);
            Ran { x: percent(place(began).min(1000 - wide)), width: percent(wide) }
        });
        Track { name, words, planned: times.planned.map(|minute| percent(place(minute))), ran }
    });
    Some(TimelineChart { tracks: tracks.collect(), marks: marks(from, to, step, &place) })
}

impl Times {
    fn all(&self) -> impl Iterator<Item = i64> + use<> {
        self.planned.into_iter().chain(self.ran.into_iter().flat_map(|(began, ended)| [began, ended]))
    }
}

fn sending(day: &PackDay, index: usize, edition: &PackEdition) -> (String, String, Times) {
    let begun = edition.record.begun_at;
    let local = |at: DateTime<Utc>| at.with_timezone(&day.planned_at.timezone());
    let began = clock(begun, day.planned_at);
    let ended =
        edition.ended_at.map_or_else(|| "not ended".to_owned(), |at| format!("ended {}", clock(at, day.planned_at)));
    let end = edition.ended_at.unwrap_or(begun);
    let ran = Some((minutes(day, local(begun)), minutes(day, local(end))));
    if index > 0 {
        let name = format!("{}, edition {}", day.short_date(), edition.record.edition);
        return (name, format!("not planned, began {began}, {ended}"), Times { planned: None, ran });
    }
    let planned = day.planned_at.format("%H:%M");
    let words = format!("planned {planned}, began {began} ({}), {ended}", against_plan(day.planned_at, begun));
    (day.short_date(), words, Times { planned: Some(minutes(day, day.planned_at)), ran })
}

/// By the clock on the wall, from the midnight before the day; what is on another date stands at the edge.
fn minutes(day: &PackDay, at: DateTime<Tz>) -> i64 {
    let midnight = NaiveDateTime::new(day.planned_at.date_naive(), NaiveTime::MIN);
    (at.naive_local() - midnight).num_minutes().clamp(0, DAY)
}

fn marks(from: i64, to: i64, step: i64, place: &dyn Fn(i64) -> i64) -> Vec<Mark> {
    let count = (to - from) / step;
    let mark = |index: i64| {
        let minute = from + index * step;
        let anchor = match index {
            0 => "start",
            index if index == count => "end",
            _ => "middle",
        };
        let time = match minute {
            DAY => "24:00".to_owned(),
            minute => (NaiveTime::MIN + TimeDelta::minutes(minute)).format("%H:%M").to_string(),
        };
        Mark { x: percent(place(minute)), time, anchor }
    };
    (0..=count).map(mark).collect()
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{Ran, timeline_chart};
    use crate::report::sample::pack;

    #[test]
    fn every_sending_has_a_track_between_the_marks() {
        let chart = timeline_chart(&pack()).unwrap();
        let times: Vec<&str> = chart.marks.iter().map(|mark| mark.time.as_str()).collect();
        assert_eq!(times, ["08:00", "09:00", "10:00", "11:00", "12:00"]);
        let [friday, monday, again, .., thursday] = chart.tracks.as_slice() else { panic!("{:?}", chart.tracks) };
        assert_eq!(friday.planned.as_deref(), Some("12.5%"));
        assert_eq!(friday.ran, Some(Ran { x: "12.5%".to_owned(), width: "3.7%".to_owned() }));
        assert_eq!(monday.words, "planned 08:30, began 08:31 (1 minute late), ended 08:40");
        assert_eq!((again.planned.as_deref(), again.words.as_str()), (None, "not planned, began 11:40, ended 11:49"));
        assert_eq!((thursday.ran.as_ref(), thursday.words.as_str()), (None, "planned 08:30, not begun"));
    }

    #[test]
    fn whatever_the_times_nothing_leaves_the_picture() {
        for late in [-100_000, -500, -31, 0, 1, 29, 240, 929, 930, 1_500, 100_000] {
            let mut pack = pack();
            let edition = &mut pack.days[0].editions[0];
            edition.record.begun_at += TimeDelta::minutes(late);
            edition.ended_at = edition.ended_at.map(|at| at + TimeDelta::minutes(late));
            let chart = timeline_chart(&pack).unwrap();
            assert!((2..=7).contains(&chart.marks.len()), "{late}: {:?}", chart.marks);
            let number = |text: &str| text.trim_end_matches('%').parse::<f64>().unwrap();
            for track in &chart.tracks {
                let (x, width) = track.ran.as_ref().map_or((0.0, 0.0), |ran| (number(&ran.x), number(&ran.width)));
                assert!(x >= 0.0 && x + width <= 100.01, "{late}: {track:?}");
                assert!(
                    track.planned.as_deref().is_none_or(|x| (0.0..=100.0).contains(&number(x))),
                    "{late}: {track:?}"
                );
            }
            assert!(number(&chart.marks[chart.marks.len() - 1].x) <= 100.0);
        }
        let mut none = pack();
        none.days.clear();
        assert_eq!(timeline_chart(&none), None);
    }
}
