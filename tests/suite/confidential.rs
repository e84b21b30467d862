//! What must not be seen: passwords and tokens nowhere, and no recipient's address in what a service writes to its log.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::authorization_server::{AuthorizationServer, CLIENT_SECRET};
use crate::support::run::Run;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Authority, Script, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const PASSWORD: &str = "correct-Horse-7";

/// Everything that a person or a script may run, sending commands twice.
const COMMANDS: [&[&str]; 22] = [
    &["check"],
    &["check", "--format", "json"],
    &["plan"],
    &["plan", "--format", "json"],
    &["preview"],
    &["rehearse"],
    &["send", "monday", "--dry-run"],
    &["send", "monday", "--yes"],
    &["send", "monday", "--yes", "--format", "json"],
    &["run", "--once"],
    &["run", "--once", "--format", "json"],
    &["resend", "monday", "--yes"],
    &["resend", "monday", "--all", "--yes"],
    &["proof", "monday", "--to", "lead@board.example"],
    &["correct", "monday", "--file", "correction.toml", "--dry-run"],
    &["correct", "monday", "--file", "correction.toml", "--yes"],
    &["install", "--print"],
    &["history"],
    &["status", "--recipients"],
    &["status", "--recipients", "--format", "json"],
    &["report"],
    &["login"],
];

const CORRECTION: &str = "wrong = \"It says Monday.\"\nright = \"It is Tuesday.\"\n";

/// A secret and the forms in which it goes over the wire.
fn forms(user: &str, secret: &str) -> Vec<String> {
    let encoded = |text: String| BASE64_STANDARD.encode(text).trim_end_matches('=').to_owned();
    let xoauth2 = format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}");
    vec![secret.to_owned(), encoded(secret.to_owned()), encoded(format!("\0{user}\0{secret}")), encoded(xoauth2)]
}

#[track_caller]
fn assert_hides(run: &Run, secrets: &[String]) {
    for secret in secrets {
        let shown = run.stdout.contains(secret.as_str()) || run.stderr.contains(secret.as_str());
        assert!(!shown, "{secret:?} is shown\n{}", run.transcript());
    }
}

/// Every file below the project, the ledger's log and all that was written there included.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[track_caller]
fn assert_in_no_file(workspace: &Workspace, secrets: &[String], but: &[&str]) {
    for path in files(&workspace.path()) {
        if but.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret:?} is in {}", path.display());
        }
    }
}

#[test]
fn a_password_is_in_no_output_and_in_no_file_whether_it_is_right_or_wrong() {
    let authority = Authority::new("Example Board Authority");
    for known in [PASSWORD, "another one"] {
        let server = Script::new().login("news", known).tls(authority.certify("127.0.0.1", |_| ())).start();
        let workspace = Workspace::small_week_over_tls(server.port(), &authority).at(MONDAY_MORNING);
        let workspace = workspace.file("correction.toml", CORRECTION);
        let secrets = forms("news", PASSWORD);
        for command in COMMANDS {
            let run = workspace.invoke(command).env("BOARD_PASSWORD", PASSWORD).run();
            assert_hides(&run, &secrets);
        }
        assert_in_no_file(&workspace, &secrets, &[]);
        assert_eq!(server.accepted().is_empty(), known != PASSWORD, "the sign-in was really used");
    }
}

#[test]
fn a_password_of_a_command_or_a_file_stays_there() {
    let server = Script::new().login("news", PASSWORD).start();
    let sources = [format!("{{ command = \"echo {PASSWORD}\" }}"), "{ file = \"password.txt\" }".to_owned()];
    for source in sources {
        let settings = smtp_settings(server.port(), &format!("username = \"news\"\npassword = {source}"));
        let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
        let workspace = workspace.file("password.txt", format!("{PASSWORD}\n")).file("correction.toml", CORRECTION);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let path = workspace.path().join("password.txt");
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let secrets = forms("news", PASSWORD);
        for command in COMMANDS {
            assert_hides(&workspace.run(command), &secrets);
        }
        assert_in_no_file(&workspace, &secrets, &["weekcast.toml", "password.txt"]);
    }
    assert!(!server.accepted().is_empty());
}

