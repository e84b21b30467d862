//! To whom a correction goes, and who stands for it.

use crate::correct::{FILE, correct, corrections, field, ids, recipients, sent, status, week};
use crate::support::smtp_server::{SmtpServer, Stage, at};

#[test]
fn who_is_in_doubt_is_named_and_joins_only_when_asked() {
    let server = SmtpServer::with(at(Stage::AfterAccept).to("chloe@*").nth(1).drops());
    let workspace = sent(&server);
    let run = workspace.run(correct(&["--yes"])).succeeds();
    run.complains("Left out: 1 person, of whom it is in doubt").complains("--in-doubt").says("5 of 5");
    assert!(!recipients(&corrections(&server)).contains(&"chloe@board.example"));
    workspace.run(correct(&["--yes", "--in-doubt"])).succeeds().says("6 of 6");
    workspace.run(correct(&["--yes", "--in-doubt"])).succeeds().says("6 of 6");
    assert_eq!(recipients(&corrections(&server)).last(), Some(&"chloe@board.example"));
    assert_eq!(corrections(&server).len(), 6);
    assert_eq!(status(&workspace)["counts"]["in_doubt"], 1, "nothing of the original was settled by it");
}

#[test]
fn a_doubt_that_was_settled_joins_and_a_mended_broadcast_needs_no_correction() {
    let server = SmtpServer::with(at(Stage::AfterAccept).to("chloe@*").nth(1).drops());
    server.add(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"));
    let workspace = sent(&server);
    workspace.run(correct(&["--yes"])).succeeds().says("4 of 4");
    workspace.run(["resolve", "monday", "--as", "accepted"]).succeeds();
    let workspace = workspace.edited("broadcasts/march.toml", "Please **book early**.", "Please book for 22 March.");
    workspace.run(["resend", "monday", "--changed", "--yes"]).succeeds();
    workspace.run(correct(&["--yes"])).succeeds().says("5 of 5");
    assert_eq!(recipients(&corrections(&server)).last(), Some(&"chloe@board.example"));
    assert!(!recipients(&corrections(&server)).contains(&"ben@board.example"), "Ben got the right text at once");
}

#[test]
fn opted_out_sent_back_and_forgotten_people_are_left_out_and_counted() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    workspace.run(["recipients", "suppress", "asha@board.example", "--reason", "asked", "--by", "Rowan"]).succeeds();
    workspace.run(["recipients", "forget", "ben@board.example", "--yes"]).succeeds();
    let id = ids(&status(&workspace)).into_iter().find(|(address, _)| address == "dev@board.example").unwrap().1;
    let bounce = include_str!("../../fixtures/bounces/postfix.eml");
    let bounce = bounce.replace("mfrggzdfmztwq2lknnwg23tpob.20270315@board.example", &id);
    workspace.write("back.eml", bounce.replace("asha@school.example", "dev@board.example"));
    workspace.run(["bounces", &workspace.path().join("back.eml").display().to_string()]).succeeds();
    // Out of a list that they have left as well: no list is there by which they would want it.
    workspace.run(["recipients", "suppress", "ewa@board.example", "--list", "schools", "--by", "Rowan"]).succeeds();
    let lists = workspace.read("recipients.toml").replace("    \"Ewa Example <ewa@board.example>\",\n", "");
    workspace.write("recipients.toml", lists);
    let run = workspace.run(correct(&["--yes", "--format", "json"])).succeeds();
    let run = run
        .complains("Left out: 1 person, whose copy was sent back")
        .complains("Left out: 1 person, who was forgotten");
    let json = run.complains("Left out: 2 people, who asked not to be mailed").json();
    assert_eq!(recipients(&corrections(&server)), ["chloe@board.example", "femi@board.example"]);
    let correction = &json["broadcasts"][0]["corrections"][0];
    assert_eq!((&correction["counts"]["accepted"], &correction["counts"]["suppressed"]), (&2.into(), &2.into()));
}

#[test]
fn who_left_the_lists_gets_it_all_the_same_and_their_unknown_fields_are_named() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    let lists = workspace.read("recipients.toml");
    let without: String = lists.lines().filter(|line| !line.contains("ben@")).map(|line| format!("{line}\n")).collect();
    workspace.write("recipients.toml", without);
    let bare = FILE.replace("{{ recipient.first_name or \"colleague\" }}", "{{ recipient.name }}");
    workspace.write("correction.toml", bare);
    let run = workspace.run(correct(&["--yes"])).exits(65);
    run.complains("1 recipient has no \"name\"")
        .complains("of 1 recipient on no list of the day any more, only the address is known")
        .complains("correction.toml:4");
    assert!(corrections(&server).is_empty());
    workspace.write("correction.toml", FILE);
    let run = workspace.run(correct(&["--yes"])).succeeds().says("6 of 6");
    run.complains("1 person left the day's lists since");
    let ben = corrections(&server).into_iter().find(|one| one.recipient == "ben@board.example").unwrap().text();
    assert_eq!(field(&ben, "To"), Some("ben@board.example"));
    assert!(ben.contains("Dear colleague,"));
}

#[test]
fn as_many_people_stand_for_it_as_the_week_asks_for() {
    let server = SmtpServer::takes_all();
    let workspace = week(&server).edited("broadcasts/march.toml", "[week]\n", "[week]\nsign_off = 2\n");
    for by in ["Rowan Example", "Sam Example"] {
        workspace.run(["sign-off", "monday", "--by", by, "--yes"]).succeeds();
    }
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(correct(&["--yes", "--by", "Rowan Example"])).exits(76).complains("needs the word of 2 people");
    let twice = correct(&["--yes", "--by", "Rowan Example", "--by", "rowan  example"]);
    workspace.run(twice).exits(64).complains("must be another person's");
    assert!(corrections(&server).is_empty());
    workspace.run(correct(&["--yes", "--by", "Rowan Example", "--by", "Sam Example"])).succeeds();
    workspace.run(["history"]).succeeds().says("a correction was signed off").says("by Rowan Example and Sam Example");
    workspace.run(correct(&["--yes"])).succeeds();
    assert_eq!(corrections(&server).len(), 6);
}
