//! The outbox in a temporary folder: names, permissions, the gate before the rename.

use std::fs;
use std::path::Path;

use super::{file_name, header};
use crate::model::{Address, Envelope, Message};
use crate::transport::connector::Connector;
use crate::transport::interface::{Cause, Dot, Failure, Future, Gate, Stage};

struct Answer(bool);

impl Gate for Answer {
    fn pass(&self) -> Future<'_, bool> {
        Box::pin(std::future::ready(self.0))
    }
}

fn message(to: &str, header: &str) -> Message {
    Message {
        envelope: Envelope {
            reverse_path: Address::parse("board@board.example").unwrap(),
            forward_path: Address::parse(to).unwrap(),
            envelope_id: None,
        },
        bytes: format!("{header}\r\n\r\n.body\r\n").into_bytes(),
    }
}

fn asha() -> Message {
    message("asha@school.example", "Date: Mon, 15 Mar 2027 08:30:00 +0000\r\nMessage-ID: <a@b.example>")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_message_becomes_one_private_file_and_a_second_attempt_replaces_it() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path().join("post/outbox");
    let connector = Connector::outbox(folder.clone(), "post/outbox/");
    assert_eq!(connector.describe(), "the folder post/outbox/");
    let mut transport = connector.open();
    for _ in 0..2 {
        let reply = transport.deliver(&asha(), None, &Answer(true)).await.unwrap();
        let [name] = &names(&folder)[..] else { panic!("{:?}", names(&folder)) };
        assert_eq!((reply.code, reply.text), (250, format!("written to post/outbox/{name}")));
        assert_eq!(fs::read(folder.join(name)).unwrap(), asha().bytes, "as it is, without dot-stuffing");
        assert!(name.starts_with("2027-03-15_asha@school.example_"), "{name}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(&folder.join(name))), (0o700, 0o600));
        }
    }
}

#[tokio::test]
async fn a_shut_gate_leaves_nothing() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path().join("outbox");
    let failure = Connector::outbox(folder.clone(), "outbox").open().deliver(&asha(), None, &Answer(false)).await;
    assert_eq!(failure, Err(Failure::before_the_dot(Stage::Body, Cause::Gate)));
    assert_eq!(names(&folder), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_run_that_died_left_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let name = file_name(&asha());
    fs::write(folder.path().join(format!(".{name}.part")), "half").unwrap();
    Connector::outbox(folder.path().into(), "outbox").open().deliver(&asha(), None, &Answer(true)).await.unwrap();
    assert_eq!(names(folder.path()), std::slice::from_ref(&name));
    assert_eq!(fs::read(folder.path().join(name)).unwrap(), asha().bytes);
}

#[tokio::test]
async fn a_disk_that_says_no_is_a_failure_before_the_dot() {
    let project = tempfile::tempdir().unwrap();
    // A file where the folder should be; and a folder where the message should be.
    fs::write(project.path().join("outbox"), "").unwrap();
    let failure =
        Connector::outbox(project.path().join("outbox"), "outbox").open().deliver(&asha(), None, &Answer(true)).await;
    assert!(
        matches!(&failure, Err(Failure { stage: Stage::Body, cause: Cause::Disk(_), dot: Dot::NotSent })),
        "{failure:?}"
    );
    let folder = project.path().join("other");
    fs::create_dir_all(folder.join(file_name(&asha())).join("x")).unwrap();
    let failure = Connector::outbox(folder, "other").open().deliver(&asha(), None, &Answer(true)).await;
    let Err(Failure { stage: Stage::EndOfData, cause: Cause::Disk(words), dot: Dot::NotSent }) = failure else {
        panic!("{failure:?}")
    };
    assert!(words.starts_with("the folder other/ cannot be written: "), "{words}");
}

#[test]
fn names_are_harmless_stable_and_differ_where_messages_differ() {
    let id = "Message-ID: <a@b.example>";
    let plain = file_name(&message("a@b.example", id));
    assert_eq!(plain, file_name(&message("a@b.example", &format!("Subject: other\r\n{id}"))), "the same Message-ID");
    assert_ne!(plain, file_name(&message("a@b.example", "Message-ID: <c@b.example>")));
    assert_ne!(file_name(&message("a/b@b.example", id)), file_name(&message("a|b@b.example", id)), "sanitised alike");
    assert_ne!(file_name(&message("a@b.example", "X: 1")), file_name(&message("a@b.example", "X: 2")));
    for to in ["../../x@b.example", "a/../b@b.example", "*?`|{}@b.example", &format!("{}@b.example", "x".repeat(64))] {
        let Ok(_) = Address::parse(to) else { continue };
        let name = file_name(&message(to, id));
        assert!(name.len() < 150 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"@.+-_".contains(&b)), "{name}");
    }
}

#[test]
fn only_the_header_is_looked_at() {
    let found = header(b"date: now\r\nMessage-Id:  <a@b> \r\nMessage-ID: <second>\r\n\r\nMessage-ID: <body>\r\n");
    assert_eq!((found.message_id, found.date), (Some(&b"<a@b>"[..]), Some("now")));
    let found = header(b"\r\nMessage-ID: <body>\r\nDate: x\r\n");
    assert_eq!((found.message_id, found.date), (None, None));
}
