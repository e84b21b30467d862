//! Why `run` does not go on with a correction that a person began, and what a person can do about it: the same words wherever
//! it is said.

use serde::Serialize;

/// Why a correction is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldCorrection {
    /// It was begun, but its window is over.
    WindowOver,
    /// Its file is not where it was.
    FileMissing,
    /// What its file, the week and the settings make of it is not what it began with.
    TextChanged,
    /// Nothing can be made of its file any more.
    Faulty,
}

impl HeldCorrection {
    /// The reason for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::WindowOver => "it was begun but not finished, and its time is over",
            Self::FileMissing => "the file that it was made from is no longer there",
            Self::TextChanged => "its text is not the one any more that it began with",
            Self::Faulty => "it cannot be made any more from the file that it was made from",
        }
    }

    /// What a person can choose from: the command, and what it does. `file` is the officer's, as the record calls it.
    fn choices(self, day: &str, file: &str) -> Vec<(String, &'static str)> {
        let correct = |file: &str, more: &str| correct_command(day, file) + more;
        match self {
            Self::WindowOver => vec![(correct(file, ""), "go on where it stopped")],
            Self::FileMissing => vec![(correct("FILE", ""), "go on with the file where it is now")],
            Self::TextChanged => vec![
                (correct(file, " --dry-run"), "see what changed"),
                (correct(file, " --changed"), "give the rest the text as it is now"),
                (correct(file, " --new"), "send the new text to everybody who got the original"),
            ],
            Self::Faulty => vec![(correct(file, " --dry-run"), "see what is wrong")],
        }
    }

    /// That a correction is held, why, and what a person can choose, in lines.
    #[must_use]
    pub fn explained(self, day: &str, number: u32, file: &str) -> String {
        let choices = self.choices(day, file);
        let width = choices.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
        let back = match self {
            Self::WindowOver => " To go on all the same:".to_owned(),
            Self::FileMissing => format!(" When {} is there again, run goes on with it; or choose:", quoted(file)),
            Self::TextChanged | Self::Faulty => {
                format!(" When {} says again what it said, run goes on with it; or choose:", quoted(file))
            }
        };
        let lines: String = choices.iter().map(|(command, what)| format!("  {command:width$}  {what}\n")).collect();
        format!("{day}, correction {number}: held, because {}.{back}\n{lines}", self.words())
    }
}

/// The command that goes on with a correction.
#[must_use]
pub fn correct_command(day: &str, file: &str) -> String {
    format!("weekcast correct {day} --file {}", quoted(file))
}

/// A path as one word of a command line.
fn quoted(file: &str) -> String {
    if file.contains(char::is_whitespace) { format!("\"{file}\"") } else { file.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::HeldCorrection;

    #[test]
    fn the_ways_out_name_the_file() {
        let text = HeldCorrection::TextChanged.explained("monday", 2, "my correction.md");
        assert!(text.starts_with("monday, correction 2: held, because its text is not the one"), "{text}");
        assert!(text.contains("When \"my correction.md\" says again what it said"), "{text}");
        assert!(text.contains("\n  weekcast correct monday --file \"my correction.md\" --changed  give"), "{text}");
        let over = HeldCorrection::WindowOver.explained("monday", 1, "c.md");
        assert!(over.ends_with(
            "time is over. To go on all the same:\n  weekcast correct monday --file c.md  go on where it stopped\n"
        ));
    }
}
