//! What the officer reads, whole, as golden files: the plan, the rehearsal, a day with a refusal and a doubt, its end.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::smtp_server::{Script, Stage, at};
use crate::support::workspace::Workspace;

#[test]
fn a_week_reads_like_a_conversation_with_a_careful_colleague() {
    let server = Script::new()
        .rule(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"))
        .rule(at(Stage::AfterAccept).to("dev@*").nth(1).drops())
        .start();
    // One connection, so that the order is the same each time.
    let settings = crate::support::small_week::smtp_settings(server.port(), "connections = 1");
    let mut workspace = Workspace::small_week().settings(&settings);
    let port = server.port().to_string();
    let mut names = Vec::new();
    let mut step = |workspace: &Workspace, name: &str, arguments: &[&str]| {
        let run = workspace.run(arguments.iter().copied());
        assert_golden(&format!("transcripts/{name}.txt"), run.transcript().replace(&port, "PORT"));
        names.push(format!("{name}.txt"));
    };
    step(&workspace, "1-check", &["check"]);
    step(&workspace, "2-plan", &["plan"]);
    step(&workspace, "3-too-early", &["send", "monday", "--yes"]);
    workspace.set_now("2027-03-15T08:31:00Z");
    step(&workspace, "4-dry-run", &["send", "monday", "--dry-run"]);
    step(&workspace, "5-send", &["send", "monday", "--yes"]);
    step(&workspace, "6-status", &["status", "monday"]);
    step(&workspace, "7-resend", &["resend", "monday", "--yes"]);
    step(&workspace, "8-resolve", &["resolve", "monday", "--as", "accepted"]);
    step(&workspace, "9-run-once", &["run", "--once"]);
    no_leftovers("transcripts", &names);
}
