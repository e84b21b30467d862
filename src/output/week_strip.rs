//! A week as a calendar for the terminal: a row for each calendar week that holds a day, a column for each weekday. The
//! colours say nothing that the words do not.

use anstyle::{AnsiColor, Style};
use chrono::{Datelike as _, Days, NaiveDate};

use crate::output::plain::plain;

/// Columns of the terminal that the calendar takes.
const WIDTH: usize = 80;

/// The longest theme, in lines of its cell.
const THEME_LINES: usize = 3;

/// How a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It will go out.
    Planned,
    /// Nobody is left to get it.
    Done,
    /// It was taken out of the week.
    Dropped,
}

/// A broadcast in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripDay {
    /// Its date.
    pub date: NaiveDate,
    /// Its time of day.
    pub at: String,
    /// What it is about.
    pub theme: String,
    /// How many get it, in words.
    pub people: String,
    /// How it stands.
    pub standing: Standing,
}

/// A word at a date: an awareness day, or a day off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripMark {
    /// Its date.
    pub date: NaiveDate,
    /// The words.
    pub words: String,
    /// Whether nobody is at work.
    pub off: bool,
}

/// The calendar, ending with a line end; empty where there is no day.
#[must_use]
pub fn week_strip(days: &[StripDay], marks: &[StripMark]) -> String {
    let offset = |date: NaiveDate| u64::from(date.weekday().num_days_from_monday());
    let awareness = marks.iter().filter(|mark| !mark.off).map(|mark| mark.date);
    let shown: Vec<NaiveDate> = days.iter().map(|day| day.date).chain(awareness).collect();
    let columns = if shown.iter().all(|date| offset(*date) < 5) { 5 } else { 7 };
    let mut mondays: Vec<NaiveDate> =
        shown.iter().filter_map(|date| date.checked_sub_days(Days::new(offset(*date)))).collect();
    mondays.sort();
    mondays.dedup();
    let rows = mondays.iter().map(|monday| {
        let dates = (0..columns).filter_map(|column| monday.checked_add_days(Days::new(column)));
        let width = WIDTH / columns as usize;
        row(&dates.map(|date| cell(date, (days, marks), width - 2)).collect::<Vec<_>>(), width)
    });
    rows.collect::<Vec<_>>().join("\n")
}

type Cell = Vec<(String, Style)>;

fn cell(date: NaiveDate, (days, marks): (&[StripDay], &[StripMark]), width: usize) -> Cell {
    let dim = Style::new().dimmed();
    let own: Vec<&StripDay> = days.iter().filter(|day| day.date == date).collect();
    let head = if own.is_empty() { dim } else { Style::new().bold() };
    let mut lines = vec![(date.format("%a %-d %b").to_string(), head)];
    for day in own {
        let style = match day.standing {
            Standing::Planned => Style::new(),
            Standing::Done => AnsiColor::Green.on_default(),
            Standing::Dropped => dim,
        };
        let people = match day.standing {
            Standing::Planned => day.people.clone(),
            Standing::Done => "done".to_owned(),
            Standing::Dropped => "dropped".to_owned(),
        };
        lines.push((day.at.clone(), style));
        lines.extend(wrapped(&plain(&day.theme), width).into_iter().map(|line| (line, style)));
        lines.push((people, style));
    }
    for mark in marks.iter().filter(|mark| mark.date == date) {
        let style = if mark.off { dim } else { AnsiColor::Cyan.on_default() };
        lines.extend(wrapped(&format!("* {}", plain(&mark.words)), width).into_iter().map(|line| (line, style)));
    }
    lines
}

/// At most [`THEME_LINES`] lines; a word that is too long is cut, and so is what is left over.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let cut = |word: &str| -> String {
        let long = word.chars().count() > width;
        if long { word.chars().take(width - 1).chain(['…']).collect() } else { word.to_owned() }
    };
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word)),
        }
    }
    if lines.len() > THEME_LINES {
        lines.truncate(THEME_LINES);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last}…"));
        }
    }
    lines
}

fn row(cells: &[Cell], width: usize) -> String {
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::new();
    for index in 0..height {
        // Spaces come with the next words, so that no line ends in some.
        let mut gap = 0;
        for cell in cells {
            let Some((words, style)) = cell.get(index) else {
                gap += width;
                continue;
            };
            out.push_str(&" ".repeat(gap));
            out.push_str(&format!("{style}{words}{style:#}"));
            gap = width.saturating_sub(words.chars().count());
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Standing, StripDay, StripMark, week_strip};

    fn day(date: &str, theme: &str, standing: Standing) -> StripDay {
        let (at, people) = ("08:30".to_owned(), "6 people".to_owned());
        StripDay { date: date.parse().unwrap(), at, theme: theme.into(), people, standing }
    }

    fn shown(days: &[StripDay], marks: &[StripMark]) -> String {
        anstream::adapter::strip_str(&week_strip(days, marks)).to_string()
    }

    #[test]
    fn days_marks_and_days_off_stand_in_their_columns() {
        let days = [
            day("2027-03-12", "Spotting the signs", Standing::Done),
            day("2027-03-15", "Training, guidance and everything else that a long theme may hold", Standing::Planned),
        ];
        let mark = |date: &str, words: &str, off| StripMark { date: date.parse().unwrap(), words: words.into(), off };
        let marks = [mark("2027-03-18", "Awareness Day", false), mark("2027-03-16", "Feast", true)];
        let expected = "\
Mon 8 Mar       Tue 9 Mar       Wed 10 Mar      Thu 11 Mar      Fri 12 Mar
                                                                08:30
                                                                Spotting the
                                                                signs
                                                                done

Mon 15 Mar      Tue 16 Mar      Wed 17 Mar      Thu 18 Mar      Fri 19 Mar
08:30           * Feast                         * Awareness
Training,                                       Day
guidance and
everything
6 people
";
        assert_eq!(shown(&days, &marks).replace("everything…", "everything"), expected);
        assert!(shown(&days, &marks).contains("everything…"));
    }

    #[test]
    fn a_weekend_is_shown_where_something_is_on_it() {
        let text = shown(&[day("2027-03-13", "Antidisestablishmentarianism", Standing::Planned)], &[]);
        assert!(
            text.starts_with("Mon 8 Mar  Tue 9 Mar  Wed 10 Mar Thu 11 Mar Fri 12 Mar Sat 13 Mar Sun 14 Mar\n"),
            "{text}"
        );
        assert!(text.contains("Antidise…\n"), "{text}");
        assert_eq!(shown(&[], &[]), "");
    }

    #[test]
    fn colours_are_there_for_who_sees_them() {
        assert!(week_strip(&[day("2027-03-12", "x", Standing::Done)], &[]).contains("\u{1b}[32m"));
    }
}
