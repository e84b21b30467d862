//! Transactions: what goes over the wire, in which order, and how certain it is that the dot did not.

use std::sync::atomic::Ordering;

use tokio::io::duplex;

use crate::model::Reply;
use crate::transport::interface::{Cause, Dot, Failure, Future, Gate, Stage};
use crate::transport::smtp::content::Content;
use crate::transport::smtp::endpoint::Secured;
use crate::transport::smtp::session::{Session, Standing};
use crate::transport::smtp::tests::server::{
    Act, Answering, At, LETTER, Server, content, endpoint, envelope, say, session,
};

const FIRST: [&str; 5] = [
    "EHLO board.example",
    "MAIL FROM:<board@board.example>",
    "RCPT TO:<asha@school.example>",
    "DATA",
    "<Subject: x\r\n\r\n..dot\r\n>",
];

#[tokio::test(start_paused = true)]
async fn two_messages_go_over_one_connection() {
    for offer in [&[][..], &["PIPELINING", "SIZE 1000"]] {
        let mut server = Server::offering(offer);
        server.wants_pipelining = !offer.is_empty();
        let mut session = session(&server).await.unwrap();
        for _ in 0..2 {
            assert!(session.resume().await);
            let reply = session.hand_over(&envelope(), &content(), &Answering::with(true)).await;
            assert_eq!(reply, Ok(Reply::new(250, "2.0.0 queued")));
        }
        session.quit().await;
        let expected = [&FIRST[..], &FIRST[1..], &["QUIT"]].concat();
        assert_eq!(server.heard(), expected, "{offer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_refusal_the_connection_is_reset_and_kept() {
    for offer in [&[][..], &["PIPELINING"]] {
        for at in [At::Mail, At::Rcpt, At::Data, At::Dot] {
            let mut server = Server::offering(offer).act(at, say("550 5.1.1 no\r\n"));
            if !offer.is_empty() && at != At::Dot && at != At::Data {
                // What well-behaved servers answer to the rest of a group whose beginning they refused.
                server = server.act(At::Data, say("554 5.5.1 no valid recipients\r\n"));
            }
            let mut session = session(&server).await.unwrap();
            let gate = Answering::with(true);
            let failure = session.hand_over(&envelope(), &content(), &gate).await.unwrap_err();
            assert_eq!(failure.cause, Cause::Reply(Reply::new(550, "5.1.1 no")), "{at:?}");
            assert_eq!(gate.asked(), usize::from(at == At::Dot));
            assert!(session.resume().await, "{at:?}, {offer:?}");
            session.hand_over(&envelope(), &content(), &gate).await.unwrap();
            let heard = server.heard();
            // After the dot it is EHLO that resets, because its answer is no other command's.
            let (resets, hellos) = if at == At::Dot { (0, 2) } else { (1, 1) };
            assert_eq!(heard.iter().filter(|line| *line == "RSET").count(), resets, "{heard:?}");
            assert_eq!(heard.iter().filter(|line| line.starts_with("EHLO")).count(), hellos);
            assert!(!heard.contains(&"QUIT".to_owned()));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wants_content_for_nobody_gets_a_lone_dot() {
    let server = Server::offering(&["PIPELINING"])
        .act(At::Rcpt, say("550 5.1.1 no\r\n"))
        .act(At::Dot, say("554 no valid recipients\r\n"));
    let mut session = session(&server).await.unwrap();
    let gate = Answering::with(true);
    let failure = session.hand_over(&envelope(), &content(), &gate).await.unwrap_err();
    assert_eq!(failure, Failure::before_the_dot(Stage::Rcpt, Cause::Reply(Reply::new(550, "5.1.1 no"))));
    assert_eq!((session.standing, gate.asked()), (Standing::Refused, 0));
    assert_eq!(server.heard().last().map(String::as_str), Some("<>"));
    assert!(session.resume().await);
}

/// A dot might deliver an empty message there.
#[tokio::test(start_paused = true)]
async fn no_dot_is_sent_where_the_recipient_was_taken() {
    for (at, reply, stage) in [(At::Mail, "550 5.7.1 no\r\n", Stage::Mail), (At::Rcpt, "252 perhaps\r\n", Stage::Rcpt)]
    {
        let server = Server::offering(&["PIPELINING"]).act(at, say(reply));
        let mut session = session(&server).await.unwrap();
        let failure = session.hand_over(&envelope(), &content(), &Answering::with(true)).await.unwrap_err();
        assert_eq!((failure.stage, failure.dot, session.standing), (stage, Dot::NotSent, Standing::Broken));
        session.quit().await;
        drop(session);
        tokio::task::yield_now().await;
        assert!(
            !server.heard().iter().any(|line| line.ends_with('>') && line.starts_with('<')),
            "{:?}",
            server.heard()
        );
    }
}

/// Asked exactly when the server waits for content and has none of it.
struct Watching<'a>(&'a Server, std::sync::Mutex<Vec<String>>);

impl Gate for Watching<'_> {
    fn pass(&self) -> Future<'_, bool> {
        *self.1.lock().unwrap() = self.0.heard();
        Box::pin(std::future::ready(false))
    }
}

#[tokio::test(start_paused = true)]
async fn a_shut_gate_stops_before_the_first_octet_of_content() {
    for offer in [&[][..], &["PIPELINING"]] {
        let server = Server::offering(offer);
        let mut session = session(&server).await.unwrap();
        let gate = Watching(&server, std::sync::Mutex::default());
        let failure = session.hand_over(&envelope(), &content(), &gate).await.unwrap_err();
        assert_eq!(failure, Failure::before_the_dot(Stage::Body, Cause::Gate));
        assert_eq!(*gate.1.lock().unwrap(), FIRST[..4]);
        assert_eq!(session.standing, Standing::Broken);
        session.quit().await;
        drop(session);
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(server.heard().get(4).map(String::as_str), Some("<"), "neither content nor QUIT");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_before_the_dot_took_nothing() {
    for (act, cause) in [
        (Act::SayAndClose(b"354 go\r\n".to_vec()), Cause::Closed("the server closed the connection".into())),
        (Act::SayAndClose(b"354 go\r\n421 4.3.2 bye\r\n".to_vec()), Cause::Reply(Reply::new(421, "4.3.2 bye"))),
    ] {
        let server = Server::default().act(At::Data, act);
        let mut session = session(&server).await.unwrap();
        let gate = Answering::with(true);
        let failure = session.hand_over(&envelope(), &content(), &gate).await.unwrap_err();
        assert_eq!(failure, Failure { stage: Stage::Body, cause, dot: Dot::NotSent });
        assert_eq!(gate.asked.load(Ordering::SeqCst), 1);
    }
}

/// The connection breaks after so many octets of what is written after 354. With a pipe that holds one octet, the server
/// has read all but the octet on its way.
#[tokio::test(start_paused = true)]
async fn doubt_begins_with_the_first_octet_of_the_terminator() {
    let content = content();
    let terminator = content.terminator();
    for read in 0..content.octets().len() - 1 {
        let (near, far) = duplex(1);
        let server = Server::default().act(At::Data, Act::ReadAndClose(b"354 go\r\n".to_vec(), read));
        server.start(Box::new(far));
        let mut session = Session::open(Box::new(near), &endpoint(Secured::Loopback), "board.example").await.unwrap();
        let failure = session.hand_over(&envelope(), &content, &Answering::with(true)).await.unwrap_err();
        // One octet more than was read may be in the pipe.
        let dot = if failure.dot == Dot::MayBeOut { Stage::EndOfData } else { Stage::Body };
        assert_eq!(failure.stage, dot, "after {read} octets");
        if read + 1 < terminator {
            assert_eq!(failure.dot, Dot::NotSent, "after {read} octets of {terminator}");
        }
        if read > terminator {
            assert_eq!(failure.dot, Dot::MayBeOut, "after {read} octets of {terminator}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_reading_is_left_before_the_dot() {
    let large = Content::of(&b"0123456789abcdef\r\n".repeat(20_000)).unwrap();
    for (act, cause) in [
        (Act::ReadAndClose(b"354 go\r\n".to_vec(), 100_000), None),
        (Act::ReadAndClose(b"354 go\r\n".to_vec(), usize::MAX >> 40), Some(Cause::Timeout)),
    ] {
        let server = Server::default().act(At::Data, act.clone());
        let mut session = session(&server).await.unwrap();
        if cause.is_some() {
            session = stalled(&server).await;
        }
        let failure = session.hand_over(&envelope(), &large, &Answering::with(true)).await.unwrap_err();
        let cause = cause.unwrap_or_else(|| Cause::Closed("the server broke the connection off".into()));
        assert_eq!(failure, Failure { stage: Stage::Body, cause, dot: Dot::NotSent }, "{act:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_speaks_before_the_dot_gets_none() {
    let large = Content::of(&b"0123456789abcdef\r\n".repeat(20_000)).unwrap();
    for (spoken, cause) in [
        ("552 5.3.4 too large\r\n", Cause::Reply(Reply::new(552, "5.3.4 too large"))),
        ("250 ok\r\n", Cause::Unreadable("a reply that nobody had asked for: 250 ok".into())),
        ("?", Cause::Unreadable("a line without a reply code: \"?\"".into())),
        ("25", Cause::Timeout),
    ] {
        let server = Server::default().act(At::Data, Act::Interrupt(spoken.as_bytes().to_vec()));
        let mut session = session(&server).await.unwrap();
        let failure = session.hand_over(&envelope(), &large, &Answering::with(true)).await.unwrap_err();
        assert_eq!(failure, Failure::before_the_dot(Stage::Body, cause));
        assert_eq!(session.standing, Standing::Broken);
    }
}

/// A session whose server reads nothing after 354.
async fn stalled(_: &Server) -> Session {
    let server = Server::default().act(At::Data, Act::ReadAndClose(b"354 go\r\n".to_vec(), 0));
    let (near, far) = duplex(65_536);
    let handle = tokio::spawn(async move {
        let (inner, outer) = duplex(65_536);
        server.start(Box::new(inner));
        // Copies the dialogue, and stops when content comes.
        copy_until_354(far, outer).await;
    });
    drop(handle);
    Session::open(Box::new(near), &endpoint(Secured::Loopback), "board.example").await.unwrap()
}

async fn copy_until_354(mut far: tokio::io::DuplexStream, mut outer: tokio::io::DuplexStream) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (mut up, mut down) = ([0; 512], [0; 512]);
    loop {
        tokio::select! {
            read = far.read(&mut up) => { let read = read.unwrap(); outer.write_all(&up[..read]).await.unwrap(); }
            read = outer.read(&mut down) => {
                let read = read.unwrap();
                far.write_all(&down[..read]).await.unwrap();
                if down[..read].starts_with(b"354") {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_beyond_size_is_not_begun() {
    let server = Server::offering(&["SIZE 10"]);
    let mut session = session(&server).await.unwrap();
    let failure = session.hand_over(&envelope(), &content(), &Answering::with(true)).await.unwrap_err();
    let words = format!("it has {} octets, and the server takes no more than 10", LETTER.len());
    assert_eq!(failure, Failure::before_the_dot(Stage::Mail, Cause::Message(words)));
    assert_eq!((server.heard(), session.standing), (vec![FIRST[0].to_owned()], Standing::Ready));
}
