//! `drop DAY`: the day is nowhere sent, numbered or announced, and everywhere shown; and it comes back as it was.

use crate::support::small_week::WEEK;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const FILE: &str = "broadcasts/march.toml";
const SUNDAY: &str = "2027-03-14T12:00:00Z";

#[test]
fn a_dropped_day_is_shown_everywhere_and_sent_nowhere() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port()).at(SUNDAY);
    let run = workspace.run(["drop", "tuesday", "--reason", "The speaker is ill", "--dry-run"]).succeeds();
    run.says("would be dropped: The speaker is ill")
        .says(" + dropped = \"The speaker is ill\"\n")
        .says("Nothing was written.");
    assert_eq!(workspace.read(FILE), WEEK);
    let run = workspace.run(["drop", "tuesday", "--reason", "The speaker is ill"]).succeeds();
    run.says("is dropped: The speaker is ill")
        .says("weekcast drop 2027-03-16 --undo")
        .says("place in the week: monday.");

    let shown = "dropped: \"Listening to children\" of Tuesday 16 March 2027: The speaker is ill";
    workspace.run(["check"]).succeeds().says("march: 1 day checked").says(shown);
    workspace.run(["plan"]).succeeds().says(shown).says("6 recipients    dropped\n");
    workspace
        .run(["status"])
        .succeeds()
        .says("tuesday  2027-03-16  Listening to children  dropped")
        .says("The speaker is ill");
    workspace.run(["status", "tuesday"]).succeeds().says("dropped from the week: The speaker is ill");
    let json = workspace.run(["status", "--format", "json"]).succeeds().json();
    assert_eq!(
        (&json["broadcasts"][1]["state"], &json["broadcasts"][1]["dropped"]),
        (&"dropped".into(), &"The speaker is ill".into())
    );
    for command in ["plan", "check"] {
        let json = workspace.run([command, "--format", "json"]).succeeds().json();
        assert_eq!(json["dropped"][0]["reason"], "The speaker is ill", "{command}");
    }
    workspace.run(["plan", "--ics", &workspace.path().join("week.ics").to_string_lossy()]).succeeds();
    let calendar = workspace.read("week.ics");
    let events: Vec<&str> = calendar.split("BEGIN:VEVENT").skip(1).collect();
    assert_eq!(events.len(), 2);
    assert!(
        events[1].contains("STATUS:CANCELLED") && events[1].contains("UID:march-2.weekcast@board.example"),
        "{calendar}"
    );
    assert!(!events[0].contains("CANCELLED") && events[0].contains("Day 1 of 1"), "{calendar}");
    workspace.run(["preview"]).succeeds();
    let page = workspace.read("preview/index.html");
    assert!(page.contains("<b>dropped</b> <s>Listening to children</s> The speaker is ill"), "{page}");
    let text = workspace.read("preview/1-monday-2027-03-15/message.txt");
    assert!(!text.contains("Look out for") && !text.contains("of 2"), "{text}");

    for arguments in [
        vec!["send", "tuesday", "--yes"],
        vec!["send", "2027-03-16", "--yes", "--early"],
        vec!["resend", "tuesday", "--all", "--yes"],
        vec!["sign-off", "tuesday", "--by", "Rowan", "--yes"],
        vec!["plan", "tuesday"],
        vec!["preview", "tuesday"],
        vec!["move", "tuesday", "2027-03-18"],
        vec!["drop", "tuesday"],
    ] {
        let run = workspace.run(arguments.clone()).exits(76);
        let run = run
            .complains("tuesday's broadcast, \"Listening to children\", was dropped from the week: The speaker is ill");
        run.complains("to bring it back: weekcast drop 2027-03-16 --undo");
    }
    workspace.run(["rehearse"]).succeeds().says("Caught 6 messages, as planned");
    for now in ["2027-03-15T08:31:00Z", "2027-03-16T08:31:00Z", "2027-03-16T16:00:00Z"] {
        workspace.set_now(now);
        workspace.run(["run", "--once"]).succeeds();
    }
    assert!(server.accepted().iter().all(|message| message.text().contains("Training and guidance")));
    assert_eq!(server.accepted().len(), 6);
    workspace.run(["history", "tuesday"]).succeeds().says("dropped from the week").says("The speaker is ill");
    workspace.run(["report"]).succeeds();
    let report = workspace.read("report/index.html");
    assert!(report.contains("The broadcast is complete.") && report.contains("The speaker is ill"), "{report}");
    workspace.run(["verify"]).succeeds();
}

