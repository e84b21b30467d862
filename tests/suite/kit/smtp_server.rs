//! The scripted server: its usual manners, and each fault at its stage.

use crate::support::smtp_client::SmtpClient;
use crate::support::smtp_server::{Gate, Script, SmtpServer, Stage, at};

const ASHA: &str = "asha@board.example";
const BEN: &str = "ben@board.example";

#[test]
fn messages_and_commands_are_written_down() {
    let server = SmtpServer::takes_all();
    let mut client = SmtpClient::greeted(server.port());
    assert_eq!(client.hands_over(ASHA, "Subject: x\r\n\r\n..dot"), [250, 250, 354, 250]);
    assert_eq!(client.says("QUIT"), 221);
    assert!(client.ends_in_good_order());
    let accepted = server.wait_for(1);
    assert_eq!(accepted[0].text(), "Subject: x\r\n\r\n.dot\r\n");
    assert_eq!((accepted[0].connection, accepted[0].reverse_path.as_str()), (1, "news@board.example"));
    let lines: Vec<String> = server.commands().into_iter().map(|seen| seen.line).collect();
    let mail = "MAIL FROM:<news@board.example>";
    assert_eq!(lines, ["EHLO client.example", mail, "RCPT TO:<asha@board.example>", "DATA", "QUIT"]);
    server.assert_no_violations();
}

