//! The question before a send, on a real pseudo-terminal, which util-linux's `script` makes.
#![cfg(target_os = "linux")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

/// What a terminal shows of a command when this is typed, and the exit status; nothing where there is no `script`.
pub fn on_a_terminal(workspace: &Workspace, command: &str, typed: &str) -> Option<(String, i32)> {
    let program = env!("CARGO_BIN_EXE_weekcast");
    let project = workspace.path();
    let line = format!("{program} --project {} --now 2027-03-15T08:31:00Z {command}", project.display());
    let mut script = match Command::new("script")
        .args(["--quiet", "--return", "--flush", "--command", &line, "/dev/null"])
        .env("TERM", "dumb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    {
        Ok(script) => script,
        Err(error) => {
            eprintln!("skipped: question: there is no script(1): {error}");
            return None;
        }
    };
    script.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    Some((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code().unwrap()))
}

#[test]
fn the_day_must_be_typed_by_its_name() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    for typed in ["y\n", "tuesday\n", "\n"] {
        let Some((shown, status)) = on_a_terminal(&workspace, "send monday --no-wait", typed) else { return };
        assert_eq!(status, 64, "{shown}");
        assert!(shown.contains("Safeguarding Awareness Week: Training and guidance"), "{shown}");
        assert!(shown.contains("6 recipients") && shown.contains("front-line and schools"), "{shown}");
        assert!(shown.contains("nothing was sent"), "{shown}");
    }
    assert!(server.commands().is_empty());
    let Some((shown, status)) = on_a_terminal(&workspace, "send monday --no-wait", "Monday\n") else { return };
    assert_eq!(status, 0, "{shown}");
    assert_eq!(server.journal().recipients(), PEOPLE);
}
