//! Delivery to a server that others wrote: Postfix's smtp-sink, where `./tests/run` has installed it.
#![cfg(unix)]

use lettre::{Transport as _, address::Envelope};

use crate::support::smtp_sink::SmtpSink;

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
