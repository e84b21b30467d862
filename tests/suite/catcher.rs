//! The catcher of `rehearse` and `demo`, driven over TCP like any server.

use std::fs;
use std::path::Path;

use weekcast::catcher::{Catcher, Caught};

use crate::support::smtp_client::SmtpClient;

/// A catcher with a folder of its own and the runtime in which it lives.
struct Scene {
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    catcher: Catcher,
}

impl Scene {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let catcher = runtime.block_on(Catcher::start(Some(folder.path().join("caught")))).unwrap();
        Self { runtime, folder, catcher }
    }

    fn client(&self) -> SmtpClient {
        SmtpClient::greeted(self.catcher.port())
    }

    fn caught(&self, number: usize, recipient: &str, size: usize) -> Caught {
        let file = self.folder.path().join(format!("caught/{number:04}-{recipient}.eml"));
        Caught { recipient: recipient.into(), reverse_path: "news@board.example".into(), file: Some(file), size }
    }
}

#[test]
fn a_message_becomes_a_file_named_for_its_recipient() {
    let scene = Scene::new();
    let mut client = scene.client();
    let wire = "Subject: x\r\n\r\n..dot\r\n.\u{e9}\r\nend";
    assert_eq!(client.hands_over("asha@board.example", wire), [250, 250, 354, 250]);
    assert_eq!(client.says("QUIT"), 221);
    assert!(client.ends_in_good_order());

    let message = "Subject: x\r\n\r\n.dot\r\n\u{e9}\r\nend\r\n";
    let caught = scene.catcher.caught();
    assert_eq!(caught, [scene.caught(1, "asha@board.example", message.len())]);
    assert_eq!(scene.catcher.count(), 1);
    let file = caught[0].file.as_deref().unwrap();
    assert_eq!(fs::read_to_string(file).unwrap(), message);
    assert_private(file, 0o600);
    assert_private(file.parent().unwrap(), 0o700);
}

#[cfg(unix)]
#[track_caller]
fn assert_private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
}

#[cfg(not(unix))]
fn assert_private(_: &Path, _: u32) {}

#[test]
fn ehlo_lists_what_the_catcher_can_do() {
    let scene = Scene::new();
    let mut client = SmtpClient::connect(scene.catcher.port());
    assert_eq!(client.reply(), "220 localhost ESMTP weekcast catcher\r\n");
    client.send("EHLO client.example\r\n");
    let expected =
        "250-localhost\r\n250-PIPELINING\r\n250-SIZE 26214400\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n";
    assert_eq!(client.reply(), expected);
}

#[test]
fn pipelined_groups_are_answered_one_by_one() {
    let scene = Scene::new();
    let mut client = scene.client();
    let group = |recipient: &str| format!("MAIL FROM:<news@board.example>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n");
    client.send(group("asha@board.example"));
    assert_eq!(client.codes(3), [250, 250, 354]);
    // The body with its dot and the next group in one write, cut in an awkward place.
    let more = format!("one\r\n.\r\n{}", group("ben@board.example"));
    let (head, tail) = more.split_at(7);
    client.send(head);
    client.send(tail);
    assert_eq!(client.codes(4), [250, 250, 250, 354]);
    client.send("two\r\n.\r\nNOOP\r\nRSET\r\nQUIT\r\n");
    assert_eq!(client.codes(4), [250, 250, 250, 221]);
    let expected = [scene.caught(1, "asha@board.example", 5), scene.caught(2, "ben@board.example", 5)];
    assert_eq!(scene.catcher.caught(), expected);
}

#[test]
fn wrong_sequences_and_lines_are_refused_and_the_session_goes_on() {
    let scene = Scene::new();
    let mut client = scene.client();
    for (line, code) in [
        ("RCPT TO:<asha@board.example>", 503),
        ("DATA", 503),
        ("BLAH", 500),
        ("MAIL FROM:news@board.example", 501),
        ("MAIL FROM:<news@board.example> SIZE=26214401", 552),
        ("MAIL FROM:<news@board.example> SIZE=26214400", 250),
        ("MAIL FROM:<news@board.example>", 503),
        ("DATA", 503),
        ("STARTTLS", 502),
    ] {
        assert_eq!(client.says(line), code, "{line}");
    }
    client.send("NOOP\n");
    assert_eq!(client.code(), 500, "bare LF");
    assert_eq!(client.says(&"x".repeat(100_000)), 500, "a long line");
    assert_eq!(client.says("RSET"), 250);
    assert_eq!(client.hands_over("asha@board.example", "x"), [250, 250, 354, 250]);
}

