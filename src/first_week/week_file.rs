//! The text of a new week: every line that she will want, with a comment that says what it does.

use crate::first_week::answers::Answers;
use crate::model::long_date;

/// What stands before and after the days; `@NAME@` is filled in.
const WEEK: &str = include_str!("week.toml.txt");

/// The first day shows what a body can do. Each line that is to be replaced bears the mark, or it could go out as it is.
const FIRST_BODY: &str = "Write here: the text of this day. It is Markdown: an empty line begins a new paragraph.

## What to look for

1. Write here: a sign to look for. **Bold** is for what matters.
2. Write here: another one. A link is written as [its words](https://www.gov.uk/).

## What to do

- Write here: what helps. Points without an order begin with a dash.
";

/// The text of `broadcasts/NAME.toml`.
#[must_use]
pub fn week_file(name: &str, answers: &Answers) -> String {
    let lists: Vec<String> = answers.lists.iter().map(|list| quoted(list)).collect();
    let awareness = match &answers.awareness {
        Some(day) => format!("awareness_day = {{ name = {}, date = {} }}", quoted(&day.name), day.date),
        None => "# awareness_day = { name = \"…\", date = 2027-03-18 }   # if the week leads to one".to_owned(),
    };
    let organisation = if answers.sender_name == answers.organisation {
        "# organisation = \"…\"".to_owned()
    } else {
        format!("organisation = {}", quoted(&answers.organisation))
    };
    let text = [
        ("@NAME@", name.to_owned()),
        ("@TITLE@", quoted(&answers.title)),
        ("@MINUTE@", answers.time.format("%-M").to_string()),
        ("@HOUR@", answers.time.format("%-H").to_string()),
        ("@TIME@", answers.time.format("%H:%M").to_string()),
        ("@AWARENESS@", awareness),
        ("@LISTS@", lists.join(", ")),
        ("@SENDER@", quoted(&answers.sender_name)),
        ("@ORGANISATION@", organisation),
        ("@ADDRESS@", quoted(answers.sender_address.as_str())),
    ]
    .iter()
    .fold(WEEK.to_owned(), |text, (mark, value)| text.replace(mark, value));
    let days = answers.dates.iter().enumerate().map(|(index, date)| day(index, *date, answers.dates.len()));
    text + &days.collect::<String>()
}

fn day(index: usize, date: chrono::NaiveDate, of: usize) -> String {
    let (weekday, number) = (date.format("%A"), index + 1);
    let body = if index == 0 { FIRST_BODY } else { "Write here: the text of this day.\n" };
    let more = if index == 0 {
        "# links = [{ text = \"…\", url = \"https://…\", note = \"…\" }]
# attachments = [{ file = \"flow-chart.pdf\", title = \"…\" }]   # the file lies in the week's own folder
# lists = [\"…\"]                        # only these lists get this day
# at = \"12:00\"                         # this day at another time
"
    } else {
        ""
    };
    format!(
        "

# Day {number} of {of}: {}

[[broadcast]]
date = {date}
theme = \"Write here: the theme of {weekday} {}\"
summary = \"Write here: in one sentence, what the message of day {number} gives to its readers.\"
body = '''
{body}'''
{more}",
        long_date(date),
        date.format("%-d %B"),
    )
}

/// A string as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::FIRST_BODY;

    #[test]
    fn no_line_that_is_to_be_replaced_can_go_out_unseen() {
        let lines = FIRST_BODY.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.filter(|line| !line.contains("Write here:")).collect::<Vec<_>>(), [""; 0]);
    }
}