#[test]
fn replies_follow_recipient_and_count() {
    let server = Script::new()
        .rule(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 unknown"))
        .rule(at(Stage::EndOfData).nth(2).replies("452 4.3.1 full"))
        .rule(at(Stage::Mail).nth(5).replies("451 4.7.1 later"))
        .rule(at(Stage::Data).to("*dev*").first_for_each(1).replies("451-4.3.0 a\r\n451 4.3.0 b"))
        .start();
    let mut client = SmtpClient::greeted(server.port());
    let mut hand_over = |recipient: &str| {
        let codes = client.hands_over(recipient, "x");
        client.says("RSET");
        codes
    };
    assert_eq!(hand_over(ASHA), [250, 250, 354, 250]);
    assert_eq!(hand_over(BEN), [250, 550]);
    assert_eq!(hand_over(ASHA), [250, 250, 354, 452]);
    assert_eq!(hand_over("dev@board.example"), [250, 250, 451]);
    assert_eq!(hand_over("dev@board.example"), [451]);
    assert_eq!(hand_over("dev@board.example"), [250, 250, 354, 250]);
    assert_eq!(server.journal().recipients(), [ASHA, "dev@board.example"]);
    server.assert_no_violations();
}

#[test]
fn connections_end_where_the_rule_says() {
    for (stage, replies, accepted) in [
        (Stage::Connect, 0, 0),
        (Stage::Ehlo, 1, 0),
        (Stage::Mail, 2, 0),
        (Stage::Rcpt, 3, 0),
        (Stage::Data, 4, 0),
        (Stage::Body, 5, 0),
        (Stage::EndOfData, 5, 0),
        (Stage::AfterAccept, 5, 1),
        (Stage::Quit, 6, 1),
    ] {
        for resets in [false, true] {
            let server = SmtpServer::with(if resets { at(stage).resets() } else { at(stage).drops() });
            let mut client = SmtpClient::connect(server.port());
            let mut given = 0;
            let rcpt = format!("RCPT TO:<{ASHA}>\r\n");
            let lines = ["EHLO c\r\n", "MAIL FROM:<n@board.example>\r\n", &rcpt, "DATA\r\n", "x\r\n.\r\n", "QUIT\r\n"];
            for line in [""].into_iter().chain(lines) {
                client.send(line);
                if client.reply().is_empty() {
                    break;
                }
                given += 1;
            }
            assert_eq!((given, server.accepted().len()), (replies, accepted), "{stage:?}, resets: {resets}");
            drop(client);
            server.wait_until(|journal| journal.connections == 1 && journal.open == 0);
        }
    }
}

#[test]
fn fin_and_rst_differ() {
    for (rule, in_good_order) in [(at(Stage::Ehlo).drops(), true), (at(Stage::Ehlo).resets(), false)] {
        let server = SmtpServer::with(rule);
        let mut client = SmtpClient::connect(server.port());
        assert_eq!(client.code(), 220);
        client.send("EHLO c\r\n");
        assert_eq!(client.ends_in_good_order(), in_good_order);
    }
}

#[test]
fn a_gate_holds_the_reply_of_a_message_that_is_already_accepted() {
    let gate = Gate::new();
    let server = SmtpServer::with(at(Stage::AfterAccept).holds(&gate));
    let mut client = SmtpClient::greeted(server.port());
    client.send(format!("MAIL FROM:<n@board.example>\r\nRCPT TO:<{ASHA}>\r\nDATA\r\n"));
    assert_eq!(client.codes(3), [250, 250, 354]);
    client.send("x\r\n.\r\n");
    gate.wait_for_arrivals(1);
    assert_eq!(server.accepted().len(), 1);
    gate.open();
    assert_eq!(client.code(), 250);
}

#[test]
fn a_server_that_hangs_ends_with_its_client_and_garbage_is_no_reply() {
    let server = Script::new().rule(at(Stage::Rcpt).to(ASHA).hangs()).rule(at(Stage::Rcpt).talks_garbage()).start();
    let mut client = SmtpClient::greeted(server.port());
    client.send(format!("MAIL FROM:<n@board.example>\r\nRCPT TO:<{BEN}>\r\n"));
    assert_eq!(client.code(), 250);
    assert_eq!(client.reply(), "\u{1}\u{2} this is no reply\r\n");
    client.send(format!("RSET\r\nMAIL FROM:<n@board.example>\r\nRCPT TO:<{ASHA}>\r\n"));
    assert_eq!(client.codes(2), [250, 250]);
    server.wait_until(|journal| journal.count("RCPT") == 2);
    drop(client);
    server.wait_until(|journal| journal.open == 0);
}

#[test]
fn sign_in_is_wanted_where_there_is_a_password() {
    let server = Script::new().login("user", "secret").start();
    let mut client = SmtpClient::greeted(server.port());
    assert_eq!(client.says("MAIL FROM:<n@board.example>"), 530);
    assert_eq!(client.says("AUTH PLAIN AHVzZXIAd3Jvbmc="), 535);
    assert_eq!(client.says("AUTH CRAM-MD5"), 504);
    assert_eq!(client.says("AUTH LOGIN"), 334);
    assert_eq!(client.says("dXNlcg=="), 334);
    assert_eq!(client.says("c2VjcmV0"), 235);
    let mut other = SmtpClient::greeted(server.port());
    assert_eq!(other.says("AUTH PLAIN"), 334);
    assert_eq!(other.says("AHVzZXIAc2VjcmV0"), 235);
    assert_eq!(other.hands_over(ASHA, "x"), [250, 250, 354, 250]);
}

#[test]
fn what_no_client_may_do_is_written_down() {
    let server = Script::new().without("PIPELINING").start();
    let mut client = SmtpClient::greeted(server.port());
    client.send("NOOP\nNOOP\r\n");
    assert_eq!(client.codes(2), [250, 250]);
    assert_eq!(client.says("MAIL FROM:<n@board.example>"), 250);
    assert_eq!(client.says(&format!("RCPT TO:<{ASHA}>")), 250);
    assert_eq!(client.says(&format!("RCPT TO:<{BEN}>")), 250);
    assert_eq!(client.says("DATA"), 354);
    assert_eq!(client.says(&format!("{}\nb\r\n.", "x".repeat(999))), 250);
    let violations = server.journal().violations;
    for words in ["bare LF in \"NOOP\"", "without PIPELINING", "two recipients", "in \"the body\"", "longer than 998"] {
        assert!(violations.iter().any(|violation| violation.contains(words)), "{words}: {violations:#?}");
    }
}

#[test]
fn a_server_recovers_and_new_faults_come_first() {
    let server = SmtpServer::with(at(Stage::Mail).replies("451 4.3.0 ill"));
    let mut client = SmtpClient::greeted(server.port());
    assert_eq!(client.hands_over(ASHA, "x"), [451]);
    server.recover();
    assert_eq!(client.hands_over(ASHA, "x"), [250, 250, 354, 250]);
    server.add(at(Stage::Mail).replies("421 4.3.2 going down"));
    assert_eq!(client.hands_over(ASHA, "x"), [421]);
    assert!(client.ends_in_good_order());
    assert_eq!(server.wait_for(1).len(), 1);
}

#[test]
fn a_354_after_a_refused_recipient_gets_a_message_that_is_refused() {
    let server = Script::new()
        .rule(at(Stage::Rcpt).replies("550 5.1.1 unknown"))
        .rule(at(Stage::Data).replies("354 go on all the same"))
        .start();
    let mut client = SmtpClient::greeted(server.port());
    client.send(format!("MAIL FROM:<n@board.example>\r\nRCPT TO:<{ASHA}>\r\nDATA\r\n"));
    assert_eq!(client.codes(3), [250, 550, 354]);
    assert_eq!(client.says("."), 554);
    assert_eq!(server.accepted(), []);
}

#[test]
fn a_client_that_we_did_not_write_signs_in_and_keeps_the_rules() {
    use lettre::transport::smtp::authentication::{Credentials, Mechanism};
    use lettre::{Transport as _, address::Envelope};
    let server = Script::new().login("user", "secret").start();
    let envelope = Envelope::new(Some("n@board.example".parse().unwrap()), vec![ASHA.parse().unwrap()]).unwrap();
    for mechanism in [Mechanism::Plain, Mechanism::Login] {
        let transport = lettre::SmtpTransport::builder_dangerous("127.0.0.1").port(server.port());
        let credentials = Credentials::new("user".to_owned(), "secret".to_owned());
        let transport = transport.credentials(credentials).authentication(vec![mechanism]).build();
        // lettre writes CRLF before the dot, whether the message ends with one or not.
        transport.send_raw(&envelope, b"Subject: x\r\n\r\n.").unwrap();
    }
    assert_eq!(
        server.accepted().iter().map(|message| message.text()).collect::<Vec<_>>(),
        ["Subject: x\r\n\r\n.\r\n"; 2]
    );
    server.assert_no_violations();
}
