//! The real program as a child process: a clean environment, given input, both streams collected, a time limit.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::collected::Collected;
use crate::support::run::Run;

/// No run of a test takes longer.
const LIMIT: Duration = Duration::from_secs(60);

/// A run that is not started yet.
pub struct Invocation {
    program: PathBuf,
    project: PathBuf,
    folder: PathBuf,
    environment: Vec<(OsString, OsString)>,
    arguments: Vec<String>,
    stdin: Option<String>,
    file_limit: Option<u32>,
}

impl Invocation {
    /// `PROGRAM --project PROJECT`, run from the home folder, with an environment in which nothing comes from outside.
    pub fn new(program: &str, project: &Path, home: &Path) -> Self {
        let kept = ["PATH", "SystemRoot", "LLVM_PROFILE_FILE"];
        let kept = kept.iter().filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?)));
        let fixed = [("HOME", home.as_os_str()), ("NO_COLOR", "1".as_ref()), ("TZ", "UTC".as_ref())];
        let fixed = fixed.map(|(name, value)| (OsString::from(name), value.to_owned()));
        let arguments = vec!["--project".to_owned(), project.to_string_lossy().into_owned()];
        let (program, project, folder) = (program.into(), project.to_owned(), home.to_owned());
        Self {
            program,
            project,
            folder,
            environment: kept.chain(fixed).collect(),
            arguments,
            stdin: None,
            file_limit: None,
        }
    }

    /// Appends arguments.
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = String>) -> Self {
        self.arguments.extend(arguments);
        self
    }

    /// Leaves `--project` out and starts in this folder of the project instead.
    pub fn inside(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = self.project.join(folder);
        self.arguments.drain(..2);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// What is typed; without it the program reads from nothing.
    pub fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.to_owned());
        self
    }

    /// No file that it writes may become longer than so many blocks of 512 octets: a disk that is full, for which nobody
    /// needs to be root (EFBIG of write(2)).
    #[cfg(unix)]
    pub fn file_limit(mut self, blocks: u32) -> Self {
        self.file_limit = Some(blocks);
        self
    }

    /// Runs to the end.
    #[track_caller]
    pub fn run(self) -> Run {
        self.spawn().wait()
    }

    /// Starts it.
    #[track_caller]
    pub fn spawn(self) -> Running {
        let mut command = self.command();
        command.args(&self.arguments).current_dir(&self.folder).env_clear().envs(self.environment);
        let stdin = if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() };
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        let stdout = Collected::from(child.stdout.take().expect("stdout is piped"));
        let stderr = Collected::from(child.stderr.take().expect("stderr is piped"));
        if let (Some(text), Some(pipe)) = (self.stdin, child.stdin.take()) {
            type_in(text, pipe);
        }
        let command = self.arguments.join(" ");
        Running { child, command, project: self.project, stdout, stderr, deadline: Instant::now() + LIMIT }
    }
}

impl Invocation {
    /// The program, behind a shell that sets the limit. XFSZ, which would kill it, stays ignored beyond exec.
    fn command(&self) -> Command {
        let Some(blocks) = self.file_limit else { return Command::new(&self.program) };
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(&self.program);
        shell
    }
}

/// In a thread, because a program that does not read would block the test; a closed pipe is the program's choice.
fn type_in(text: String, mut pipe: ChildStdin) {
    thread::spawn(move || drop(pipe.write_all(text.as_bytes())));
}

/// A program that runs. It is killed when this is dropped.
pub struct Running {
    child: Child,
    command: String,
    project: PathBuf,
    stdout: Arc<Collected>,
    stderr: Arc<Collected>,
    deadline: Instant,
}

impl Running {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until standard output holds a text.
    #[track_caller]
    pub fn waits_to_say(&self, text: &str) {
        let found = self.stdout.wait_for(text, self.deadline);
        assert!(found, "standard output never held {text:?}: {}{}", self.stdout.text(), self.stderr.text());
    }

    /// Standard output so far.
    pub fn said(&self) -> String {
        self.stdout.text()
    }

    /// Waits until standard error holds a text.
    #[track_caller]
    pub fn waits_to_complain(&self, text: &str) {
        let found = self.stderr.wait_for(text, self.deadline);
        assert!(found, "standard error never held {text:?}: {}{}", self.stdout.text(), self.stderr.text());
    }

    /// Standard error until now.
    pub fn stderr_so_far(&self) -> String {
        self.stderr.text()
    }

    /// kill -9: no handler runs, nothing is flushed.
    pub fn kill(mut self) -> Run {
        self.child.kill().expect("the child can be killed");
        self.wait()
    }

    /// Sends a signal by name, such as `INT` or `TERM`, and goes on.
    #[cfg(unix)]
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status();
        assert!(sent.expect("kill can be run").success(), "the signal {name} could not be sent");
    }

    /// Waits for the end; a program that goes on beyond the limit is killed, and the test fails.
    #[track_caller]
    pub fn wait(mut self) -> Run {
        let ended = self.stdout.wait_for_end(self.deadline) && self.stderr.wait_for_end(self.deadline);
        let status = if ended { self.status() } else { None };
        let killed = status.is_none();
        if killed {
            drop(self.child.kill());
        }
        let run = Run {
            command: self.command.clone(),
            status: status.and_then(|status| status.code()).unwrap_or(-1),
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
            project: self.project.clone(),
        };
        assert!(!killed, "it did not end within {LIMIT:?} and was killed\n{}", run.transcript());
        run
    }

    /// Both streams are closed, so the end is near: the standard library has no wait with a limit.
    fn status(&mut self) -> Option<std::process::ExitStatus> {
        while Instant::now() < self.deadline {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                return Some(status);
            }
            thread::park_timeout(Duration::from_millis(1));
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
