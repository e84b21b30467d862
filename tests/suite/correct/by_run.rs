//! `run` goes on with a correction that a person began: its own people, its own text, or not at all.

use std::sync::Arc;

use weekcast::exit::Exit;

use crate::correct::{FILE, LATER, correct, corrections, recipients, sent, status};
use crate::support::simulation::{Interrupted, run_week};
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Accepted, Gate, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const TWENTY_MINUTES_ON: &str = "2027-03-15T10:32:00Z";

/// A correction that was put off for Ben and that nobody has gone on with.
fn put_off(server: &SmtpServer) -> Workspace {
    let workspace = sent(server);
    server.add(at(Stage::Rcpt).to("ben@*").nth(1).replies("450 4.2.0 later"));
    workspace.run(correct(&["--yes"])).exits(75).says("It goes on by weekcast run");
    assert_eq!(corrections(server).len(), 5);
    workspace
}

#[test]
fn who_was_put_off_gets_it_when_their_time_has_come() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.run(["status", "monday"]).succeeds().says("monday, correction 1: not finished: weekcast run goes on");
    workspace.run(["run", "--once"]).exits(75);
    assert_eq!(corrections(&server).len(), 5, "before their time");
    workspace.set_now(TWENTY_MINUTES_ON);
    let run = workspace.run(["run", "--once"]).succeeds();
    run.complains("Monday, correction 1").complains("the mail server accepted 6 of 6 recipients");
    let taken = corrections(&server);
    assert_eq!(recipients(&taken).last(), Some(&"ben@board.example"));
    assert!(taken[5].text().contains("Dear Ben,") && taken[5].text().contains("It begins on 22 March"));
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(corrections(&server).len(), 6, "nobody has it twice");
    let history = workspace.run(["history"]).succeeds().stdout;
    assert_eq!(history.matches("correction 1 of edition 1, from correction.toml").count(), 2, "{history}");
    server.assert_no_violations();
}

#[test]
fn killed_in_the_middle_it_goes_on_and_doubts_stay_doubts() {
    let gate = Gate::new();
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    server.add(at(Stage::AfterAccept).to("chloe@*").nth(1).holds(&gate));
    let running = workspace.spawn(correct(&["--yes"]));
    gate.wait_for_arrivals(1);
    workspace.run(["run", "--once"]).exits(75).complains("another weekcast is sending");
    running.kill();
    gate.open();
    workspace.run(["run", "--once"]).exits(1).complains("is in doubt");
    workspace.run(["run", "--once"]).succeeds();
    let taken = corrections(&server);
    let mut people = recipients(&taken);
    people.sort_unstable();
    assert_eq!(people, PEOPLE, "everybody once");
    let counts = status(&workspace)["corrections"][0]["counts"].clone();
    assert_eq!((&counts["accepted"], &counts["in_doubt"]), (&5.into(), &1.into()));
}

#[test]
fn an_unreachable_server_loses_nobody_and_the_running_one_waits_for_it() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    workspace.write("weekcast.toml", smtp_settings(closed, "connections = 1"));
    workspace.run(correct(&["--yes"])).exits(69);
    workspace.run(["run", "--once"]).exits(69).complains("cannot be reached");
    workspace.write("weekcast.toml", smtp_settings(server.port(), "connections = 1"));
    let running = workspace.spawn(["run"]);
    running.waits_to_complain("waiting until Tuesday 16 March 2027 at 08:30");
    running.signal("TERM");
    running.wait().succeeds();
    assert_eq!(recipients(&corrections(&server)), PEOPLE);
}

#[test]
fn the_day_of_the_moment_goes_first_and_the_correction_in_the_same_look() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).succeeds();
    let taken = server.accepted();
    assert_eq!(taken.len(), 6 + 5 + 6 + 1);
    assert!(taken.last().unwrap().text().contains("Subject: Correction:"));
}

#[test]
fn another_text_is_held_and_named_with_the_ways_out() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.set_now(TWENTY_MINUTES_ON);
    workspace.write("correction.toml", FILE.replace("22 March", "23 March"));
    let run = workspace.run(["run", "--once"]).exits(76);
    run.complains("monday, correction 1: held, because its text is not the one any more that it began with")
        .complains("weekcast correct monday --file correction.toml --changed");
    let again = workspace.run(["run", "--once"]).exits(76);
    assert_eq!(again.stderr, "", "it is named once");
    let shown = workspace.run(["status"]).succeeds();
    shown.says("monday, correction 1: held").says("--file correction.toml --new").says("held ");
    let json = status(&workspace);
    assert_eq!(
        (&json["state"], &json["corrections"][0]["state"], &json["corrections"][0]["held"]),
        (&"sent".into(), &"held".into(), &"text_changed".into())
    );
    let history = workspace.run(["history"]).succeeds().says("a correction was held");
    history.says("correction 1: its text is not the one any more that it began with");
    for text in ["wrong = 1", ""] {
        workspace.write("correction.toml", text);
        workspace.run(["run", "--once", "--verbose"]).exits(76).complains("--file correction.toml --dry-run");
        assert_eq!(status(&workspace)["corrections"][0]["held"], "faulty");
    }
    std::fs::remove_file(workspace.path().join("correction.toml")).unwrap();
    let run = workspace.run(["run", "--once"]).exits(76).complains("the file that it was made from is no longer there");
    run.complains("weekcast correct monday --file FILE");
    assert_eq!(status(&workspace)["corrections"][0]["held"], "file_missing");
    assert_eq!(corrections(&server).len(), 5, "nothing was sent");
    workspace.write("correction.toml", FILE);
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(corrections(&server).len(), 6);
    assert!(status(&workspace)["corrections"][0].get("held").is_none());
}

