//! Dovecot: a mail server that others wrote, for one of its services at a time.
//!
//! `./tests/run` installs it and names it in `WEEKCAST_DOVECOT`. Without that name the tests that need it say "skipped";
//! with it they fail if it does not work. It runs as an ordinary user (doc.dovecot.org, "Rootless Installation"): the one
//! who runs the tests, or `nobody` where that is root.
#![cfg(unix)]

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::skipped::say_skipped;
use crate::support::smtp_server::Authority;
use crate::support::smtp_sink::named;

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

/// What a Dovecot is started for.
pub trait Service {
    /// Its lines in the configuration, where `{folder}` is the server's folder.
    fn settings(&self) -> String;

    /// Whether it greets. A service on a port that a stranger took does not.
    fn greets(&self) -> bool;
}

/// A running Dovecot; it is stopped, and its folder is removed, when this is dropped.
pub struct Dovecot<S> {
    timeout: Child,
    folder: TempDir,
    user: User,
    service: S,
}

impl<S> Deref for Dovecot<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.service
    }
}

impl<S: Service> Dovecot<S> {
    /// Starts the server that the environment names, with a certificate of this authority; each try makes a service, on
    /// other ports. None, after saying that the test is skipped, where the environment names none.
    #[track_caller]
    pub fn run(authority: &Authority, service: impl Fn() -> S) -> Option<Self> {
        let Some(program) = named(std::env::var_os(VARIABLE)) else {
            say_skipped(VARIABLE, "dovecot");
            return None;
        };
        let mut complaint = String::new();
        for _ in 0..TRIES {
            match Self::try_to_run(&program, authority, service()) {
                Ok(dovecot) => return Some(dovecot),
                Err(error) => complaint = error,
            }
        }
        panic!("{} does not work: {complaint}", program.display());
    }

    fn try_to_run(program: &Path, authority: &Authority, service: S) -> Result<Self, String> {
        // Not in TMPDIR, whose folders may be closed to `nobody`; and the names of sockets must stay short.
        let folder =
            tempfile::Builder::new().prefix("weekcast-dovecot-").tempdir_in("/tmp").map_err(|e| e.to_string())?;
        let user = User::of_the_server();
        let settings = format!("{}{}", settings(&user), service.settings());
        lay_out(folder.path(), authority, &settings.replace("{folder}", &folder.path().display().to_string()));
        user.owns(folder.path());
        let configuration = folder.path().join("dovecot.conf");
        let mut command = Command::new("timeout");
        command.args(["--foreground", "--kill-after=5", LIFETIME]).args(user.becoming());
        command.arg(program).arg("-F").arg("-c").arg(&configuration);
        let log = fs::File::create(folder.path().join("output.log")).map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let timeout = command.spawn().map_err(|error| error.to_string())?;
        let mut dovecot = Self { timeout, folder, user, service };
        dovecot.wait_for_greeting().map(|()| dovecot)
    }

    fn wait_for_greeting(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            if self.service.greets() {
                return Ok(());
            }
            if let Some(status) = self.timeout.try_wait().map_err(|error| error.to_string())? {
                return Err(format!("it ended with {status}: {}", self.log()));
            }
            thread::park_timeout(Duration::from_millis(5));
        }
        Err(format!("it did not greet within {LIMIT:?}: {}", self.log()))
    }
}

impl<S> Dovecot<S> {
    /// What it wrote down so far.
    pub fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("dovecot.log") + &read("output.log")
    }

    /// Puts a mail into the inbox.
    pub fn deliver(&self, name: &str, mail: &str) {
        let folder = self.inbox();
        let waiting = folder.join("tmp").join(name);
        fs::write(&waiting, mail).expect("a mail can be written");
        self.user.owns(&waiting);
        fs::rename(waiting, folder.join("new").join(name)).expect("a mail can be delivered");
    }

    /// The names of the mails in the inbox, with their flags, sorted.
    pub fn mails(&self) -> Vec<String> {
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            let entries = fs::read_dir(self.inbox().join(part)).expect("the inbox can be read");
            names.extend(entries.map(|entry| format!("{part}/{}", entry.unwrap().file_name().to_string_lossy())));
        }
        names.sort();
        names
    }

    fn inbox(&self) -> PathBuf {
        self.folder.path().join("home/mail")
    }
}

impl<S> Drop for Dovecot<S> {
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
    for name in ["run", "state", "home/mail/new", "home/mail/cur", "home/mail/tmp"] {
        fs::create_dir_all(folder.join(name)).expect("the folder can be written");
    }
}

/// What every service needs; `chroot` is what an ordinary user cannot do.
fn settings(User { name: user, group, .. }: &User) -> String {
    format!(
        "base_dir = {{folder}}/run
state_dir = {{folder}}/state
log_path = {{folder}}/dovecot.log
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
first_valid_uid = 1
ssl_cert = <{{folder}}/cert.pem
ssl_key = <{{folder}}/key.pem
ssl_min_protocol = TLSv1.2
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={{PLAIN}}{PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={{folder}}/home
}}
mail_location = maildir:{{folder}}/home/mail
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    )
}