#[test]
fn a_week_whose_days_are_all_dropped_says_so_whatever_is_asked() {
    let workspace = Workspace::small_week().at("2027-03-15T08:31:00Z");
    workspace.run(["drop", "tuesday"]).succeeds();
    let tuesday = "\"Listening to children\" of Tuesday 16 March 2027 (no reason is given)";
    let run =
        workspace.run(["plan", "2"]).exits(64).complains("no broadcast number 2; it has 1 (Monday 15 March 2027)");
    run.complains(&format!("dropped from the week: {tuesday}; to bring one back: weekcast drop 2027-03-16 --undo"));
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let run = workspace.run(["plan", "next"]).exits(64).complains("every day of the week is finished");
    run.complains(&format!("dropped from the week: {tuesday}"));

    let workspace = Workspace::small_week().at("2027-03-15T08:31:00Z");
    workspace.run(["drop", "tuesday"]).succeeds();
    workspace.run(["drop", "monday", "--reason", "The trainer is ill"]).succeeds();
    let monday = "\"Training and guidance\" of Monday 15 March 2027 (The trainer is ill)";
    let all = format!("every day of the week was dropped: {monday} and {tuesday}");
    for command in [
        "send 1 --yes",
        "send next --yes",
        "send friday --yes",
        "plan 1",
        "status next",
        "sign-off 1 --by Rowan",
        "proof next --to reader@board.example",
        "preview 1",
        "rehearse",
        "install --dry-run",
    ] {
        let run = workspace.run(command.split(' ')).exits(76).complains(&all);
        run.complains("to bring one back: weekcast drop 2027-03-15 --undo");
    }
    workspace.run(["run", "--once"]).succeeds().complains(&format!("Nothing is to be sent: {all}"));
    let words = "Every day of the week was dropped, so nothing is to be sent.";
    workspace.run(["plan"]).succeeds().says(words).says("of Monday 15 March 2027: The trainer is ill");
    workspace.run(["check"]).succeeds().says("march: every day was dropped, so nothing is to be sent");
}

#[test]
fn it_comes_back_as_it_was() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at(SUNDAY);
    let digest = |workspace: &Workspace, index: usize| {
        let json = workspace.run(["plan", "--format", "json"]).succeeds().json();
        json["broadcasts"][index]["digest"].as_str().unwrap().to_owned()
    };
    let before = [digest(&workspace, 0), digest(&workspace, 1)];
    workspace.run(["drop", "monday"]).succeeds().says("is dropped. It is not sent");
    assert!(workspace.read(FILE).contains("[[broadcast]]\ndropped = true\n"));
    workspace.run(["status", "monday"]).succeeds().says("no reason is given");
    // The other keeps its date, though it has none of its own.
    workspace.run(["plan", "tuesday"]).succeeds().says("2027-03-16");
    workspace.run(["drop", "tuesday", "--undo"]).exits(64).complains("is not dropped").complains("dropped: 2027-03-15");
    workspace.run(["drop", "monday", "--undo"]).succeeds().says("is back in the week");
    assert_eq!(workspace.read(FILE), WEEK);
    assert_eq!([digest(&workspace, 0), digest(&workspace, 1)], before);
    workspace.run(["drop", "monday", "--undo"]).exits(64).complains("no day of the week is dropped");
    workspace.run(["drop", "monday", "--undo", "--reason", "x"]).exits(64);
    workspace.run(["drop", "monday", "--reason", " "]).exits(64).complains("the reason must have 1 to 300 characters");
    workspace
        .run(["drop", "monday", "--reason", "a \u{202e}b"])
        .exits(65)
        .complains("hidden-character")
        .complains("nothing is written");
    let kinds = workspace.run(["history", "monday", "--format", "json"]).succeeds().json();
    assert_eq!((&kinds["acts"][0]["kind"], &kinds["acts"][1]["kind"]), (&"dropped".into(), &"brought-back".into()));
}

#[test]
fn its_date_may_be_another_days_and_then_it_cannot_come_back_to_it() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at(SUNDAY);
    workspace.run(["drop", "tuesday"]).succeeds();
    workspace.run(["move", "monday", "2027-03-16"]).succeeds();
    let run = workspace.run(["drop", "tuesday", "--undo"]).exits(64);
    run.complains("\"Training and guidance\" goes out on Tuesday 16 March 2027")
        .complains("weekcast move 2027-03-16 DATE");
    // The live day is meant by the name that both have.
    workspace.run(["plan", "tuesday"]).succeeds().says("Training and guidance");
    workspace.run(["move", "tuesday", "2027-03-17"]).succeeds();
    workspace.run(["drop", "tuesday", "--undo"]).succeeds();
}

#[test]
fn what_has_begun_cannot_be_dropped_and_by_hand_its_record_stays() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port()).at(SUNDAY);
    workspace.set_now("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["drop", "monday"]).exits(76).complains("the mail server has accepted 6 messages of it");
    // Whoever writes the line into the file changes nothing about what was.
    let dropped = workspace.edited(FILE, "theme = \"Training", "dropped = true\ntheme = \"Training");
    let run = dropped.run(["status"]).succeeds().says("6 of 6");
    run.says("monday, 2027-03-15: dropped from the week, though sending had begun before: no reason is given");
    dropped.run(["send", "monday", "--yes"]).exits(76);
    dropped.run(["report"]).succeeds();
    assert!(dropped.read("report/index.html").contains("The mail server accepted all 6 messages"));
}
