//! smtp-sink as the tests hold it: found or skipped, started, read, stopped.
#![cfg(unix)]

use std::path::{Path, PathBuf};

use crate::support::smtp_client::SmtpClient;
use crate::support::smtp_sink::{SmtpSink, greets_as, named};
use crate::support::smtp_sink_dump::{Kept, parse};

/// A dump as smtp-sink 3.7 wrote it, and with a second recipient.
const DUMP: &str = "X-Client-Addr: 127.0.0.1\nX-Client-Proto: ESMTP\nX-Helo-Args: a\n\
    X-Mail-Args: <a@b.example> BODY=8BITMIME\nX-Rcpt-Args: <c@d.example>\nX-Rcpt-Args: <\"e>f\"@d.example> NOTIFY=NEVER\n\
    Received: from a ([127.0.0.1])\n\tby sink-1.example (smtp-sink) with ESMTP id 48f155e3;\n\
    \tTue, 24 Nov 2026 06:42:19 +0000 (UTC)\nSubject: x\n\n.dot\nhi\n\n\n";

#[test]
fn a_variable_names_the_program_or_none() {
    assert_eq!(named(None), None);
    assert_eq!(named(Some("".into())), None);
    assert_eq!(named(Some("/usr/sbin/smtp-sink".into())), Some(PathBuf::from("/usr/sbin/smtp-sink")));
}

#[test]
#[should_panic(expected = "/nowhere/smtp-sink does not work: it ended with exit status: 127")]
fn a_program_that_is_named_but_missing_fails() {
    SmtpSink::run(Path::new("/nowhere/smtp-sink"));
}

#[test]
#[should_panic(expected = "/bin/false does not work: it ended with exit status: 1")]
fn a_program_that_ends_at_once_fails() {
    SmtpSink::run(Path::new("/bin/false"));
}

#[test]
fn a_dump_is_read_back() {
    let kept = parse(DUMP.as_bytes());
    let recipients = ["c@d.example", "\"e>f\"@d.example"].map(str::to_owned).to_vec();
    let message = b"Subject: x\r\n\r\n.dot\r\nhi\r\n\r\n".to_vec();
    assert_eq!(kept, Kept { recipients, sender: "a@b.example".to_owned(), message });
}

#[test]
#[should_panic(expected = "not a whole dump")]
fn half_a_dump_is_no_message() {
    parse(DUMP.trim_end().as_bytes());
}

#[test]
fn it_runs_until_it_is_dropped() {
    let Some(sink) = SmtpSink::start() else { return };
    let port = sink.port();
    let name = format!("sink-{}-{port}.example", std::process::id());
    assert!(greets_as(port, &name));
    assert!(!greets_as(port, "another.example"));

    assert_eq!(SmtpClient::greeted(port).hands_over("asha@board.example", "Subject: a\r\n\r\nb"), [250, 250, 354, 250]);
    assert_eq!(sink.messages().len(), 1);
    drop(sink);
    assert!(!greets_as(port, &name));
}
