//! `plan`: who gets what, when, and how long it takes.

use crate::support::small_week::smtp_settings;
use crate::support::workspace::Workspace;

#[test]
fn the_plan_is_the_week_as_data() {
    let json = Workspace::small_week().run(["plan", "--format", "json"]).succeeds().json();
    assert_eq!(json["week"], "march");
    let monday = &json["broadcasts"][0];
    assert_eq!(monday["day"], "monday");
    assert_eq!(monday["date"], "2027-03-15");
    assert_eq!(monday["at"], "2027-03-15T08:30:00+00:00");
    assert_eq!(monday["theme"], "Training and guidance");
    assert_eq!(monday["subject"], "Safeguarding Awareness Week: Training and guidance");
    assert_eq!(monday["lists"], serde_json::json!(["front-line", "schools"]));
    assert_eq!(monday["recipients"], 6);
    assert_eq!(monday["digest"].as_str().unwrap().len(), 64);
    assert_eq!(json["broadcasts"].as_array().unwrap().len(), 2);
}

#[test]
fn the_rate_decides_how_long_it_takes() {
    let workspace = Workspace::small_week().settings(&smtp_settings(2525, "rate = \"2/min\""));
    let json = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(json["broadcasts"][0]["takes_seconds"], 180);
}

#[test]
fn who_is_left_out_is_named_with_the_reason() {
    let workspace = Workspace::small_week().edited(
        "broadcasts/march.toml",
        "lists = [\"front-line\", \"schools\"]",
        "lists = [\"everyone\"]",
    );
    let lists = workspace.read("recipients.toml");
    workspace.write(
        "recipients.toml",
        format!(
            "{lists}\n[lists.everyone]\ninclude = [\"front-line\", \"schools\"]\nexclude = [\"opted-out\"]\n\
             [lists.opted-out]\nmembers = [\"EWA@board.example\"]\n"
        ),
    );
    let json = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(json["broadcasts"][0]["recipients"], 5);
    let skipped = &json["broadcasts"][0]["skipped"][0];
    assert_eq!(skipped["address"], "ewa@board.example");
    assert!(skipped["reason"].as_str().unwrap().contains("opted-out"));
    workspace.run(["plan"]).succeeds().says("ewa@board.example");
}

#[test]
fn both_clock_changes_keep_half_past_eight() {
    let workspace =
        Workspace::small_week().edited("broadcasts/march.toml", "starts = 2027-03-15", "starts = 2027-03-25");
    // 26 and 29 March 2027 are Easter bank holidays; the Thursday before and the Tuesday after lie around the change.
    let workspace = workspace
        .edited(
            "broadcasts/march.toml",
            "theme = \"Training and guidance\"",
            "date = 2027-03-25\ntheme = \"Training and guidance\"",
        )
        .edited(
            "broadcasts/march.toml",
            "theme = \"Listening to children\"",
            "date = 2027-03-30\ntheme = \"Listening to children\"",
        );
    let json = workspace.run(["plan", "--format", "json"]).succeeds().json();
    assert_eq!(json["broadcasts"][0]["at"], "2027-03-25T08:30:00+00:00");
    assert_eq!(json["broadcasts"][1]["at"], "2027-03-30T08:30:00+01:00");
}
