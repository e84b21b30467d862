//! A person at a terminal: the real program on a pseudo-terminal, which util-linux's `script` makes, with answers that are
//! typed when their question stands there.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// No question takes longer to come, and no command to end.
const LIMIT: Duration = Duration::from_secs(60);

/// One command on its terminal.
pub struct Terminal {
    script: Child,
    typing: Option<ChildStdin>,
    screen: Arc<Screen>,
    reader: Option<JoinHandle<()>>,
    /// Up to where answers were given.
    read: usize,
}

#[derive(Default)]
struct Screen {
    shown: Mutex<(String, bool)>,
    changed: Condvar,
}

impl Terminal {
    /// Starts a command line; `None`, after saying so, where there is no `script`.
    pub fn start(folder: &Path, home: &Path, line: &str) -> Option<Self> {
        let mut command = Command::new("script");
        command
            .args(["--quiet", "--return", "--flush", "--command", line, "/dev/null"])
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
        let screen = Arc::new(Screen::default());
        let mut stdout = script.stdout.take().expect("it was asked for");
        let filled = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let (mut octets, mut piece) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = stdout.read(&mut piece) {
                octets.extend_from_slice(&piece[..count]);
                filled.show(|shown| shown.0 = String::from_utf8_lossy(&octets).into_owned());
            }
            filled.show(|shown| shown.1 = true);
        });
        let typing = script.stdin.take();
        Some(Self { script, typing, screen, reader: Some(reader), read: 0 })
    }

    /// Waits until a question is shown, and types an answer with Enter behind it.
    #[track_caller]
    pub fn answers(&mut self, question: &str, answer: &str) {
        let read = self.read;
        let shown = self.screen.wait(|shown| shown.0[read..].contains(question) || shown.1);
        let at = shown[read..].find(question).unwrap_or_else(|| panic!("it never asked {question:?}:\n{shown}"));
        self.read = read + at + question.len();
        self.typing.as_mut().expect("it still runs").write_all(format!("{answer}\n").as_bytes()).expect("it reads");
    }

    /// What stood on the screen at the end, each line as it was last written, and the exit status.
    #[track_caller]
    pub fn ends(mut self) -> (String, i32) {
        let shown = self.screen.wait(|shown| shown.1);
        drop(self.typing.take());
        let status = self.script.wait().expect("script(1) ends").code().expect("it ends by itself");
        self.reader.take().expect("it is there").join().expect("it reads to the end");
        (as_last_written(&shown), status)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

impl Screen {
    fn show(&self, change: impl FnOnce(&mut (String, bool))) {
        change(&mut self.shown.lock().expect("nobody panicked"));
        self.changed.notify_all();
    }

    #[track_caller]
    fn wait(&self, until: impl Fn(&(String, bool)) -> bool) -> String {
        let end = Instant::now() + LIMIT;
        let mut shown = self.shown.lock().expect("nobody panicked");
        while !until(&shown) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let so_far = shown.0.clone();
                drop(shown); // The reader still needs the lock.
                panic!("nothing more came in {LIMIT:?}:\n{so_far}");
            }
            shown = self.changed.wait_timeout(shown, left).expect("nobody panicked").0;
        }
        shown.0.clone()
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
