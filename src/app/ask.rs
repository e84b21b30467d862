//! Questions that want an answer in words. Each has a flag beside it, so that a command works where nobody can be asked.

use std::io::BufRead as _;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::exit::Exit;
use crate::output::plain;

/// A question.
pub struct Question<'a> {
    /// In words, with a question mark where it is a question.
    pub words: &'a str,
    /// The flag that answers it, such as `--title`.
    pub flag: &'a str,
    /// What an empty answer means.
    pub default: Option<String>,
}

impl Question<'_> {
    /// The answer: the flag's value, or what is typed, or the default where nobody can be asked.
    ///
    /// A typed answer that cannot be read is asked for again; `read` says in its error what is wrong.
    ///
    /// # Errors
    /// [`Fault`] when the flag's value cannot be read, when nobody is there and there is no default, and when the input
    /// ends.
    pub fn answer<T>(
        &self,
        app: &mut App,
        given: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        let usage = |message: String| Fault::new(Exit::Usage, message);
        if let Some(given) = given {
            return read(given.trim()).map_err(|fault| usage(format!("{}: {fault}", self.flag)).into());
        }
        if !app.streams.interactive {
            let Some(default) = &self.default else {
                let fault =
                    usage(format!("nobody is there to be asked: this is no terminal; {} is missing", self.flag));
                return Err(fault.help(format!("add {}", self.flag)).into());
            };
            return read(default).map_err(|fault| usage(format!("{}: {fault}", self.flag)).into());
        }
        loop {
            let default = self.default.as_deref().filter(|default| !default.is_empty());
            let hint = default.map(|default| format!(" [{}]", plain(default))).unwrap_or_default();
            let end = if self.words.ends_with('?') && hint.is_empty() { "" } else { ":" };
            app.streams.err(&format!("{}{hint}{end} ", self.words));
            let mut typed = String::new();
            if std::io::stdin().lock().read_line(&mut typed)? == 0 {
                return Err(usage("the answers ended, so nothing was written".to_owned()).into());
            }
            let typed = match (typed.trim(), &self.default) {
                ("", Some(default)) => default.clone(),
                (typed, _) => typed.to_owned(),
            };
            match read(&typed) {
                Ok(answer) => return Ok(answer),
                Err(fault) => app.streams.err(&format!("  {}\n", plain(&fault))),
            }
        }
    }
}
