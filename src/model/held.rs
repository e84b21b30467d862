//! Why a day is not sent although its time has come, and what a person can do about it: the same words wherever it is said.

use serde::Serialize;

/// Why a day is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It is later than the week's grace allows.
    Late,
    /// Another day's broadcast went out on this date.
    SecondOfTheDay,
    /// It was begun, but its window is over.
    WindowOver,
    /// Nobody has signed it off.
    NotSignedOff,
    /// Its lists changed much since it was signed off.
    ListsChanged,
    /// The mail server's daily limit does not let it through in one day.
    OverDays,
    /// It was written to the folder that takes the place of a mail server, before there was one.
    OnlyInFolder,
    /// Words that `init` left to be replaced still stand in its message.
    StillToWrite,
}

impl Held {
    /// The reason for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Late => "its time is over by more than the week's grace",
            Self::SecondOfTheDay => "another broadcast of the week goes out today, and two in one morning are too many",
            Self::NotSignedOff => "it is not signed off as it is now",
            Self::ListsChanged => "its lists changed much since it was signed off",
            Self::OverDays => "the mail server's daily limit does not let it through in one day",
            Self::StillToWrite => "words that init left to be replaced, \"Write here:\", still stand in its message",
            Self::OnlyInFolder => {
                "it was only written to a folder, before the settings named a mail server, and reached nobody"
            }
            Self::WindowOver => "it was begun but not finished, and its time is over",
        }
    }

    /// What a person can choose from: the command, and what it does. `day` is how the day is named on the command line.
    #[must_use]
    pub fn choices(self, day: &str) -> Vec<(String, &'static str)> {
        let sign = |what| vec![(format!("weekcast preview {day}"), what), sign_off(day)];
        let first = match self {
            Self::Late | Self::SecondOfTheDay => vec![(format!("weekcast send {day} --late"), "send it now")],
            // What has begun can neither be moved nor dropped.
            Self::WindowOver => return vec![(format!("weekcast send {day}"), "go on where it stopped")],
            Self::OnlyInFolder => return vec![(format!("weekcast resend {day} --all"), "send it to everybody now")],
            Self::NotSignedOff => sign("look at it"),
            Self::ListsChanged => sign("look whether the lists are the right ones"),
            Self::StillToWrite => vec![("weekcast check".to_owned(), "see the lines that are still to be written")],
            Self::OverDays => vec![(format!("weekcast send {day} --over-days"), "begin it now, over several days")],
        };
        let other = [
            (format!("weekcast move {day} DATE"), "send it on another date"),
            (format!("weekcast drop {day}"), "leave it out of the week"),
        ];
        first.into_iter().chain(other).collect()
    }

    /// That a day is held, why, and what a person can choose, in lines.
    #[must_use]
    pub fn explained(self, day: &str) -> String {
        format!("{day}: held, because {}. It is for you to choose:\n{}", self.words(), self.in_lines(day))
    }

    /// The choices in one sentence.
    #[must_use]
    pub fn in_one_line(self, day: &str) -> String {
        let choices = self.choices(day).into_iter().map(|(command, what)| format!("{what}: {command}"));
        choices.collect::<Vec<_>>().join("; ")
    }

    /// The choices below each other, indented, each line ended.
    #[must_use]
    pub fn in_lines(self, day: &str) -> String {
        let choices = self.choices(day);
        let width = choices.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
        choices.iter().map(|(command, what)| format!("  {command:width$}  {what}\n")).collect()
    }
}

fn sign_off(day: &str) -> (String, &'static str) {
    (format!("weekcast sign-off {day} --by NAME"), "say that it may go out")
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn a_day_that_has_not_begun_has_three_ways() {
        for held in [
            Held::Late,
            Held::SecondOfTheDay,
            Held::NotSignedOff,
            Held::ListsChanged,
            Held::OverDays,
            Held::StillToWrite,
        ] {
            let text = held.in_lines("monday");
            assert!(text.contains("weekcast move monday DATE") && text.contains("weekcast drop monday"), "{text}");
        }
        assert_eq!(
            Held::Late.in_lines("monday"),
            "  weekcast send monday --late  send it now\n  weekcast move monday DATE    send it on another date\n  weekcast \
             drop monday         leave it out of the week\n"
        );
        assert_eq!(Held::WindowOver.in_one_line("1"), "go on where it stopped: weekcast send 1");
    }
}
