//! Postfix's smtp-sink: a server that others wrote, that takes every message and keeps it in a file of its own.
//!
//! `./tests/run` installs it and names it in `WEEKCAST_SMTP_SINK`. Without that name the tests that need it say
//! "skipped"; with it they fail if it does not work, so that a broken installation cannot pass for success.
#![cfg(unix)]

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::collected::Collected;
use crate::support::skipped::say_skipped;
use crate::support::smtp_sink_dump::{Kept, parse};

/// The environment variable that names the program.
const VARIABLE: &str = "WEEKCAST_SMTP_SINK";

/// Seconds after which `timeout` ends the server, should the test be killed and never drop it.
const LIFETIME: &str = "300";

/// How long the server may take to greet.
const LIMIT: Duration = Duration::from_secs(20);

/// Another process may take the free port before the server does.
const TRIES: usize = 5;

/// A running smtp-sink; it is stopped, and what it kept is removed, when this is dropped.
pub struct SmtpSink {
    timeout: Child,
    port: u16,
    dumps: TempDir,
}

impl SmtpSink {
    /// Starts the server that the environment names; none, after saying that the test is skipped, where it names none.
    #[track_caller]
    pub fn start() -> Option<Self> {
        let program = named(std::env::var_os(VARIABLE));
        if program.is_none() {
            say_skipped(VARIABLE, "smtp-sink");
        }
        program.map(|program| Self::run(&program))
    }

    /// Starts a given program.
    #[track_caller]
    pub fn run(program: &Path) -> Self {
        let mut complaint = String::new();
        for _ in 0..TRIES {
            match Self::try_to_run(program) {
                Ok(sink) => return sink,
                Err(error) => complaint = error,
            }
        }
        panic!("{} does not work: {complaint}", program.display());
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The messages taken so far, sorted by recipient. Each is whole before smtp-sink answers the dot, and goes when
    /// the client does before it; so the number is right whenever no client is between MAIL and the dot's answer.
    pub fn messages(&self) -> Vec<Kept> {
        let files = fs::read_dir(self.dumps.path()).expect("the folder of dumps can be read");
        let files = files.map(|entry| entry.expect("it can be read").path());
        let mut messages: Vec<Kept> = files.map(|path| parse(&fs::read(path).expect("a dump can be read"))).collect();
        messages.sort();
        messages
    }

    fn try_to_run(program: &Path) -> Result<Self, String> {
        let dumps = tempfile::Builder::new().prefix("weekcast-sink-").tempdir().map_err(|error| error.to_string())?;
        let port = free_port();
        let name = format!("sink-{}-{port}.example", std::process::id());
        let mut timeout = command(program, dumps.path(), &name, port).spawn().map_err(|error| error.to_string())?;
        let complaints = Collected::from(timeout.stderr.take().expect("stderr is piped"));
        let mut sink = Self { timeout, port, dumps };
        sink.wait_for_greeting(&name, &complaints).map(|()| sink)
    }

    /// smtp-sink says nothing when it is ready, so it is asked.
    fn wait_for_greeting(&mut self, name: &str, complaints: &Arc<Collected>) -> Result<(), String> {
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            if greets_as(self.port, name) {
                return Ok(());
            }
            if let Some(status) = self.timeout.try_wait().map_err(|error| error.to_string())? {
                complaints.wait_for_end(deadline);
                return Err(format!("it ended with {status}: {}", complaints.text().trim()));
            }
            thread::park_timeout(Duration::from_millis(2));
        }
        Err(format!("it did not greet within {LIMIT:?}: {}", complaints.text().trim()))
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        // TERM, which `timeout` hands on; KILL would end `timeout` alone.
        drop(Command::new("kill").arg("-TERM").arg(self.timeout.id().to_string()).stderr(Stdio::null()).status());
        drop(self.timeout.wait());
    }
}

/// The program that a value of the variable names; an empty value names none.
pub fn named(value: Option<OsString>) -> Option<PathBuf> {
    value.filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Whether the server on a port greets with a name, which tells it from a stranger who took the port.
pub fn greets_as(port: u16, name: &str) -> bool {
    let mut greeting = String::new();
    let read = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).and_then(|stream| {
        stream.set_read_timeout(Some(LIMIT))?;
        BufReader::new(stream).read_line(&mut greeting)
    });
    read.is_ok() && greeting.starts_with(&format!("220 {name} "))
}

/// A port that nobody listens on now; another process may take it before the server does.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback interface has a free port");
    listener.local_addr().expect("it has an address").port()
}

/// `timeout --foreground … smtp-sink -h NAME -d FOLDER/ 127.0.0.1:PORT BACKLOG`
fn command(program: &Path, dumps: &Path, name: &str, port: u16) -> Command {
    let mut command = Command::new("timeout");
    command.args(["--foreground", "--kill-after=5", LIFETIME]).arg(program).args(["-h", name, "-d"]);
    // strftime(3) reads the template, and a per cent sign in a folder's name would be taken for a field.
    command.arg(format!("{}/message.", dumps.display()).replace('%', "%%"));
    // As root it insists on being told whom to become: the owner of the folder, which keeps the dumps readable.
    if fs::metadata(dumps).is_ok_and(|folder| folder.uid() == 0) {
        command.args(["-u", "root"]);
    }
    command.arg(format!("127.0.0.1:{port}")).arg("128");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}
