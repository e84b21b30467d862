//! Delivery to a server that others wrote: Postfix's smtp-sink, where `./tests/run` has installed it.
#![cfg(unix)]

use lettre::{Transport as _, address::Envelope};

use crate::support::small_week::PEOPLE;
use crate::support::smtp_sink::SmtpSink;
use crate::support::workspace::Workspace;

#[test]
fn it_keeps_what_it_is_given() {
    let Some(sink) = SmtpSink::start() else { return };
    let transport = lettre::SmtpTransport::builder_dangerous("127.0.0.1").port(sink.port()).build();
    let message = "Subject: a\r\nX-Client-Proto: b\r\n\r\n.\r\n..dots\r\ncaf\u{e9} at the board\r\n\r\n";
    let sender: lettre::Address = "news@board.example".parse().unwrap();
    for recipient in ["bola@board.example", "asha@board.example"] {
        let envelope = Envelope::new(Some(sender.clone()), vec![recipient.parse().unwrap()]).unwrap();
        transport.send_raw(&envelope, message.as_bytes()).unwrap();
    }

    let kept = sink.messages();
    let recipients: Vec<&str> = kept.iter().flat_map(|kept| &kept.recipients).map(String::as_str).collect();
    assert_eq!(recipients, ["asha@board.example", "bola@board.example"]);
    for kept in kept {
        assert_eq!(kept.sender, "news@board.example");
        // lettre writes CRLF before the dot, whether the message ends with one or not.
        assert_eq!(String::from_utf8(kept.message).unwrap(), format!("{message}\r\n"));
    }
}

/// The preview is the message: what `preview` writes and what a server of others receives are the same bytes, the `Date`
/// line apart; and a send that is killed and given again doubles nobody.
#[test]
fn what_was_previewed_is_what_smtp_sink_gets() {
    let Some(sink) = SmtpSink::start() else { return };
    let workspace = Workspace::small_week_to(sink.port()).at("2027-03-15T08:40:00Z");
    workspace.run(["preview", "--as", "ben@board.example"]).succeeds();
    let previewed = workspace.read("preview/1-monday-2027-03-15/message.eml");
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    let kept = sink.messages();
    let mut recipients: Vec<String> = kept.iter().flat_map(|kept| kept.recipients.clone()).collect();
    recipients.sort();
    assert_eq!(recipients, PEOPLE);
    let ben = kept.into_iter().find(|kept| kept.recipients == ["ben@board.example"]).unwrap();
    let without_date = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("Date: ")).map(str::to_owned).collect()
    };
    assert_eq!(without_date(&String::from_utf8(ben.message).unwrap()), without_date(&previewed));
}
