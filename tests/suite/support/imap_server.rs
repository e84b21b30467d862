//! Dovecot's IMAP service over TLS, with one mailbox: a server that others wrote.
//!
//! `./tests/run` installs it and names it in `WEEKCAST_DOVECOT`. Without that name the tests that need it say "skipped";
//! with it they fail if it does not work. It runs as an ordinary user (doc.dovecot.org, "Rootless Installation"): the one
//! who runs the tests, or `nobody` where that is root.
#![cfg(unix)]

use std::fs;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use crate::support::skipped::say_skipped;
use crate::support::smtp_sink::named;

const VARIABLE: &str = "WEEKCAST_DOVECOT";

/// The password of everybody.
pub const PASSWORD: &str = "right-horse";

/// Seconds after which `timeout` ends the server, should the test be killed and never drop it.
const LIFETIME: &str = "300";

/// How long the server may take to greet.
const LIMIT: Duration = Duration::from_secs(30);

/// A running server; it is stopped, and its folder is removed, when this is dropped.
pub struct ImapServer {
    timeout: Child,
    /// With TLS.
    pub port: u16,
    /// Without.
    pub plain_port: u16,
    /// The certificate of its authority, PEM.
    pub authority: String,
    folder: TempDir,
    user: Vec<String>,
}

impl ImapServer {
    /// Starts the server that the environment names; none, after saying that the test is skipped, where it names none.
    #[track_caller]
    pub fn start() -> Option<Self> {
        let Some(program) = named(std::env::var_os(VARIABLE)) else {
            say_skipped(VARIABLE, "dovecot");
            return None;
        };
        Some(Self::run(&program))
    }

    /// Puts a mail into the inbox.
    pub fn deliver(&self, name: &str, mail: &str) {
        let folder = self.maildir();
        let waiting = folder.join("tmp").join(name);
        fs::write(&waiting, mail).expect("a mail can be written");
        self.give(&waiting);
        fs::rename(waiting, folder.join("new").join(name)).expect("a mail can be delivered");
    }

    /// The names of the mails in the inbox, with their flags, sorted.
    pub fn mails(&self) -> Vec<String> {
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            let entries = fs::read_dir(self.maildir().join(part)).expect("the inbox can be read");
            names.extend(entries.map(|entry| format!("{part}/{}", entry.unwrap().file_name().to_string_lossy())));
        }
        names.sort();
        names
    }

    /// What it wrote down so far.
    pub fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("dovecot.log") + &read("output.log")
    }

    fn maildir(&self) -> PathBuf {
        self.folder.path().join("home/mail")
    }

    fn run(program: &Path) -> Self {
        // Not in TMPDIR, whose folders may be closed to `nobody`; and the names of sockets must stay short.
        let folder = tempfile::Builder::new().prefix("weekcast-imap-").tempdir_in("/tmp").unwrap();
        let from_root = asked(&["-u"]) == "0";
        let name = if from_root { "nobody".to_owned() } else { asked(&["-un"]) };
        let user = vec![name.clone(), asked(&["-gn", &name])];
        let (port, plain_port) = (free_port(), free_port());
        let authority = lay_out(folder.path(), &settings(folder.path(), (port, plain_port), &user));
        let mut command = Command::new("timeout");
        command.args(["--foreground", "--kill-after=5", LIFETIME]);
        if from_root {
            let become_user = [format!("--reuid={}", user[0]), format!("--regid={}", user[1]), "--clear-groups".into()];
            command.arg("setpriv").args(become_user);
        }
        command.arg(program).arg("-F").arg("-c").arg(folder.path().join("dovecot.conf"));
        let log = fs::File::create(folder.path().join("output.log")).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        given(folder.path(), &user);
        let timeout = command.spawn().expect("timeout can be run");
        let server = Self { timeout, port, plain_port, authority, folder, user };
        server.wait_for_greeting();
        server
    }

    fn wait_for_greeting(&self) {
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.plain_port)) {
                let mut begin = [0; 4];
                stream.set_read_timeout(Some(LIMIT)).unwrap();
                if stream.read_exact(&mut begin).is_ok() && &begin == b"* OK" {
                    return;
                }
            }
            thread::park_timeout(Duration::from_millis(5));
        }
        panic!("it did not greet within {LIMIT:?}: {}", self.log());
    }

    fn give(&self, path: &Path) {
        given(path, &self.user);
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        // TERM, which `timeout` hands on and Dovecot to its own; KILL would end `timeout` alone.
        drop(Command::new("kill").arg("-TERM").arg(self.timeout.id().to_string()).stderr(Stdio::null()).status());
        drop(self.timeout.wait());
    }
}

fn given(path: &Path, user: &[String]) {
    if asked(&["-u"]) == "0" {
        let changed = Command::new("chown").arg("-R").arg(user.join(":")).arg(path).status();
        assert!(changed.is_ok_and(|status| status.success()), "the folder could not be given away");
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

fn asked(arguments: &[&str]) -> String {
    let output = Command::new("id").args(arguments).output().expect("id can be run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Writes the server's files; returns the certificate of its authority.
fn lay_out(folder: &Path, settings: &str) -> String {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let own_key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&own_key, &issuer).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("the folder can be written");
    write("cert.pem", &own.pem());
    write("key.pem", &own_key.serialize_pem());
    write("dovecot.conf", settings);
    for name in ["run", "state", "home/mail/new", "home/mail/cur", "home/mail/tmp"] {
        fs::create_dir_all(folder.join(name)).expect("the folder can be written");
    }
    authority
}

fn settings(folder: &Path, (port, plain_port): (u16, u16), user: &[String]) -> String {
    let (folder, user, group) = (folder.display(), &user[0], &user[1]);
    format!(
        "base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
first_valid_uid = 1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_min_protocol = TLSv1.2
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
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
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
