//! Child processes, tried on the shell: the program itself may still be silent.
#![cfg(unix)]

use std::fs;

use crate::support::program::Invocation;
use crate::support::small_week;
use crate::support::workspace::Workspace;

/// A shell script in place of the program.
fn shell(workspace: &Workspace, script: &str) -> Invocation {
    let program = workspace.home().join("script");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    let invocation = Invocation::new("/bin/sh", &workspace.path(), &workspace.home()).inside("");
    invocation.arguments([program.to_string_lossy().into_owned()])
}

#[test]
fn status_and_both_streams_are_collected() {
    let workspace = Workspace::new();
    let run = shell(&workspace, "echo '{\"a\":1}'; echo \"in $PWD\" >&2; exit 65").run().exits(65);
    assert_eq!(run.json(), serde_json::json!({"a": 1}));
    assert_eq!(run.stdout, "{\"a\":1}\n");
    assert!(run.transcript().contains("in PROJECT\n"), "{}", run.transcript());
}

#[test]
fn input_is_given_and_otherwise_empty() {
    let workspace = Workspace::new();
    shell(&workspace, "cat").stdin("monday\n").run().succeeds().says("monday\n");
    assert_eq!(shell(&workspace, "cat").run().succeeds().stdout, "");
}

#[test]
fn the_environment_is_clean() {
    let workspace = Workspace::new();
    let run = shell(&workspace, "env").env("GIVEN", "yes").run().succeeds();
    let mut names: Vec<&str> = run.stdout.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    names.retain(|name| !["PWD", "OLDPWD", "SHLVL", "_", "LLVM_PROFILE_FILE"].contains(name));
    names.sort_unstable();
    assert_eq!(names, ["GIVEN", "HOME", "NO_COLOR", "PATH", "TZ"]);
}

#[test]
fn a_running_program_is_watched_signalled_and_killed() {
    let workspace = Workspace::new();
    let script = "mkfifo fifo; trap 'exit 3' TERM; echo ready; while :; do read never < fifo; done";
    let running = shell(&workspace, script).spawn();
    running.waits_to_say("ready");
    running.signal("TERM");
    running.wait().exits(3);

    let running = shell(&workspace, "echo ready; read never < fifo").spawn();
    running.waits_to_say("ready");
    assert_eq!(running.kill().status, -1);
}

#[test]
#[should_panic(expected = "the status is wrong")]
fn a_wrong_status_fails() {
    shell(&Workspace::new(), "exit 1").run().succeeds();
}

#[test]
fn the_small_week_is_laid_out() {
    let workspace = Workspace::small_week().file("broadcasts/march/a.bin", [0, 159, 146, 150]);
    assert_eq!(workspace.names(""), ["broadcasts", "recipients.toml", "weekcast.toml"]);
    assert_eq!(workspace.names("broadcasts"), ["march", "march.toml"]);
    for text in [workspace.read("broadcasts/march.toml"), workspace.read("recipients.toml")] {
        toml::from_str::<toml::Table>(&text).expect("it is TOML");
    }
    for settings in [small_week::outbox_settings(), small_week::smtp_settings(25, "connections = 1")] {
        toml::from_str::<toml::Table>(&settings).expect("it is TOML");
    }
    let workspace = workspace.edited("recipients.toml", "Front-line staff", "Staff");
    assert!(workspace.read("recipients.toml").contains("title = \"Staff\""));
}

#[test]
fn the_program_itself_can_be_run() {
    let run = Workspace::small_week().run(["check"]);
    assert!(run.command.ends_with("--now 2027-03-15T08:20:00Z check"), "{}", run.command);
}
