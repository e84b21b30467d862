//! The digest of a day: the same value wherever it is shown, and a change after sending began is named by the field.

use crate::support::small_week::outbox_settings;
use crate::support::workspace::Workspace;

const WEEK: &str = "broadcasts/march.toml";

/// The small week with Monday sent.
fn sent() -> Workspace {
    let workspace = Workspace::small_week().at("2027-03-15T08:40:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace
}

#[test]
fn preview_plan_status_and_report_show_one_value() {
    let workspace = sent();
    let digest = |command: &str| {
        let json = workspace.run([command, "monday", "--format", "json"]).succeeds().json();
        json["broadcasts"][0]["digest"].as_str().unwrap().to_owned()
    };
    let planned = digest("plan");
    assert_eq!(planned.len(), 64);
    assert_eq!(digest("status"), planned);
    workspace.run(["preview", "monday"]).succeeds();
    let page = workspace.read("preview/1-monday-2027-03-15/index.html");
    assert!(page.contains(&planned), "{page}");
    workspace.run(["report"]).succeeds();
    let report = workspace.read("report/index.html");
    assert!(report.contains(&planned[..12]), "{report}");
}

#[test]
fn a_change_is_named_by_its_field_and_day() {
    for (path, old, new, field) in [
        (WEEK, "Please **book early**.", "Please **book today**.", "body"),
        (WEEK, "Please **book early**.", "Please *book early*.", "body"),
        (WEEK, "Where to find the courses of this year.", "Where to learn.", "summary"),
        (WEEK, "Updated monthly", "Updated weekly", "links"),
        (WEEK, "https://board.example/courses", "https://board.example/course", "links"),
        (WEEK, "Thank you for all you do.", "Thank you.", "closing"),
        (WEEK, "Training Officer", "Officer", "signature"),
        (WEEK, "\"front-line\", \"schools\"", "\"schools\"", "lists"),
        (WEEK, "schedule = \"30 8", "schedule = \"25 8", "time"),
        (WEEK, "theme = \"Listening to children\"", "theme = \"Hearing children\"", "HTML part and text part"),
        ("weekcast.toml", "from = \"Example", "from = \"Sample", "sender"),
        ("weekcast.toml", "reply_to = \"training@", "reply_to = \"office@", "sender"),
    ] {
        let workspace = sent().edited(path, old, new);
        let said = format!("since monday's sending began, the broadcast changed: {field}");
        let run = workspace.run(["resend", "monday", "--yes"]).exits(76).complains(&said);
        let line = run.stderr.lines().find(|line| line.contains(&said)).unwrap();
        assert!(line.ends_with(&said), "nothing else changed: {line}");
    }
}

#[test]
fn the_look_counts_and_comments_do_not() {
    let workspace = sent().file("templates/broadcast.txt", "{{ body }}");
    workspace.run(["resend", "monday", "--yes"]).exits(76).complains("the broadcast changed: text part");
    let settings = format!("{}\n# another comment\n", outbox_settings());
    let workspace = sent().file("weekcast.toml", settings);
    workspace.run(["resend", "monday", "--yes"]).succeeds();
}
