//! A day that was written to the folder before there was a mail server: it reached nobody, and never passes for sent.

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

/// Monday was sent to the folder; then the settings name a mail server.
fn practised(server: &SmtpServer) -> Workspace {
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    let settings = workspace.read("weekcast.toml");
    let (without, _) = settings.split_once("[transport]").unwrap();
    workspace.write("weekcast.toml", without);
    workspace.run(["send", "monday", "--yes"]).succeeds().says("Nothing was sent");
    let moved = workspace.run(["move", "monday", "2027-03-22"]).exits(76);
    moved.complains("was written to the outbox").conceals("mail server");
    workspace.write("weekcast.toml", settings);
    workspace
}

#[test]
fn what_reached_nobody_does_not_pass_for_sent() {
    let server = SmtpServer::takes_all();
    let workspace = practised(&server);
    for command in [
        &["send", "monday", "--yes"][..],
        &["send", "monday", "--dry-run"],
        &["resend", "monday", "--yes"],
        &["resend", "monday", "--new", "--yes"],
    ] {
        workspace.run(command).exits(76).complains("reached nobody").complains("weekcast resend monday --all");
    }
    workspace.write("correction.md", "It begins on 22 March.\n");
    let correct = ["correct", "monday", "--file", "correction.md", "--yes"];
    workspace.run(correct).exits(76).complains("reached nobody");
    assert!(server.accepted().is_empty());
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    let monday = &status["broadcasts"][0];
    assert_eq!((monday["state"].as_str(), monday["held"].as_str()), (Some("held"), Some("only_in_folder")));
}

#[test]
fn run_holds_it_and_a_new_edition_reaches_everybody() {
    let server = SmtpServer::takes_all();
    let workspace = practised(&server);
    workspace.run(["run", "--once"]).exits(76).complains("reached nobody").complains("weekcast resend monday --all");
    assert!(server.accepted().is_empty());
    workspace.run(["resend", "monday", "--all", "--yes"]).succeeds().says("accepted 6 of 6");
    assert_eq!(server.journal().recipients(), PEOPLE);
    workspace.run(["run", "--once"]).succeeds();
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    assert_eq!(server.journal().recipients(), PEOPLE);
}
