//! A correction that was broken off, changed on the way, or is not the only one.

use crate::correct::{FILE, correct, corrections, ids, recipients, sent, status};
use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{Accepted, Gate, SmtpServer, Stage, at};
use serde_json::Value;

#[test]
fn texts_that_were_mixed_are_named_before_the_first_correction() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"));
    let workspace = sent(&server).edited("broadcasts/march.toml", "Please **book early**.", "Please book soon.");
    workspace.run(["resend", "monday", "--changed", "--yes"]).succeeds();
    workspace.run(correct(&["--yes"])).succeeds().says("6 of 6").complains("went out with 2 texts");
}

#[test]
fn a_second_correction_is_another_one_and_only_when_asked_for() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    workspace.run(correct(&["--yes"])).succeeds();
    let first = workspace.read("correction.toml");
    workspace.write("correction.toml", first.replace("22 March", "23 March"));
    let run = workspace.run(correct(&["--yes"])).exits(76);
    run.complains("correction 1 of monday's broadcast went out with another text: right changed").complains("--new");
    assert_eq!(corrections(&server).len(), 6);
    for _ in 0..2 {
        workspace.run(correct(&["--yes", "--new"])).succeeds().says("correction 2").says("6 of 6");
        assert_eq!(corrections(&server).len(), 12, "the same command again goes on and begins nothing");
    }
    workspace.write("correction.toml", first);
    workspace.run(correct(&["--yes", "--new"])).succeeds().says("correction 1");
    assert_eq!(corrections(&server).len(), 12);
    let day = status(&workspace);
    let originals = ids(&day);
    let texts: Vec<String> = corrections(&server).iter().map(Accepted::text).collect();
    for (_, original) in originals {
        assert_eq!(texts.iter().filter(|text| text.contains(&format!("References: <{original}>"))).count(), 2);
    }
    let numbers: Vec<&Value> = day["corrections"].as_array().unwrap().iter().map(|one| &one["number"]).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_text_that_changed_on_the_way_is_not_mixed_in_unasked() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    server.add(at(Stage::Rcpt).to("ben@*").nth(1).replies("550 5.2.2 mailbox full"));
    let run = workspace.run(correct(&["--yes"])).exits(1);
    run.says("--refused").says("5 of 6");
    workspace.run(correct(&["--yes"])).exits(1);
    assert_eq!(corrections(&server).len(), 5, "a refused one is not tried again by itself");
    workspace.write("correction.toml", FILE.replace("We are sorry", "We are very sorry"));
    workspace.run(correct(&["--yes", "--refused"])).exits(76).complains("text of the correction changed");
    workspace.run(correct(&["--yes", "--refused", "--changed"])).succeeds().says("correction 1").says("6 of 6");
    assert!(corrections(&server).last().unwrap().text().contains("very sorry"));
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_stopped() {
    let gate = Gate::new();
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    server.add(at(Stage::Data).to("chloe@*").nth(1).holds(&gate));
    let running = workspace.spawn(correct(&["--yes"]));
    gate.wait_for_arrivals(1);
    workspace.run(correct(&["--yes"])).exits(75).complains("another weekcast is sending");
    let now = status(&workspace);
    assert_eq!((&now["state"], &now["corrections"][0]["state"]), (&"sent".into(), &"sending".into()));
    running.kill();
    gate.open();
    let before: Vec<String> = corrections(&server).iter().map(|one| one.recipient.clone()).collect();
    let run = workspace.run(correct(&["--yes", "--format", "json"]));
    let after = corrections(&server);
    let counts = run.json()["broadcasts"][0]["corrections"][0]["counts"].clone();
    let (accepted, doubt) = (counts["accepted"].as_u64().unwrap(), counts["in_doubt"].as_u64().unwrap());
    assert_eq!(accepted + doubt, 6, "nobody is lost: {counts}");
    assert_eq!(run.status, i32::from(doubt > 0), "{}", run.transcript());
    let mut people = recipients(&after);
    assert_eq!(before[0], "asha@board.example");
    people.sort_unstable();
    people.dedup();
    assert_eq!(people.len(), after.len(), "nobody has it twice");
    assert_eq!(people, PEOPLE);
}

#[test]
fn a_doubtful_correction_is_settled_by_its_number() {
    for (decision, copies) in [("accepted", 1), ("resend", 2)] {
        let server = SmtpServer::takes_all();
        let workspace = sent(&server);
        server.add(at(Stage::AfterAccept).to("chloe@*").nth(1).drops());
        let run = workspace.run(correct(&["--yes"])).exits(1);
        run.says("weekcast resolve monday --correction 1 --as accepted");
        workspace.run(correct(&["--yes", "--in-doubt"])).exits(1);
        let copies_now =
            || recipients(&corrections(&server)).iter().filter(|one| **one == "chloe@board.example").count();
        assert_eq!(copies_now(), 1, "--in-doubt is about the original");
        workspace.run(["status", "monday"]).succeeds().says("weekcast resolve monday --correction 1 --as resend");
        workspace.run(["resolve", "monday", "--correction", "2", "--as", decision, "--yes"]).exits(64);
        workspace.run(["resolve", "monday", "--as", "accepted"]).succeeds().says("0 doubtful messages");
        workspace.run(["resolve", "monday", "--correction", "1", "--as", decision, "--yes"]).succeeds();
        assert_eq!(copies_now(), copies, "{decision}");
        let counts = status(&workspace)["corrections"][0]["counts"].clone();
        assert_eq!((&counts["accepted"], &counts["in_doubt"]), (&6.into(), &0.into()));
    }
}

#[test]
fn a_file_elsewhere_is_found_again_and_its_folder_is_told_to_nobody() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    server.add(at(Stage::AfterAccept).to("ben@*").nth(1).drops());
    let folder = workspace.home().join("private folder");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("elsewhere.toml"), FILE).unwrap();
    let path = folder.join("elsewhere.toml").display().to_string();
    workspace.run(["correct", "monday", "--file", &path, "--yes"]).exits(1);
    workspace.run(["resolve", "monday", "--correction", "1", "--as", "resend", "--yes"]).succeeds().says("6 of 6");
    let history = workspace.run(["history"]).succeeds().says("correction 1 of edition 1, from elsewhere.toml");
    let json = workspace.run(["history", "--format", "json"]).succeeds().stdout;
    workspace.run(["report"]).succeeds();
    let names = workspace.names("report");
    assert!(names.iter().any(|name| name.contains("correction") && name.ends_with(".eml")), "{names:?}");
    let pack = names.iter().map(|name| workspace.read(format!("report/{name}")));
    for text in pack.chain([history.stdout, json]) {
        assert!(!text.contains("private folder"), "{text}");
    }
}
