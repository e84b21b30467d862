//! Dovecot's submission service: a mail server that others wrote, with STARTTLS and a sign-in, which hands what it takes on
//! to a server of the test.
//!
//! `./tests/run` installs it and names it in `WEEKCAST_DOVECOT`. Without that name the tests that need it say "skipped";
//! with it they fail if it does not work. It runs as an ordinary user (doc.dovecot.org, "Rootless Installation"): the one
//! who runs the tests, or `nobody` where that is root.
#![cfg(unix)]

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::skipped::say_skipped;
use crate::support::smtp_server::Authority;
use crate::support::smtp_sink::{greets_as, named};

/// The environment variable that names the program.
const VARIABLE: &str = "WEEKCAST_DOVECOT";

/// The password of everybody.
pub const PASSWORD: &str = "right-horse";

/// Seconds after which `timeout` ends the server, should the test be killed and never drop it.
const LIFETIME: &str = "300";

/// How long the server may take to greet.
const LIMIT: Duration = Duration::from_secs(30);

/// Another process may take the free port before the server does.
const TRIES: usize = 3;

/// A running Dovecot; it is stopped, and its folder is removed, when this is dropped.
pub struct Dovecot {
    timeout: Child,
    port: u16,
    folder: TempDir,
}

impl Dovecot {
    /// Starts the server that the environment names, with a certificate of this authority; what it takes it relays to a
    /// port on 127.0.0.1. None, after saying that the test is skipped, where the environment names none.
    #[track_caller]
    pub fn start(authority: &Authority, relay: u16) -> Option<Self> {
        let Some(program) = named(std::env::var_os(VARIABLE)) else {
            say_skipped(VARIABLE, "dovecot");
            return None;
        };
        let mut complaint = String::new();
        for _ in 0..TRIES {
            match Self::try_to_run(&program, authority, relay) {
                Ok(dovecot) => return Some(dovecot),
                Err(error) => complaint = error,
            }
        }
        panic!("{} does not work: {complaint}", program.display());
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it wrote down so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("dovecot.log")).unwrap_or_default()
    }

    fn try_to_run(program: &Path, authority: &Authority, relay: u16) -> Result<Self, String> {
        // Not in TMPDIR, whose folders may be closed to `nobody`; and the names of sockets must stay short.
        let folder =
            tempfile::Builder::new().prefix("weekcast-dovecot-").tempdir_in("/tmp").map_err(|e| e.to_string())?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let port = port.map_err(|error| error.to_string())?.port();
        let name = format!("dovecot-{}-{port}.example", std::process::id());
        let user = User::of_the_server();
        lay_out(folder.path(), authority, &settings(folder.path(), &name, port, relay, &user));
        user.owns(folder.path());
        let configuration = folder.path().join("dovecot.conf");
        let mut command = Command::new("timeout");
        command.args(["--foreground", "--kill-after=5", LIFETIME]).args(user.becoming());
        command.arg(program).arg("-F").arg("-c").arg(&configuration);
        let log = fs::File::create(folder.path().join("output.log")).map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let timeout = command.spawn().map_err(|error| error.to_string())?;
        let mut dovecot = Self { timeout, port, folder };
        dovecot.wait_for_greeting(&name).map(|()| dovecot)
    }

    fn wait_for_greeting(&mut self, name: &str) -> Result<(), String> {
        let said = |dovecot: &Self| {
            let output = fs::read_to_string(dovecot.folder.path().join("output.log")).unwrap_or_default();
            format!("{output}{}", dovecot.log())
        };
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            if greets_as(self.port, name) {
                return Ok(());
            }
            if let Some(status) = self.timeout.try_wait().map_err(|error| error.to_string())? {
                return Err(format!("it ended with {status}: {}", said(self)));
            }
            thread::park_timeout(Duration::from_millis(5));
        }
        Err(format!("it did not greet within {LIMIT:?}: {}", said(self)))
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // TERM, which `timeout` hands on and Dovecot to its own; KILL would end `timeout` alone.
        drop(Command::new("kill").arg("-TERM").arg(self.timeout.id().to_string()).stderr(Stdio::null()).status());
        drop(self.timeout.wait());
    }
}

/// Who the server runs as.
struct User {
    name: String,
    group: String,
    from_root: bool,
}

impl User {
    fn of_the_server() -> Self {
        let from_root = asked(&["-u"]) == "0";
        let name = if from_root { "nobody".to_owned() } else { asked(&["-un"]) };
        let group = asked(&["-gn", &name]);
        Self { name, group, from_root }
    }

    /// What stands before the program.
    fn becoming(&self) -> Vec<String> {
        if !self.from_root {
            return Vec::new();
        }
        let Self { name, group, .. } = self;
        vec!["setpriv".into(), format!("--reuid={name}"), format!("--regid={group}"), "--clear-groups".into()]
    }

    fn owns(&self, folder: &Path) {
        if self.from_root {
            let owner = format!("{}:{}", self.name, self.group);
            let changed = Command::new("chown").arg("-R").arg(owner).arg(folder).status();
            assert!(changed.is_ok_and(|status| status.success()), "the folder could not be given to {}", self.name);
        }
    }
}

fn asked(arguments: &[&str]) -> String {
    let output = Command::new("id").args(arguments).output().expect("id can be run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn lay_out(folder: &Path, authority: &Authority, settings: &str) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("the folder can be written");
    let (certificate, key) = authority.certify_as_pem("127.0.0.1");
    write("cert.pem", &certificate);
    write("key.pem", &key);
    write("dovecot.conf", settings);
    ["run", "state", "home"]
        .into_iter()
        .for_each(|name| fs::create_dir(folder.join(name)).expect("the folder can be written"));
}

fn settings(folder: &Path, name: &str, port: u16, relay: u16, user: &User) -> String {
    let (folder, User { name: user, group, .. }) = (PathBuf::from(folder).display().to_string(), user);
    format!(
        "base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = {name}
protocols = submission
listen = 127.0.0.1
hostname = {name}
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
first_valid_uid = 1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={{PLAIN}}{PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
mail_location = maildir:{folder}/home/mail
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    )
}
