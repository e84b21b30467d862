//! Where output goes: data to standard output, progress and complaints to standard error.

use std::io::{self, IsTerminal as _, Write};

/// The two streams. Styles are stripped where the stream is no terminal or NO_COLOR is set.
pub struct Streams {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    /// Whether somebody can be asked: standard input and standard error are a terminal.
    pub interactive: bool,
    /// `--quiet`: progress and news are left out.
    pub quiet: bool,
}

impl Streams {
    /// The process's own.
    #[must_use]
    pub fn of_process() -> Self {
        let interactive = io::stdin().is_terminal() && io::stderr().is_terminal();
        Self { out: Box::new(anstream::stdout()), err: Box::new(anstream::stderr()), interactive, quiet: false }
    }

    /// Writes data.
    ///
    /// # Errors
    /// What the stream says; a closed pipe is the reader's good right and ends the command quietly.
    pub fn out(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Writes progress and news for people, unless they asked for quiet.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            self.err(text);
        }
    }

    /// Writes for people; a failure there stops nothing.
    pub fn err(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
        let _ = self.err.flush();
    }
}
