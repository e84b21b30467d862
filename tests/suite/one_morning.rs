//! Never two broadcasts in one morning, whatever was late, moved, or sent by hand.

use weekcast::exit::Exit;
use weekcast::model::Held;

use crate::support::simulation::{Dozing, run_week};
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const FILE: &str = "broadcasts/march.toml";

#[test]
fn after_a_late_one_by_hand_the_days_own_is_held_until_a_person_says_so() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port()).at("2027-03-16T08:00:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(76);
    workspace.run(["send", "monday", "--yes", "--late"]).succeeds();
    for now in ["2027-03-16T08:31:00Z", "2027-03-16T11:29:00Z"] {
        workspace.set_now(now);
        // An earlier run has named it; --verbose names it again.
        let run = workspace.run(["run", "--once", "--verbose"]).exits(76);
        let run = run.complains("tuesday: held, because another broadcast of the week goes out today");
        run.complains("weekcast send tuesday --late")
            .complains("weekcast move tuesday DATE")
            .complains("weekcast drop tuesday");
        let run = workspace.run(["send", "tuesday", "--yes"]).exits(76);
        run.complains(
            "\"Training and guidance\" began to go out today at 08:00, and two broadcasts in one morning are too many",
        );
        let json = workspace.run(["status", "tuesday", "--format", "json"]).succeeds().json();
        assert_eq!(
            (&json["broadcasts"][0]["state"], &json["broadcasts"][0]["held"]),
            (&"held".into(), &"second_of_the_day".into())
        );
    }
    assert_eq!(server.accepted().len(), 6);
    // A person may: with --late, or by moving it.
    workspace.run(["move", "tuesday", "2027-03-17"]).succeeds();
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(server.accepted().len(), 6);
    workspace.set_now("2027-03-17T08:31:00Z");
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(server.accepted().len(), 12);
    // The report knows that it is the day that was held, though it is on another date now.
    workspace.run(["report"]).succeeds();
    let page = workspace.read("report/index.html");
    let held = page.split("id=\"held\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert!(held.contains("Wednesday 17 March") && held.contains("sent 17 March, 08:31"), "{held}");
}

#[test]
fn late_is_a_persons_word_for_a_second_one_too() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-16T08:31:00Z");
    workspace.run(["send", "tuesday", "--yes"]).succeeds();
    workspace.run(["send", "monday", "--yes"]).exits(76);
    workspace.run(["send", "monday", "--yes", "--late"]).succeeds();
    assert_eq!(server.accepted().len(), 12);
}

/// A day is moved close behind another, and the machine sleeps over both: the later one goes out, the other is held.
#[test]
fn of_two_that_are_due_at_once_one_goes_out() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).edited(FILE, "grace = \"3h\"", "grace = \"24h\"");
    let workspace = workspace.at("2027-03-14T12:00:00Z");
    workspace.run(["move", "monday", "2027-03-17"]).succeeds();
    workspace.run(["move", "tuesday", "2027-03-18"]).succeeds();
    let clock = Dozing::at("2027-03-17T07:00:00Z").asleep("2027-03-17T08:00:00Z", "2027-03-18T08:30:00Z");
    let ran = run_week(&workspace, "march", &clock, false, &mut |_| ());
    let sent: Vec<String> = ran.sent().into_iter().map(|(date, _)| date).collect();
    assert_eq!(sent, ["2027-03-18"]);
    assert_eq!(ran.held(), [("2027-03-17".to_owned(), Held::SecondOfTheDay)]);
    assert_eq!((ran.exit, server.accepted().len()), (Ok(Exit::Held), 6));
}

/// While `run` waits, a person moves the next day: the file is read anew, and each day goes out once, where it is now.
#[test]
fn a_day_that_is_moved_while_run_waits_goes_out_on_its_new_date() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T09:00:00Z");
    let clock = Dozing::at("2027-03-15T08:00:00Z");
    let mut moved = false;
    let ran = run_week(&workspace, "march", &clock, false, &mut |_| {
        if !std::mem::replace(&mut moved, true) {
            workspace.run(["move", "tuesday", "2027-03-19"]).succeeds().says("Already sent as it was: monday.");
        }
    });
    let sent: Vec<String> = ran.sent().into_iter().map(|(date, at)| format!("{date} {}", at.format("%F %R"))).collect();
    assert_eq!(sent, ["2027-03-15 2027-03-15 08:30", "2027-03-19 2027-03-19 08:30"]);
    assert_eq!((ran.exit, server.accepted().len()), (Ok(Exit::Done), 12));
}

/// Another week of the project with a broadcast on Tuesday: whoever is on both lists would get two.
#[test]
fn two_weeks_on_one_date_are_warned_of_where_somebody_gets_both() {
    let server = SmtpServer::takes_all();
    let other = |lists: &str| {
        format!(
            "[week]\ntitle = \"Other\"\nlists = [\"{lists}\"]\n[[broadcast]]\ndate = 2027-03-16\nat = \"10:00\"\ntheme = \
             \"Online safety\"\nsummary = \"What helps.\"\nbody = \"Words.\"\n"
        )
    };
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z").week("other", &other("schools"));
    let week = |command: &[&str]| workspace.run(command.iter().copied().chain(["--week", "march"]));
    let warned =
        "\"Online safety\" of the week other goes out on Tuesday 16 March 2027 too, and 4 recipients would get both";
    week(&["check"]).succeeds().says("warning[same-morning]").says(warned);
    week(&["run", "--once"]).succeeds().complains(warned);
    // A dropped day, another list, or another date is nobody's second one.
    let alone = "[lists.partners]\nmembers = [\"zoe@partner.example\"]\n";
    let recipients = workspace.read("recipients.toml");
    workspace.write("recipients.toml", format!("{recipients}\n{alone}"));
    for text in [
        other("partners"),
        other("schools").replace("2027-03-16", "2027-03-17"),
        other("schools").replace("theme", "dropped = true\ntheme"),
    ] {
        workspace.write("broadcasts/other.toml", text);
        week(&["check"]).succeeds().conceals("same-morning");
    }
}

/// What puts an earlier broadcast right is none of its own.
#[test]
fn a_correction_in_the_morning_does_not_hold_the_days_broadcast() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.write("correction.toml", "wrong = \"The course is on Monday.\"\nright = \"The course is on Friday.\"\n");
    workspace.set_now("2027-03-16T08:00:00Z");
    let file = workspace.path().join("correction.toml").to_string_lossy().into_owned();
    workspace.run(["correct", "monday", "--file", &file, "--yes"]).succeeds();
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["status", "tuesday"]).succeeds().conceals("held");
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(server.accepted().len(), 18);
}
