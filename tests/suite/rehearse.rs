//! `rehearse` and `demo`: the whole week over real SMTP, and nothing leaves.

use crate::support::workspace::Workspace;

#[test]
fn a_rehearsal_catches_every_message_and_changes_nothing() {
    let workspace = Workspace::small_week();
    let run = workspace.run(["rehearse"]).succeeds();
    let run = run.complains("monday").complains("6 of 6 accepted").says("Caught 12 messages, as planned");
    drop(run);
    let caught = workspace.names("rehearsal/caught");
    assert_eq!(caught.iter().filter(|name| name.ends_with(".eml")).count(), 12, "{caught:?}");
    let status = workspace.run(["status", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["state"], "planned");
    workspace.run(["rehearse"]).succeeds().says("Caught 12 messages, as planned");
}

#[test]
fn the_demo_needs_nothing() {
    let workspace = Workspace::new();
    let out = workspace.home().join("demo");
    let run = workspace.run(["demo", "--out", out.to_str().unwrap()]).succeeds();
    let run = run.says("Caught 60 messages, as planned");
    drop(run);
    assert!(out.join("preview/index.html").is_file());
    assert_eq!(std::fs::read_dir(out.join("rehearsal/caught")).unwrap().count(), 60);
}
