//! `correct`: threaded to the original, to those who got it and to nobody else; kills, doubts, second corrections.

mod by_run;
mod going_on;
mod people;

use serde_json::Value;

use crate::support::golden::assert_golden;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Accepted, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const LATER: &str = "2027-03-15T10:12:00Z";

const FILE: &str = r#"wrong = "The message says that the course begins on **15 March**."
right = "It begins on 22 March; [the course list](https://board.example/courses) is right."
body = '''
Dear {{ recipient.first_name or "colleague" }},

We are sorry for the mistake.
'''
"#;

/// The command, with more words behind it.
fn correct<'a>(more: &[&'a str]) -> Vec<&'a str> {
    ["correct", "monday", "--file", "correction.toml"].iter().chain(more).copied().collect()
}

/// The small week with its correction, over one connection.
fn week(server: &SmtpServer) -> Workspace {
    let settings = smtp_settings(server.port(), "connections = 1");
    Workspace::small_week().settings(&settings).file("correction.toml", FILE).at(MONDAY_MORNING)
}

/// The same after Monday went out.
fn sent(server: &SmtpServer) -> Workspace {
    let mut workspace = week(server);
    workspace.run(["send", "monday", "--yes"]);
    workspace.set_now(LATER);
    workspace
}

fn status(workspace: &Workspace) -> Value {
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    status["broadcasts"][0].clone()
}

/// The Message-ID of each recipient's copy, by a status's list of deliveries.
fn ids(of: &Value) -> Vec<(String, String)> {
    let deliveries = of["deliveries"].as_array().unwrap().iter();
    let pair = |one: &Value| Some((one["address"].as_str()?.to_owned(), one["message_id"].as_str()?.to_owned()));
    deliveries.filter_map(pair).collect()
}

fn field<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The corrections that a server took, in order.
fn corrections(server: &SmtpServer) -> Vec<Accepted> {
    let marked =
        |one: &Accepted| field(&one.text(), "Subject").is_some_and(|subject| subject.starts_with("Correction:"));
    server.accepted().into_iter().filter(marked).collect()
}

fn recipients(messages: &[Accepted]) -> Vec<&str> {
    messages.iter().map(|one| one.recipient.as_str()).collect()
}

#[test]
fn each_gets_an_answer_to_their_own_copy_and_nobody_else_does() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 no such user"));
    let workspace = sent(&server);
    let run = workspace.run(correct(&["--yes"])).succeeds();
    run.says("Monday, correction 1, \"Correction: Safeguarding Awareness Week: Training and guidance\"")
        .says("the mail server accepted 5 of 5 recipients");
    let taken = corrections(&server);
    assert_eq!(
        recipients(&taken),
        [PEOPLE[0], PEOPLE[2], PEOPLE[3], PEOPLE[4], PEOPLE[5]],
        "Ben never got the original"
    );
    let originals = ids(&status(&workspace));
    for one in &taken {
        let text = one.text();
        let (_, original) = originals.iter().find(|(address, _)| *address == one.recipient).unwrap();
        for name in ["In-Reply-To", "References"] {
            assert_eq!(field(&text, name), Some(format!("<{original}>").as_str()), "{name} of {}", one.recipient);
        }
        assert_ne!(field(&text, "Message-ID"), Some(format!("<{original}>").as_str()));
        assert!(!PEOPLE.iter().any(|other| **other != one.recipient && text.contains(other)));
    }
    server.assert_no_violations();
    workspace.run(correct(&["--yes"])).succeeds();
    assert_eq!(corrections(&server).len(), 5, "given again, it sends to nobody twice");
}

#[test]
fn the_message_is_as_written_down() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    workspace.run(correct(&["--yes"])).succeeds();
    let text = corrections(&server)[1].text();
    // The ids are made with the ledger's secret.
    let own = field(&text, "Message-ID").unwrap();
    let original = field(&text, "In-Reply-To").unwrap();
    let steady = text.replace(own, "<OWN>").replace(original, "<ORIGINAL>");
    assert_golden("correct/ben.eml", steady);
}

#[test]
fn a_dry_run_shows_it_and_changes_nothing() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    let before = server.commands().len();
    let run = workspace.run(correct(&["--dry-run"])).succeeds();
    run.says("Dry run: would send correction 1 of monday's broadcast")
        .says("to 6 recipients")
        .says("preview-correction");
    assert_eq!(server.commands().len(), before, "no connection was opened");
    assert_eq!(status(&workspace)["corrections"], Value::Array(Vec::new()));
    let folder = "preview-correction/1-monday-2027-03-15";
    let eml = workspace.read(format!("{folder}/message.eml"));
    workspace.run(correct(&["--yes"])).succeeds();
    assert_eq!(corrections(&server)[0].text(), eml, "the preview is the message");
    assert!(workspace.read(format!("{folder}/message.html")).contains("What was wrong:"));
    assert!(workspace.read("preview-correction/index.html").contains("Correction 1: Training and guidance"));
}

