//! The client over TCP: connects when needed, keeps what is good, never what is doubtful.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;

use crate::model::{Message, Reply};
use crate::transport::connector::Connector;
use crate::transport::deadlines::Deadlines;
use crate::transport::interface::{Cause, Dot, Future, Gate, Stage};
use crate::transport::settings::{Security, SmtpSettings};
use crate::transport::smtp::tests::server::{Act, Answering, At, Server, envelope, message, say};
use crate::transport::smtp::trust::Trust;

/// The server on a port of its own, with the number of connections that it has had.
async fn listen(server: &Server) -> (Connector, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = SmtpSettings::on_this_computer(listener.local_addr().unwrap().port());
    let connections = Arc::new(AtomicUsize::new(0));
    let (server, counter) = (server.clone(), Arc::clone(&connections));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            server.start(Box::new(stream));
        }
    });
    (connector(&settings), connections)
}

fn connector(settings: &SmtpSettings) -> Connector {
    Connector::smtp(settings, None, &Trust::System, Deadlines::default()).unwrap()
}

#[tokio::test]
async fn it_connects_lazily_once_and_says_quit() {
    let server = Server::offering(&["PIPELINING"]);
    let (connector, connections) = listen(&server).await;
    assert!(connector.describe().starts_with("127.0.0.1:"));
    let mut transport = connector.open();
    assert_eq!(connections.load(Ordering::SeqCst), 0);
    for _ in 0..3 {
        let reply = transport.deliver(&message(), None, &Answering::with(true)).await;
        assert_eq!(reply, Ok(Reply::new(250, "2.0.0 queued")));
    }
    transport.close().await;
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    assert_eq!(server.heard().last().map(String::as_str), Some("QUIT"));
    connector.check("board.example").await.unwrap();
}

#[tokio::test]
async fn a_connection_that_wore_out_is_replaced_within_the_delivery() {
    // After its first message the server ends the connection at the next MAIL, with words or without.
    for act in [Act::Close, Act::SayAndClose(b"421 4.7.0 too many messages\r\n".to_vec())] {
        let server = Server::default().act(At::Mail, say("250 ok\r\n")).act(At::Mail, act);
        let (connector, connections) = listen(&server).await;
        let mut transport = connector.open();
        for _ in 0..3 {
            transport.deliver(&message(), None, &Answering::with(true)).await.unwrap();
        }
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_new_connection_that_is_refused_is_not_tried_again() {
    let server = Server::default().act(At::Mail, Act::SayAndClose(b"421 4.7.0 not now\r\n".to_vec()));
    let (connector, connections) = listen(&server).await;
    let mut transport = connector.open();
    let failure = transport.deliver(&message(), None, &Answering::with(true)).await.unwrap_err();
    assert_eq!((failure.stage, failure.cause), (Stage::Mail, Cause::Reply(Reply::new(421, "4.7.0 not now"))));
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    transport.deliver(&message(), None, &Answering::with(true)).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn doubt_ends_the_connection_and_the_gate_is_asked_once() {
    let server = Server::default().act(At::Dot, say("354 what\r\n"));
    let (connector, connections) = listen(&server).await;
    let mut transport = connector.open();
    let gate = Answering::with(true);
    let failure = transport.deliver(&message(), None, &gate).await.unwrap_err();
    assert_eq!((failure.stage, failure.dot, gate.asked()), (Stage::EndOfData, Dot::MayBeOut, 1));
    assert!(failure.in_doubt());
    transport.deliver(&message(), None, &gate).await.unwrap();
    assert_eq!((connections.load(Ordering::SeqCst), gate.asked()), (2, 2));
    assert!(!server.heard().contains(&"QUIT".to_owned()));
}

/// Says that it was asked, and never answers.
#[derive(Default)]
struct Never(tokio::sync::Notify);

impl Gate for Never {
    fn pass(&self) -> Future<'_, bool> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_delivery_that_is_dropped_half_way_takes_its_connection_with_it() {
    let server = Server::default();
    let (connector, connections) = listen(&server).await;
    let mut transport = connector.open();
    let (gate, message) = (Never::default(), message());
    tokio::select! {
        result = transport.deliver(&message, None, &gate) => panic!("{result:?}"),
        () = gate.0.notified() => {}
    }
    transport.deliver(&message, None, &Answering::with(true)).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
    let contents = server.heard().iter().filter(|line| line.starts_with('<') && line.len() > 1).count();
    assert_eq!(contents, 1, "{:?}", server.heard());
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_opens_no_connection() {
    let server = Server::default();
    let (connector, connections) = listen(&server).await;
    let smuggling = Message { envelope: envelope(), bytes: b"a\r\n\n.\r\nMAIL FROM:<x@y.example>\r\n".to_vec() };
    let failure = connector.open().deliver(&smuggling, None, &Answering::with(true)).await.unwrap_err();
    let words = "line 2 of the message ends in a lone LF".to_owned();
    assert_eq!((failure.cause, failure.dot), (Cause::Message(words), Dot::NotSent));
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn nobody_there_and_nobody_of_that_name() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut transport = connector(&SmtpSettings::on_this_computer(port)).open();
    let failure = transport.deliver(&message(), None, &Answering::with(true)).await.unwrap_err();
    let words = format!("nobody listens at 127.0.0.1:{port}");
    assert_eq!((failure.stage, failure.cause), (Stage::Connect, Cause::Unreachable(words)));

    let settings = SmtpSettings { host: "nowhere.invalid".to_owned(), ..SmtpSettings::on_this_computer(port) };
    let failure = connector(&settings).open().deliver(&message(), None, &Answering::with(true)).await.unwrap_err();
    assert!(matches!(&failure.cause, Cause::Unreachable(words) if words.contains("nowhere.invalid")), "{failure:?}");
}

#[tokio::test]
async fn without_encryption_nothing_leaves_this_computer() {
    // An address of documentation (RFC 5737): refused before anything is sent to it.
    let settings = SmtpSettings { host: "192.0.2.1".to_owned(), ..SmtpSettings::on_this_computer(25) };
    assert_eq!(settings.security, Security::None);
    let failure = connector(&settings).open().deliver(&message(), None, &Answering::with(true)).await.unwrap_err();
    let words = "\"192.0.2.1\" is not this computer, and security is \"none\"".to_owned();
    assert_eq!((failure.stage, failure.cause), (Stage::Connect, Cause::Tls(words)));
}

#[test]
fn credentials_that_cannot_be_shown_are_refused() {
    use crate::transport::settings::SignIn;
    use crate::transport::smtp::{Credentials, Secret};
    for (username, secret, fault) in
        [("", "x", "username"), ("a\0b", "x", "username"), ("a", "x\n", "password or token")]
    {
        let credentials = Credentials {
            username: username.into(),
            secret: Secret::Fixed(secret.to_owned().into()),
            mechanism: SignIn::Password,
        };
        let settings = SmtpSettings::on_this_computer(25);
        let error = Connector::smtp(&settings, Some(credentials), &Trust::System, Deadlines::default()).err().unwrap();
        assert_eq!(error.to_string(), format!("the {fault} is empty or holds a control character"));
    }
}