#[test]
fn tokens_are_in_their_own_file_only_and_an_applications_secret_in_none() {
    for more in ["flow = \"device\"", "flow = \"client\"\nclient_secret = { env = \"WEEKCAST_CLIENT_SECRET\" }"] {
        let provider = AuthorizationServer::start();
        let mail = Script::new().tokens(provider.knows()).start();
        let settings = smtp_settings(mail.port(), "username = \"news@board.example\"") + &provider.settings(more);
        let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
        let workspace = workspace.file("correction.toml", CORRECTION);
        let invoke = |command: &[&str]| workspace.invoke(command).env("WEEKCAST_CLIENT_SECRET", CLIENT_SECRET).run();
        let mut runs = vec![invoke(&["login"])];
        runs.extend(COMMANDS.map(invoke));
        let mut secrets = forms("news@board.example", &provider.last_token());
        secrets.extend(["access-token-1", "refresh-token-1", CLIENT_SECRET, "device-1"].map(str::to_owned));
        runs.iter().for_each(|run| assert_hides(run, &secrets));
        assert_in_no_file(&workspace, &secrets, &[".weekcast-token.json"]);
        assert!(!mail.accepted().is_empty(), "{more}");
    }
}

/// A service's standard error is a log that others read: it counts people and does not name them, whatever the server says.
#[test]
fn the_log_of_a_sending_command_names_no_recipient() {
    let says = |stage: Stage, reply: &str| SmtpServer::with(at(stage).replies(reply));
    let servers = [
        SmtpServer::takes_all(),
        says(Stage::Rcpt, "421 4.7.0 <asha@board.example>: too busy for ben@board.example"),
        says(Stage::Rcpt, "450 4.2.0 <asha@board.example>: greylisted"),
        says(Stage::Rcpt, "550 5.1.1 <asha@board.example>: no such user"),
        says(Stage::Mail, "550 5.7.1 not to asha@board.example,ben@board.example"),
        says(Stage::EndOfData, "552 5.3.4 too large for asha@board.example"),
        SmtpServer::with(at(Stage::AfterAccept).drops()),
        SmtpServer::with(at(Stage::Rcpt).says_octets("asha@board.example is no reply\r\n")),
    ];
    for server in servers {
        for command in
            [&["run", "--once"][..], &["send", "monday", "--yes", "--format", "json"], &["send", "monday", "--yes"]]
        {
            let workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING);
            let run = workspace
                .invoke(["--patience", "50000"])
                .arguments(command.iter().map(|word| (*word).to_owned()))
                .run();
            let log = if command.contains(&"json") || command[0] == "run" { &run.stderr } else { &run.stdout };
            for who in PEOPLE {
                assert!(!log.contains(who), "{who} is named\n{}", run.transcript());
            }
            assert!(log.contains("of 6 recipients"), "{}", run.transcript());
        }
    }
}

#[test]
fn the_log_of_a_correction_names_no_recipient() {
    for reply in ["421 4.7.0 <asha@board.example>: too busy", "550 5.1.1 <asha@board.example>: no such user"] {
        let server = SmtpServer::takes_all();
        let mut workspace =
            Workspace::small_week_to(server.port()).at(MONDAY_MORNING).file("correction.toml", CORRECTION);
        workspace.run(["send", "monday", "--yes"]).succeeds();
        server.add(at(Stage::Rcpt).replies(reply));
        workspace.set_now("2027-03-15T10:12:00Z");
        let correct = ["--patience", "50000", "correct", "monday", "--file", "correction.toml", "--yes"];
        for (more, is_json) in [(&["--format", "json"][..], true), (&["--refused"], false)] {
            let run = workspace.run(correct.iter().chain(more));
            let log = if is_json { &run.stderr } else { &run.stdout };
            assert!(PEOPLE.iter().all(|who| !log.contains(who)), "{}", run.transcript());
            assert!(log.contains("of 6 recipients"), "{}", run.transcript());
        }
    }
}
