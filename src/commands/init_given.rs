//! The answers of `init` that its options give, and what reads an answer.

use chrono::NaiveDate;

use crate::app::Fault;
use crate::exit::Exit;

/// Answers given beforehand.
#[derive(Debug, clap::Args)]
pub(crate) struct Given {
    /// The name of your organisation
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub(crate) organisation: Option<String>,
    /// Whose name the messages bear (else: the organisation's)
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub(crate) sender_name: Option<String>,
    /// The address that the messages come from
    #[arg(long, value_name = "ADDRESS", conflicts_with = "from")]
    pub(crate) sender_address: Option<String>,
    /// What the week is called
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// The first day, such as 2027-03-15
    #[arg(long, value_name = "DATE")]
    pub(crate) first_day: Option<String>,
    /// How many working days (else: 5)
    #[arg(long, value_name = "N", conflicts_with = "from")]
    pub(crate) days: Option<String>,
    /// The time of day (else: 08:30)
    #[arg(long, value_name = "HH:MM", conflicts_with = "from")]
    pub(crate) time: Option<String>,
    /// The name of the awareness day that the week leads to (else: none)
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub(crate) awareness_day: Option<String>,
    /// Its date (else: the last day of the week; with --from: the same date in the new year)
    #[arg(long, value_name = "DATE")]
    pub(crate) awareness_date: Option<NaiveDate>,
    /// The lists that get it, with commas between (else: front-line)
    #[arg(long, value_name = "NAMES", conflicts_with = "from")]
    pub(crate) lists: Option<String>,
}

/// One line of text that is not empty.
pub(crate) fn line(text: &str) -> Result<String, String> {
    match text {
        "" => Err("an answer is needed here".to_owned()),
        text if text.chars().any(char::is_control) => Err("this holds a control character".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// A date.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no date: write it as 2027-03-15, the year first"))
}

/// The name of a new week's file, from `--week`: it must stay within `broadcasts/`.
pub(crate) fn file_name(given: &str) -> Result<String, Fault> {
    let name = given.strip_suffix(".toml").unwrap_or(given);
    let unfit = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if name.is_empty() || name.starts_with('.') || name.contains(unfit) {
        let fault = Fault::new(Exit::Usage, format!("\"{}\" is no name for a file", given.escape_debug()));
        return Err(fault.help("write --week with letters, digits and -, such as --week cse-2028"));
    }
    Ok(name.to_owned())
}
