//! A person at a terminal: the real program on a pseudo-terminal, which util-linux's `script` makes, with keys that are
//! pressed when what they answer stands there.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::collected::Collected;
use crate::support::workspace::Workspace;

/// No question takes longer to come, and no command to end.
const LIMIT: Duration = Duration::from_secs(60);

/// One command on its terminal.
pub struct Terminal {
    script: Child,
    typing: ChildStdin,
    screen: Arc<Collected>,
    /// Up to which octet of the screen it was read.
    read: usize,
}

impl Terminal {
    /// Starts a command line; `None`, after saying so, where there is no `script`.
    pub fn start(folder: &Path, home: &Path, line: &str) -> Option<Self> {
        let mut command = Command::new("script");
        // The shell that `script` starts makes way, so that Ctrl-C and the exit status are the program's.
        command
            .args(["--quiet", "--return", "--flush", "--command", &format!("exec {line}"), "/dev/null"])
            .current_dir(folder)
            .env_clear();
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env("PATH", path).env("HOME", home).env("TERM", "dumb").env("NO_COLOR", "1").env("TZ", "UTC");
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut script = match started {
            Ok(script) => script,
            Err(error) => {
                eprintln!("skipped: there is no terminal to be had: script(1): {error}");
                return None;
            }
        };
        let screen = Collected::from(script.stdout.take().expect("it was asked for"));
        let typing = script.stdin.take().expect("it was asked for");
        Some(Self { script, typing, screen, read: 0 })
    }

    /// Starts a command in a project on Monday morning, when the small week's first day is due.
    pub fn of(workspace: &Workspace, command: &str) -> Option<Self> {
        let program = env!("CARGO_BIN_EXE_weekcast");
        let line = format!("{program} --now 2027-03-15T08:31:00Z {command}");
        Self::start(&workspace.path(), &workspace.home(), &line)
    }

    /// Waits until this is shown, behind what was seen before.
    #[track_caller]
    pub fn sees(&mut self, words: &str) {
        let found = self.screen.wait_for_behind(self.read, words, Instant::now() + LIMIT);
        self.read = found.unwrap_or_else(|| panic!("it never showed {words:?}:\n{}", self.screen.text()));
    }

    /// Presses keys.
    pub fn types(&mut self, keys: &str) {
        self.typing.write_all(keys.as_bytes()).expect("it reads");
    }

    /// Waits until a question is shown, and types an answer with Enter behind it.
    #[track_caller]
    pub fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question);
        self.types(&format!("{answer}\n"));
    }

    /// What stood on the screen at the end, each line as it was last written, and the exit status.
    #[track_caller]
    pub fn ends(mut self) -> (String, i32) {
        let ended = self.screen.wait_for_end(Instant::now() + LIMIT);
        assert!(ended, "it did not end in {LIMIT:?}:\n{}", self.screen.text());
        let status = self.script.wait().expect("script(1) ends").code().expect("it ends by itself");
        (as_last_written(&self.screen.text()), status)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

/// Each line after its last carriage return, as a bar of progress or a countdown leaves it; without control sequences.
fn as_last_written(shown: &str) -> String {
    let mut lines = Vec::new();
    for line in shown.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let last = line.rsplit('\r').next().unwrap_or(line);
        lines.push(without_sequences(last).trim_end().to_owned());
    }
    lines.join("\n")
}

fn without_sequences(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 2..];
        rest = behind.find(|c: char| c.is_ascii_alphabetic()).map_or("", |end| &behind[end + 1..]);
    }
    out + rest
}

#[test]
fn a_line_is_as_it_was_last_written() {
    assert_eq!(as_last_written("a\r\n1:59\r1:58\r\u{1b}[2Kb \r\nc"), "a\nb\nc");
}
