//! `proof`: one marked copy to a reader, and nothing of the day changes.

use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const BEFORE: &str = "2027-03-14T09:00:00Z";

fn week(server: &SmtpServer) -> Workspace {
    Workspace::small_week().settings(&smtp_settings(server.port(), "connections = 1")).at(BEFORE)
}

#[test]
fn a_reader_gets_the_day_as_it_would_go_out_and_nobody_else_does() {
    let server = SmtpServer::takes_all();
    let workspace = week(&server).edited("broadcasts/march.toml", "[week]\n", "[week]\nsign_off = 1\n");
    let before = workspace.run(["status", "--format", "json"]).succeeds().stdout;
    let run =
        workspace.run(["proof", "monday", "--to", "lead@council.example", "--as", "ben@board.example"]).succeeds();
    run.says("lead@council.example: the mail server accepted it").says("nothing of the day has changed");
    assert_eq!(server.journal().recipients(), ["lead@council.example"]);
    let text = server.accepted()[0].text();
    assert!(text.contains("To: lead@council.example\r\nSubject: [Proof] Safeguarding Awareness Week"), "{text}");
    assert!(text.contains("Dear Ben,"), "with the fields of the one who was named");
    assert!(!text.contains("ben@board.example"), "the only address is the reader's");
    let head = text.split("\r\n\r\n").next().unwrap();
    assert!(!head.contains("List-Unsubscribe"), "a reader is on no list that they could leave: {head}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("This is a proof of the message of Monday 15 March 2027, for you to read. Nobody else got it.")
    );
    server.assert_no_violations();
    assert_eq!(workspace.run(["status", "--format", "json"]).succeeds().stdout, before);
    let history = workspace.run(["history"]).succeeds();
    history.says("a proof was sent to readers").says("to 1 reader at council.example: 1 accepted").conceals("lead@");
    // After sign-off and sending as well, and the day goes out as if there had been none.
    workspace.run(["sign-off", "monday", "--by", "Rowan Example", "--yes"]).succeeds();
    workspace.run(["send", "monday", "--early", "--yes"]).succeeds();
    let json = workspace.run(["proof", "monday", "--to", "lead@council.example", "--format", "json"]).succeeds().json();
    assert_eq!(json["proofs"][0]["state"], "accepted");
    assert_eq!(server.accepted().len(), 8);
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(status["broadcasts"][0]["digest"], json["digest"]);
    assert_eq!(status["broadcasts"][0]["counts"]["accepted"], 6);
}

#[test]
fn what_became_of_it_is_said_with_the_server_s_words() {
    for (reply, status, says) in [
        ("550 5.1.1 no such user", 1, "the mail server refused it (550 5.1.1 no such user)"),
        ("450 4.2.0 later", 75, "refused it for now (450 4.2.0 later); give the same command again later"),
    ] {
        let server = SmtpServer::with(at(Stage::Rcpt).to("lead@*").replies(reply));
        let run = week(&server).run(["proof", "monday", "--to", "lead@board.example", "--to", "sam@board.example"]);
        run.exits(status).says(says).says("sam@board.example: the mail server accepted it");
    }
    let server = SmtpServer::with(at(Stage::AfterAccept).drops());
    week(&server).run(["proof", "monday", "--to", "lead@board.example"]).exits(1).says("in doubt");
    let closed = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port() };
    let workspace = Workspace::small_week_to(closed).at(BEFORE);
    workspace.run(["proof", "monday", "--to", "lead@board.example"]).exits(69).says("not sent");
}

#[test]
fn readers_are_few_and_real_and_willing() {
    let server = SmtpServer::takes_all();
    let workspace = week(&server);
    workspace.run(["proof", "monday", "--to", "lead"]).exits(64).complains("\"lead\" is no address");
    let many: Vec<String> = (0..11).flat_map(|n| ["--to".to_owned(), format!("r{n}@board.example")]).collect();
    let many = ["proof".to_owned(), "monday".to_owned()].into_iter().chain(many);
    workspace.run(many).exits(64).complains("at most 10 readers");
    let stranger = ["proof", "monday", "--to", "lead@board.example", "--as", "nobody@board.example"];
    workspace.run(stranger).exits(64).complains("is on none of monday's lists");
    workspace.run(["recipients", "suppress", "lead@board.example", "--reason", "asked", "--by", "Rowan"]).succeeds();
    workspace.run(["proof", "monday", "--to", "lead@board.example"]).exits(65).complains("asked not to be mailed");
    let broken = week(&server).edited("broadcasts/march.toml", "or \"colleague\" }},\n\nThe", "}},\n\nThe");
    broken.run(["proof", "monday", "--to", "sam@board.example"]).exits(65).complains("first_name");
    assert!(server.accepted().is_empty());
}

#[test]
fn without_a_server_it_lies_in_the_outbox() {
    let workspace = Workspace::small_week().at(BEFORE);
    let run = workspace.run(["proof", "monday", "--to", "lead@board.example"]).succeeds();
    run.says("written to the folder outbox/; nothing was sent");
    let names = workspace.names("outbox");
    assert_eq!(names.iter().filter(|name| name.ends_with(".eml")).count(), 1, "{names:?}");
}
