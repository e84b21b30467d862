//! Where output goes: data to standard output, progress and complaints to standard error.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;

use crate::output::naming_week;

/// The two streams. Styles are stripped where the stream is no terminal or NO_COLOR is set.
pub struct Streams {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    /// Whether somebody can be asked: standard input and standard error are a terminal.
    pub interactive: bool,
    /// `--quiet`: progress and news are left out.
    pub quiet: bool,
    /// `--verbose`: what was said by an earlier run is said again.
    pub verbose: bool,
    /// The week that commands in a text name: `--week`, in a project of several.
    pub week: Option<String>,
    /// Whether scripts have their document: standard output holds one at most.
    pub answered: bool,
}

impl Streams {
    /// The process's own.
    #[must_use]
    pub fn of_process() -> Self {
        let interactive = io::stdin().is_terminal() && io::stderr().is_terminal();
        Self {
            out: Box::new(anstream::stdout()),
            err: Box::new(anstream::stderr()),
            interactive,
            quiet: false,
            verbose: false,
            week: None,
            answered: false,
        }
    }

    /// Writes data.
    ///
    /// # Errors
    /// What the stream says; a closed pipe is the reader's good right and ends the command quietly.
    pub fn out(&mut self, text: &str) -> io::Result<()> {
        let text = self.naming_week(text);
        self.write(&text)
    }

    /// Writes data for scripts, which a terminal may show: what it would obey or turn round is escaped (RFC 8259 §7).
    ///
    /// # Errors
    /// As [`Self::out`].
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        self.answered = true;
        // Data stays as it is: no week is named in it.
        self.write(&(escaped(&text) + "\n"))
    }

    /// Writes progress and news for people, unless they asked for quiet.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            self.err(text);
        }
    }

    /// Writes for people; a failure there stops nothing.
    pub fn err(&mut self, text: &str) {
        let _ = self.err.write_all(self.naming_week(text).as_bytes());
        let _ = self.err.flush();
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// A text for people, whose commands name the week that it speaks of.
    pub(crate) fn naming_week<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.week.as_deref().map_or(Cow::Borrowed(text), |week| Cow::Owned(naming_week(text, week)))
    }
}

/// JSON in which no character is left that a terminal obeys or that turns the direction of writing; such a one can only
/// stand in a string.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn json_for_scripts_does_not_steer_a_terminal() {
        let value = serde_json::json!({ "reply": "a\u{202e}b\u{9b}2J \u{1b}[2J caf\u{e9}" });
        let text = escaped(&value.to_string());
        assert_eq!(text, "{\"reply\":\"a\\u202eb\\u009b2J \\u001b[2J caf\u{e9}\"}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
