//! A Postfix of one's own on 127.0.0.1: it takes a message for anybody of `board.example`, delivers it to a Maildir, and
//! sends back what is for somebody whom it does not know.
//!
//! `./tests/run` installs it and names it in `WEEKCAST_POSTFIX`, where root runs the tests: Postfix starts as root and gives
//! up its rights. Without that name the tests that need it say "skipped"; with it they fail if it does not work.
#![cfg(unix)]

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::skipped::say_skipped;
use crate::support::smtp_sink::{greets_as, named};

const VARIABLE: &str = "WEEKCAST_POSTFIX";

/// Seconds after which the server ends by itself, should the test be killed and never drop it.
const LIFETIME: &str = "300";

/// How long it may take to greet, and to deliver.
const LIMIT: Duration = Duration::from_secs(30);

/// A running Postfix; it is stopped, and its folder is removed, when this is dropped.
pub struct Postfix {
    master: Child,
    port: u16,
    folder: TempDir,
}

impl Postfix {
    /// Starts the server that the environment names, with mailboxes for these local parts. None, after saying that the test
    /// is skipped, where the environment names none.
    #[track_caller]
    pub fn start(mailboxes: &[&str]) -> Option<Self> {
        let Some(program) = named(std::env::var_os(VARIABLE)) else {
            say_skipped(VARIABLE, "postfix");
            return None;
        };
        // Not in TMPDIR, whose folders may be closed to others than root.
        let folder = tempfile::Builder::new().prefix("weekcast-postfix-").tempdir_in("/tmp").unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let name = format!("postfix-{}-{port}.example", std::process::id());
        let daemons = said_by("postconf", &["-d", "-h", "daemon_directory"]);
        lay_out(folder.path(), &name, port, &daemons, mailboxes);
        let conf = folder.path().join("conf");
        let checked = Command::new(&program).arg("-c").arg(&conf).arg("check").output().expect("postfix can be run");
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        let mut command = Command::new(Path::new(&daemons).join("master"));
        command.arg("-c").arg(&conf).args(["-d", "-e", LIFETIME]);
        let log = fs::File::create(folder.path().join("output.log")).unwrap();
        let master = command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn();
        let postfix = Self { master: master.expect("Postfix's master can be run"), port, folder };
        postfix.wait_until("greet", || greets_as(postfix.port, &name));
        Some(postfix)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The Maildir of a local part.
    pub fn maildir(&self, local: &str) -> PathBuf {
        self.folder.path().join("mail").join(local)
    }

    /// Waits until a mailbox holds so many mails.
    #[track_caller]
    pub fn waits_for(&self, local: &str, mails: usize) {
        let new = self.maildir(local).join("new");
        self.wait_until("deliver", || fs::read_dir(&new).is_ok_and(|entries| entries.count() >= mails));
    }

    #[track_caller]
    fn wait_until(&self, what: &str, done: impl Fn() -> bool) {
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            if done() {
                return;
            }
            thread::park_timeout(Duration::from_millis(10));
        }
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        panic!("Postfix did not {what} within {LIMIT:?}: {}{}", read("output.log"), read("data/log"));
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // TERM, which the master hands on to its own; KILL would leave them behind.
        drop(Command::new("kill").arg("-TERM").arg(self.master.id().to_string()).stderr(Stdio::null()).status());
        drop(self.master.wait());
    }
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("it can be run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn lay_out(folder: &Path, name: &str, port: u16, daemons: &str, mailboxes: &[&str]) {
    for part in ["conf", "queue", "data", "mail"] {
        fs::create_dir(folder.join(part)).expect("the folder can be written");
    }
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder, open).expect("the folder can be opened for Postfix's users");
    for (part, owner) in [("data", "postfix"), ("mail", "nobody")] {
        let changed = Command::new("chown").arg(owner).arg(folder.join(part)).status();
        assert!(changed.is_ok_and(|status| status.success()), "the folder could not be given to {owner}");
    }
    let nobody = said_by("id", &["-u", "nobody"]);
    let maps: String = mailboxes.iter().map(|local| format!("{{ {local}@board.example = {local}/ }}, ")).collect();
    let folder = folder.display();
    let main = format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = {name}
mydestination =
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
default_transport = error:no other domain is known here
virtual_mailbox_domains = board.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {maps} }}
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
virtual_minimum_uid = 1
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
maillog_file = {folder}/data/log
maillog_file_prefixes = {folder}
"
    );
    fs::write(format!("{folder}/conf/main.cf"), main).expect("the folder can be written");
    fs::write(format!("{folder}/conf/master.cf"), services(port)).expect("the folder can be written");
}

fn services(port: u16) -> String {
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"
    )
}