#[test]
fn a_run_that_stays_hears_of_a_correction_that_was_begun_while_it_waits() {
    let server = SmtpServer::takes_all();
    let workspace = Arc::new(sent(&server));
    server.add(at(Stage::Rcpt).to("ben@*").nth(1).replies("450 4.2.0 later"));
    let shared = Arc::clone(&workspace);
    let command = move || drop(shared.run(correct(&["--yes"])).exits(75));
    let clock = Interrupted::at(LATER, command);
    let ran = run_week(&workspace, "march", &clock, false, &mut |_| ());
    assert_eq!(ran.exit, Ok(Exit::Done));
    let texts: Vec<String> = server.accepted()[6..].iter().map(Accepted::text).collect();
    let marked = texts.iter().take_while(|text| text.contains("Subject: Correction:")).count();
    assert_eq!((marked, texts.len()), (6, 12), "Ben's comes the same morning, before Tuesday's broadcast");
    assert!(texts[5].contains("\r\nTo: Ben Example <ben@board.example>\r\n"), "{}", texts[5]);
}

/// The broadcast of Monday would be another text now; its correction is the one that it was.
#[test]
fn another_day_that_was_moved_or_dropped_changes_no_correction() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.run(["move", "tuesday", "2027-03-18"]).succeeds().says("Already sent as it was: monday");
    workspace.run(["drop", "thursday"]).succeeds();
    workspace.set_now(TWENTY_MINUTES_ON);
    workspace.run(correct(&["--dry-run"])).succeeds().says("to 1 recipient");
    workspace.run(["run", "--once"]).succeeds().complains("accepted 6 of 6");
    let taken = corrections(&server);
    assert_eq!(recipients(&taken).last(), Some(&"ben@board.example"));
    assert!(taken.iter().all(|one| !one.text().contains("Day 1")), "{}", taken[5].text());
    // Given again when it is done, it goes to nobody and asks for nothing.
    workspace.run(["drop", "2027-03-18", "--undo"]).succeeds();
    workspace.run(correct(&["--yes"])).succeeds().says("correction 1").says("6 of 6");
    assert_eq!(corrections(&server).len(), 6);
}

#[test]
fn after_four_days_a_person_decides() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.set_now("2027-03-19T10:13:00Z");
    workspace.run(["run", "--once"]).exits(76).complains("monday, correction 1: held, because it was begun but not");
    assert_eq!(corrections(&server).len(), 5);
    workspace.run(correct(&["--yes"])).succeeds();
    assert_eq!(corrections(&server).len(), 6);
}

#[test]
fn an_earlier_correction_does_not_come_behind_a_later_one() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    workspace.write("second.md", "The course begins on 24 March.\n");
    workspace.run(["correct", "monday", "--file", "second.md", "--new", "--yes"]).succeeds();
    workspace.set_now(TWENTY_MINUTES_ON);
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(corrections(&server).len(), 11);
    let shown = workspace.run(["status", "monday"]).succeeds();
    shown.says("monday, correction 1: not finished: a later message went to the same people");
}

#[test]
fn a_file_from_elsewhere_is_named_in_full_here_and_by_its_name_in_an_e_mail() {
    let server = SmtpServer::takes_all();
    let mut workspace = sent(&server);
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("sorry.md");
    std::fs::write(&file, "The course begins on 22 March.\n").unwrap();
    let path = file.canonicalize().unwrap().display().to_string();
    server.add(at(Stage::Rcpt).to("ben@*").nth(1).replies("450 4.2.0 later"));
    workspace.run(["correct", "monday", "--file", &path, "--yes"]).exits(75);
    let settings = workspace.read("weekcast.toml") + "\n[notify]\nto = [\"officer@board.example\"]\n";
    workspace.write("weekcast.toml", settings);
    std::fs::rename(&file, elsewhere.path().join("other.md")).unwrap();
    workspace.set_now(TWENTY_MINUTES_ON);
    workspace.run(["run", "--once"]).exits(76).complains(&path);
    let notice = server.accepted().into_iter().find(|one| one.recipient == "officer@board.example").unwrap().text();
    let folder = elsewhere.path().file_name().unwrap().to_string_lossy().into_owned();
    assert!(notice.contains("sorry.md") && !notice.contains(&folder), "{notice}");
    std::fs::rename(elsewhere.path().join("other.md"), &file).unwrap();
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(corrections(&server).len(), 6);
}

#[test]
fn who_looks_after_the_week_is_told_once() {
    let server = SmtpServer::takes_all();
    let mut workspace = put_off(&server);
    let settings = workspace.read("weekcast.toml") + "\n[notify]\nto = [\"officer@board.example\"]\n";
    workspace.write("weekcast.toml", settings);
    workspace.set_now(TWENTY_MINUTES_ON);
    workspace.write("correction.toml", FILE.replace("22 March", "23 March"));
    for _ in 0..2 {
        workspace.run(["run", "--once"]).exits(76);
    }
    workspace.write("correction.toml", FILE);
    for _ in 0..2 {
        workspace.run(["run", "--once"]).succeeds();
    }
    let notices = server.accepted().into_iter().filter(|one| one.recipient == "officer@board.example");
    let texts: Vec<String> = notices.map(|one| one.text()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].contains("Subject: weekcast: correction 1 of Monday 15 March is held"), "{}", texts[0]);
    assert!(texts[1].contains("Subject: weekcast: correction 1 of Monday 15 March is done"), "{}", texts[1]);
}
