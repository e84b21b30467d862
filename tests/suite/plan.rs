//! `plan`: who gets what, when, and how long it takes.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::{Script, Stage, at};
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
fn who_has_it_already_is_counted_in_words_and_named_for_scripts() {
    let server = Script::new().rule(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 no such user")).start();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(1);
    let text = workspace.run(["plan"]).succeeds();
    let text = text
        .says("monday, 5 recipients: already accepted by the mail server on Monday 15 March 2027\n")
        .says("ben@board.example");
    text.says("For their names: weekcast status monday --recipients").conceals("asha@board.example");
    let json = workspace.run(["plan", "--format", "json"]).succeeds().json();
    assert_eq!(json["broadcasts"][0]["skipped"].as_array().unwrap().len(), 6);
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

/// The time stamps of all files of the project, for what depends on them.
fn touched(workspace: &Workspace, seconds: u64) {
    let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let top = workspace.names("").into_iter().filter(|name| name.ends_with(".toml"));
    for file in top.chain(["broadcasts/march.toml".to_owned()]) {
        let file = std::fs::File::options().write(true).open(workspace.path().join(file)).unwrap();
        file.set_modified(at).unwrap();
    }
}

/// `UID`, `SEQUENCE` and `DTSTART` of each event.
fn events(ics: &str) -> Vec<[String; 3]> {
    let value = |event: &str, name: &str| {
        let line = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap().to_owned()
    };
    let events = ics.split("BEGIN:VEVENT").skip(1);
    events.map(|event| ["UID", "SEQUENCE", "DTSTART"].map(|name| value(event, name))).collect()
}

#[test]
fn the_calendar_moves_its_events_when_it_is_made_again() {
    let workspace =
        Workspace::small_week().edited("broadcasts/march.toml", "grace = \"3h\"", "grace = \"3h\"\nsign_off = 2");
    touched(&workspace, 1_795_608_000);
    let file = workspace.path().join("march.ics").to_string_lossy().into_owned();
    let run = ["plan", "--ics", &file];
    workspace.run(run).succeeds().complains("march.ics written, with 3 events").says("Mon 15 Mar");
    let before = workspace.read("march.ics");
    assert_golden("plan/march.ics", &before);
    no_leftovers("plan", &["march.ics"]);
    workspace.run(run).succeeds();
    assert_eq!(workspace.read("march.ics"), before, "the same files give the same calendar");
    // Across the clock change, with another theme.
    let workspace = workspace.edited("broadcasts/march.toml", "starts = 2027-03-15", "starts = 2027-03-30").edited(
        "broadcasts/march.toml",
        "theme = \"Listening to children\"",
        "theme = \"Hearing children\"",
    );
    touched(&workspace, 1_795_608_060);
    workspace.run(run).succeeds();
    let (old, new) = (events(&before), events(&workspace.read("march.ics")));
    let starts = |events: &[[String; 3]]| events.iter().map(|[_, _, start]| start.clone()).collect::<Vec<_>>();
    assert_eq!(starts(&old), ["20270315T083000Z", "20270316T083000Z", "20270312T083000Z"]);
    // 26 and 29 March are bank holidays.
    assert_eq!(starts(&new), ["20270330T073000Z", "20270331T073000Z", "20270325T083000Z"]);
    for ([uid, sequence, _], [new_uid, new_sequence, _]) in old.iter().zip(&new) {
        assert_eq!(uid, new_uid);
        assert_eq!(sequence.parse::<u32>().unwrap() + 60, new_sequence.parse::<u32>().unwrap());
    }
}

#[test]
fn a_calendar_is_written_over_calendars_only() {
    let workspace = Workspace::small_week();
    let file = workspace.path().join("broadcasts/march.toml").to_string_lossy().into_owned();
    workspace.run(["plan", "--ics", &file]).exits(64).complains("does not end in .ics");
    assert!(workspace.read("broadcasts/march.toml").starts_with("[week]"));
}