#[test]
fn what_cannot_be_corrected_is_refused_with_the_reason() {
    let server = SmtpServer::with(at(Stage::Rcpt).first_for_each(1).replies("450 4.2.0 later"));
    let mut workspace = week(&server);
    workspace.run(correct(&["--yes"])).exits(76).complains("has not been sent, so there is nothing to correct");
    assert!(!workspace.path().join("weekcast.db").exists(), "looking makes no ledger");
    workspace.run(["send", "monday", "--yes"]).exits(75);
    workspace.run(correct(&["--yes"])).exits(76).complains("nobody is known to have got");
    workspace.set_now(LATER);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(correct(&[])).exits(64).complains("--yes");
    workspace.run(["correct", "tuesday", "--file", "correction.toml", "--yes"]).exits(76);
    workspace.run(["correct", "monday", "--file", "missing.toml", "--yes"]).exits(66).complains("missing.toml");
    workspace.write("bad.toml", "wrnog = \"a\"\nright = \"\"\n");
    let run = workspace.run(["correct", "monday", "--file", "bad.toml", "--yes"]).exits(65);
    run.complains("unknown key `wrnog`")
        .complains("`right` is blank")
        .complains("2 errors, so nothing is written or sent");
    workspace
        .write("bad.md", "Look at [this](javascript:alert(1)), {{ recipient.frist_name }}, **and ![](chart.png)\n");
    let run = workspace.run(["correct", "monday", "--file", "bad.md", "--yes"]).exits(65);
    run.complains("bad.md:1:").complains("chart.png").complains("frist_name");
    assert!(corrections(&server).is_empty());
}

#[test]
fn markdown_from_where_the_officer_is_will_do() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    workspace.write("broadcasts/sorry.md", "The course begins on **22 March**, not on 15 March.\n");
    let invocation = workspace.invoke(["correct", "monday", "--file", "sorry.md", "--yes"]).inside("broadcasts");
    invocation.run().succeeds();
    let text = corrections(&server)[0].text();
    assert!(text.contains("The course begins on 22 March, not on 15 March."), "{text}");
    let acts = workspace.run(["history"]).succeeds();
    acts.says("correction 1 of edition 1, from broadcasts/sorry.md");
}

#[test]
fn the_day_and_its_editions_take_no_notice_of_it() {
    let server = SmtpServer::takes_all();
    let mut workspace = sent(&server);
    let before = status(&workspace);
    server.add(at(Stage::Rcpt).to("ben@*").nth(1).replies("450 4.2.0 later"));
    workspace.run(correct(&["--yes"])).exits(75).says("by hand: weekcast correct monday --file correction.toml");
    let mut now = status(&workspace);
    assert_eq!(now["corrections"][0]["counts"]["deferred"], 1);
    now["corrections"] = Value::Array(Vec::new());
    assert_eq!(now, before);
    let total = server.accepted().len();
    for command in [&["send", "monday", "--yes"][..], &["resend", "monday", "--yes"]] {
        workspace.run(command.iter().copied()).succeeds();
    }
    workspace.run(["run", "--once"]).exits(75);
    let next = workspace.run(["plan", "next", "--format", "json"]).succeeds().json();
    assert_eq!(next["broadcasts"][0]["day"], "tuesday");
    assert_eq!(server.accepted().len(), total);
    let again = workspace.run(["resend", "monday", "--all", "--yes", "--format", "json"]).succeeds().json();
    assert_eq!(again["broadcasts"][0]["edition"], 2, "a correction is no edition");
    workspace.set_now("2027-03-15T11:00:00Z");
    workspace.run(correct(&["--yes"])).succeeds().says("6 of 6");
    // Two mails to one address: a bounce of the correction is the correction's.
    let ben = status(&workspace)["corrections"][0].clone();
    let id = ids(&ben).into_iter().find(|(address, _)| address == "ben@board.example").unwrap().1;
    let bounce = include_str!("../../fixtures/bounces/postfix.eml");
    let bounce = bounce.replace("mfrggzdfmztwq2lknnwg23tpob.20270315@board.example", &id);
    workspace.write("back.eml", bounce.replace("asha@school.example", "ben@board.example"));
    let back = workspace.path().join("back.eml").display().to_string();
    workspace.run(["bounces", &back]).succeeds().says("correction 1 of 2027-03-15; sent back");
    let again = workspace.run(["bounces", &back, "--format", "json"]).succeeds().json();
    assert_eq!(again["reports"][0]["recipients"][0]["correction"], 1);
    let now = status(&workspace);
    assert_eq!((&now["counts"]["bounced"], &now["corrections"][0]["counts"]["bounced"]), (&0.into(), &1.into()));
    workspace.run(["recipients", "show", "ben@board.example"]).succeeds().says("correction 1");
}

#[test]
fn it_stands_beside_the_original_in_status_report_and_history() {
    let server = SmtpServer::takes_all();
    let workspace = sent(&server);
    workspace.run(correct(&["--yes"])).succeeds();
    let shown = workspace.run(["status"]).succeeds().transcript() + &workspace.run(["history"]).succeeds().stdout;
    // Digests of acts are made with the ledger's secret.
    let steady: Vec<String> = shown.lines().map(without_hash).collect();
    assert_golden("correct/shown.txt", steady.join("\n") + "\n");
    workspace.run(["report"]).succeeds();
    let eml = workspace.read("report/1-monday-2027-03-15-correction-1.eml");
    assert_eq!(eml, corrections(&server)[0].text());
    let page = workspace.read("report/index.html");
    assert!(page.contains("The mail server accepted all 6 messages."), "the figures are those of the broadcasts");
    assert!(workspace.read("report/days.csv").contains("\"correction 1\",\"sent\""));
    assert_eq!(workspace.read("report/recipients.csv").matches("\"correction 1\"").count(), 6);
    workspace.run(["verify"]).succeeds();
    workspace.write("report/1-monday-2027-03-15-correction-1.eml", eml + " ");
    workspace.run(["verify"]).exits(1).says("1-monday-2027-03-15-correction-1.eml: changed since it was written");
}

/// A line without what only this ledger's secret makes.
fn without_hash(line: &str) -> String {
    let hex = |word: &str| word.len() == 12 && word.chars().all(|c| c.is_ascii_hexdigit());
    let steady = |word: &str| if hex(word.trim_end_matches('.')) { "HASH".to_owned() } else { word.to_owned() };
    line.split(' ').map(steady).collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
