//! Next year's week from this one: its text with other dates. Only the dates are written anew, at their places, so that
//! every remark and every blank line stays.

use chrono::NaiveDate;

use crate::model::{Place, Week};

/// Where the days go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The new first day.
    pub starts: NaiveDate,
    /// The new dates of the broadcasts, in file order.
    pub dates: Vec<NaiveDate>,
    /// The new date of the awareness day.
    pub awareness: Option<NaiveDate>,
}

/// Why a week cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveFault {
    /// A date stands in a form that is not replaced by itself.
    #[error("the date in line {0} is written in a form that cannot be replaced by itself; write it as 2027-03-15")]
    Form(usize),
}

/// The week's text with the new dates.
///
/// # Errors
/// [`MoveFault`] where a date is not written as 2027-03-15.
pub fn moved(week: &Week, to: &Move) -> Result<String, MoveFault> {
    let mut edits: Vec<(&(NaiveDate, Place), NaiveDate)> = Vec::new();
    edits.extend(week.starts.as_ref().map(|old| (old, to.starts)));
    edits.extend(week.awareness_day.as_ref().zip(to.awareness).map(|(day, new)| (&day.date, new)));
    let days = week.broadcasts.iter().zip(&to.dates);
    edits.extend(days.filter_map(|(broadcast, new)| broadcast.date.as_ref().map(|old| (old, *new))));
    let mut text = week.source.text.clone();
    for ((old, place), new) in edits {
        // A date may stand in quotation marks. The new one has as many bytes, so that the other places stay true.
        let (old, new) = (old.to_string(), new.to_string());
        let written = text.get(place.range.clone()).and_then(|written| written.find(&old));
        let at = written.filter(|_| old.len() == new.len()).map(|at| place.range.start + at);
        let at = at.ok_or_else(|| MoveFault::Form(place.line_column().0))?;
        text.replace_range(at..at + old.len(), &new);
    }
    Ok(text)
}

/// The lines, from 1, that still name the year of one of these dates, or the date in words ("15 March").
#[must_use]
pub fn lines_with_dates(text: &str, dates: &[NaiveDate]) -> Vec<usize> {
    let forms = dates.iter().flat_map(|date| ["%Y", "%-d %B"].map(|form| date.format(form).to_string()));
    let forms: Vec<String> = forms.collect();
    let names = |line: &str| {
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let pairs = words.windows(2).map(|pair| pair.join(" "));
        words.iter().any(|word| forms.iter().any(|form| form == word))
            || pairs.into_iter().any(|two| forms.contains(&two))
    };
    text.lines().enumerate().filter(|(_, line)| names(line)).map(|(index, _)| index + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::{Move, lines_with_dates, moved};
    use crate::document::sample_week;

    #[test]
    fn only_the_dates_change() {
        let week = sample_week(
            "# a remark of 2027\n[week]\nstarts = 2027-03-12   # Friday\nawareness_day = { name = \"Day\", date = 2027-03-18 }\n\n\
             [[broadcast]]\ntheme = \"One\"\n[[broadcast]]\ntheme = \"Two\"\ndate=\"2027-03-18\"\n",
        );
        let date = |text: &str| text.parse().unwrap();
        let to = Move {
            starts: date("2028-03-10"),
            dates: vec![date("2028-03-10"), date("2028-03-16")],
            awareness: Some(date("2028-03-18")),
        };
        let text = moved(&week, &to).unwrap();
        assert_eq!(
            text,
            "# a remark of 2027\n[week]\nstarts = 2028-03-10   # Friday\nawareness_day = { name = \"Day\", date = 2028-03-18 }\n\n\
             [[broadcast]]\ntheme = \"One\"\n[[broadcast]]\ntheme = \"Two\"\ndate=\"2028-03-16\"\n"
        );
        assert_eq!(lines_with_dates(&text, &[date("2027-03-12")]), [1]);
        let words = "On Monday,\n115 March; 15 March.\nIn March 15 come.\nAt 15 Marches.\n";
        assert_eq!(lines_with_dates(words, &[date("2027-03-15")]), [2]);
    }
}