#[test]
fn bad_mail_data_is_refused_and_leaves_nothing() {
    let scene = Scene::new();
    let mut client = scene.client();
    let smuggled = "a\n.\nMAIL FROM:<x@board.example>\r\n.\rb";
    assert_eq!(client.hands_over("asha@board.example", smuggled), [250, 250, 354, 550]);
    assert_eq!(client.hands_over("asha@board.example", &"x".repeat(999)), [250, 250, 354, 554]);
    let line = format!("{}\r\n", "x".repeat(998));
    assert_eq!(client.hands_over("asha@board.example", &line.repeat(26_300)), [250, 250, 354, 552]);
    assert_eq!(client.says("NOOP"), 250);
    assert_eq!(scene.catcher.caught(), []);
    assert_eq!(fs::read_dir(scene.folder.path().join("caught")).unwrap().count(), 0);
}

#[test]
fn a_message_without_its_dot_is_not_caught() {
    let scene = Scene::new();
    let mut client = scene.client();
    client.send("MAIL FROM:<>\r\nRCPT TO:<asha@board.example>\r\nDATA\r\n");
    assert_eq!(client.codes(3), [250, 250, 354]);
    client.send("half of it\r\n");
    drop(client);
    scene.runtime.block_on(scene.catcher.stop());
    assert_eq!(scene.catcher.count(), 0);
}

#[test]
fn several_connections_are_served_at_once() {
    let scene = Scene::new();
    let mut clients: Vec<SmtpClient> = (0..8).map(|_| scene.client()).collect();
    for (number, client) in clients.iter_mut().enumerate() {
        client.send(format!("MAIL FROM:<>\r\nRCPT TO:<p{number}@board.example>\r\nDATA\r\n"));
        assert_eq!(client.codes(3), [250, 250, 354]);
    }
    for client in clients.iter_mut().rev() {
        assert_eq!(client.says("x\r\n."), 250);
    }
    let mut recipients: Vec<String> = scene.catcher.caught().into_iter().map(|caught| caught.recipient).collect();
    recipients.sort();
    assert_eq!(recipients, (0..8).map(|number| format!("p{number}@board.example")).collect::<Vec<_>>());
}

#[test]
fn files_of_an_earlier_rehearsal_are_kept() {
    let scene = Scene::new();
    let earlier = scene.folder.path().join("caught/0001-asha@board.example.eml");
    fs::write(&earlier, "earlier").unwrap();
    assert_eq!(scene.client().hands_over("asha@board.example", "now"), [250, 250, 354, 250]);
    assert_eq!(fs::read_to_string(earlier).unwrap(), "earlier");
    assert_eq!(scene.catcher.caught(), [scene.caught(2, "asha@board.example", 5)]);
}

#[test]
fn without_a_folder_it_only_counts() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let catcher = runtime.block_on(Catcher::start(None)).unwrap();
    assert_eq!(SmtpClient::greeted(catcher.port()).hands_over("asha@board.example", "x"), [250, 250, 354, 250]);
    assert_eq!(catcher.caught().into_iter().map(|caught| caught.file).collect::<Vec<_>>(), [None]);
}

#[test]
fn stopping_says_421_to_those_who_are_connected() {
    let scene = Scene::new();
    let mut client = scene.client();
    scene.runtime.block_on(scene.catcher.stop());
    assert_eq!(client.code(), 421);
    assert!(client.ends_in_good_order());
}

#[test]
fn a_client_that_we_did_not_write_is_served() {
    use lettre::{Transport as _, address::Envelope};
    let scene = Scene::new();
    let transport = lettre::SmtpTransport::builder_dangerous("127.0.0.1").port(scene.catcher.port()).build();
    let recipient = "asha@board.example";
    let envelope =
        Envelope::new(Some("news@board.example".parse().unwrap()), vec![recipient.parse().unwrap()]).unwrap();
    let message = "Subject: x\r\n\r\n.\r\n..\r\n";
    // lettre writes CRLF before the dot, whether the message ends with one or not.
    let without_crlf = message.strip_suffix("\r\n").unwrap().as_bytes();
    transport.send_raw(&envelope, without_crlf).unwrap();
    transport.send_raw(&envelope, without_crlf).unwrap();
    let caught = scene.catcher.caught();
    assert_eq!(caught, [1, 2].map(|number| scene.caught(number, recipient, message.len())));
    assert_eq!(fs::read_to_string(caught[1].file.as_deref().unwrap()).unwrap(), message);
}
