//! The next message's envelope behind the content of this one: one write, one round trip, and each answer to the message
//! that it belongs to.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};

use crate::model::{Address, Envelope, Reply};
use crate::transport::interface::{Cause, Dot, Failure, Stage};
use crate::transport::smtp::content::Content;
use crate::transport::smtp::endpoint::Secured;
use crate::transport::smtp::session::{Session, Standing};
use crate::transport::smtp::tests::server::{
    Act, Answering, At, LETTER, Server, content, endpoint, envelope, say, session,
};

/// The second recipient's.
fn second() -> Envelope {
    Envelope { forward_path: Address::parse("bola@school.example").unwrap(), ..envelope() }
}

fn first_content() -> Content {
    content().announcing(Some(&second()), false)
}

/// Remembers what was written at a time.
struct Tapped(DuplexStream, Arc<Mutex<Vec<String>>>);

impl AsyncRead for Tapped {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, octets: &[u8]) -> Poll<std::io::Result<usize>> {
        self.1.lock().unwrap().push(String::from_utf8_lossy(octets).into_owned());
        Pin::new(&mut self.0).poll_write(cx, octets)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[tokio::test(start_paused = true)]
async fn content_dot_and_the_next_envelope_are_one_write() {
    let sent = "Subject: x\r\n\r\n..dot\r\n.\r\n";
    let envelope_of =
        |who: &str| format!("MAIL FROM:<board@board.example>\r\nRCPT TO:<{who}@school.example>\r\nDATA\r\n");
    for pipelining in [true, false] {
        let server = Server::offering(if pipelining { &["PIPELINING"] } else { &[] });
        let written = Arc::new(Mutex::new(Vec::new()));
        let stream = Box::new(Tapped(server.pipe(), Arc::clone(&written)));
        let mut session = Session::open(stream, &endpoint(Secured::Loopback), "board.example").await.unwrap();
        let gate = Answering::with(true);
        session.hand_over(&envelope(), &first_content(), &gate).await.unwrap();
        assert!(session.resume().await);
        session.hand_over(&second(), &content(), &gate).await.unwrap();
        assert_eq!(gate.asked(), 2);
        session.quit().await;
        let written = written.lock().unwrap().clone();
        if pipelining {
            let both = format!("{sent}{}", envelope_of("bola"));
            assert_eq!(written[1..], [envelope_of("asha"), both, sent.to_owned(), "QUIT\r\n".to_owned()]);
        } else {
            assert_eq!(written.len(), 1 + 4 + 4 + 1, "{written:?}");
        }
        assert_eq!(server.heard().iter().filter(|line| line.starts_with('<')).count(), 2);
    }
}

/// Two messages, the second announced, with these acts of the server; how each ended, and how many contents it heard.
async fn two(acts: Vec<(At, Act)>) -> (Result<Reply, Failure>, Result<Reply, Failure>, Standing, Vec<String>) {
    let server = acts.into_iter().fold(Server::offering(&["PIPELINING"]), |server, (at, act)| server.act(at, act));
    let mut session = session(&server).await.unwrap();
    let first = session.hand_over(&envelope(), &first_content(), &Answering::with(true)).await;
    let gone = Failure::before_the_dot(Stage::Connect, Cause::Closed("not kept".into()));
    let second = if session.resume().await {
        session.hand_over(&second(), &content(), &Answering::with(true)).await
    } else {
        Err(gone)
    };
    let heard = server.heard();
    (first, second, session.standing, heard)
}

fn refusal(stage: Stage, reply: &str) -> Failure {
    let (code, text) = reply.split_once(' ').unwrap();
    let dot = if stage == Stage::EndOfData { Dot::MayBeOut } else { Dot::NotSent };
    Failure { stage, cause: Cause::Reply(Reply::new(code.parse().unwrap(), text)), dot }
}

fn contents(heard: &[String]) -> usize {
    heard.iter().filter(|line| line.starts_with('<')).count()
}

#[tokio::test(start_paused = true)]
async fn a_refusal_belongs_to_the_message_that_it_answers() {
    let no = || say("550 5.7.1 no\r\n");
    // The first is refused, the second taken: 354 to its DATA proves that the replies are in step.
    let (first, second, standing, heard) = two(vec![(At::Dot, no())]).await;
    assert_eq!(first, Err(refusal(Stage::EndOfData, "550 5.7.1 no")));
    assert_eq!((second, standing), (Ok(Reply::new(250, "2.0.0 queued")), Standing::Ready));
    assert_eq!((contents(&heard), heard.iter().filter(|line| line.starts_with("EHLO")).count()), (2, 1));

    // The second's recipient is refused.
    let acts = vec![(At::Rcpt, say("250 ok\r\n")), (At::Rcpt, say("550 5.1.1 who\r\n"))];
    let data = [(At::Data, say("354 go\r\n")), (At::Data, say("554 5.5.1 nobody\r\n"))];
    let (first, second, standing, heard) = two(acts.iter().cloned().chain(data.clone()).collect()).await;
    assert_eq!(first, Ok(Reply::new(250, "2.0.0 queued")));
    assert_eq!((second, standing), (Err(refusal(Stage::Rcpt, "550 5.1.1 who")), Standing::Refused));
    assert_eq!(contents(&heard), 1);

    // Both are refused: EHLO shows that the replies are in step.
    let all = acts.iter().cloned().chain(data).chain([(At::Dot, no())]).collect();
    let (first, second, standing, heard) = two(all).await;
    assert_eq!(first, Err(refusal(Stage::EndOfData, "550 5.7.1 no")));
    assert_eq!((second, standing), (Err(refusal(Stage::Rcpt, "550 5.1.1 who")), Standing::Ready));
    assert_eq!((contents(&heard), heard.iter().filter(|line| line.starts_with("EHLO")).count()), (1, 2));

    // The server gives 354 for nobody: a lone dot, and no content.
    let (first, second, standing, heard) = two(acts).await;
    assert_eq!(first, Ok(Reply::new(250, "2.0.0 queued")));
    assert_eq!((second, standing), (Err(refusal(Stage::Rcpt, "550 5.1.1 who")), Standing::Refused));
    assert_eq!(heard.last().map(String::as_str), Some("<>"));
}

#[tokio::test(start_paused = true)]
async fn what_breaks_after_the_dot_leaves_the_first_in_doubt_and_the_second_untouched() {
    for (act, cause) in [
        (Act::Close, Cause::Closed("the server closed the connection".into())),
        (Act::Silence, Cause::Timeout),
        (say("what?\r\n"), Cause::Unreadable("a line without a reply code: \"what?\"".into())),
        (say("354 go\r\n"), Cause::Unreadable("\"354 go\" in answer to the end of data".into())),
        // Refused, and then taken after all.
        (
            say("550 5.7.1 no\r\n250 2.0.0 queued\r\n"),
            Cause::Unreadable("\"550 5.7.1 no\" came in answer to the end of data, and what followed does not tell whether that was the last word".into()),
        ),
    ] {
        let (first, second, standing, heard) = two(vec![(At::Dot, act.clone())]).await;
        let first = first.unwrap_err();
        assert_eq!(first, Failure { stage: Stage::EndOfData, cause, dot: Dot::MayBeOut }, "{act:?}");
        assert!(first.in_doubt());
        assert_eq!(second.unwrap_err().stage, Stage::Connect, "the second needs a new connection");
        assert_eq!((standing, contents(&heard)), (Standing::Broken, 1));
    }
    // 421 is a definite refusal, and the last word.
    let (first, second, standing, _) = two(vec![(At::Dot, Act::SayAndClose(b"421 4.3.2 bye\r\n".to_vec()))]).await;
    assert_eq!(first, Err(refusal(Stage::EndOfData, "421 4.3.2 bye")));
    assert_eq!((second.unwrap_err().stage, standing), (Stage::Connect, Standing::Broken));
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_ends_between_two_messages_charges_nobody() {
    let ok = say("250 ok\r\n");
    for (act, cause) in [
        (Act::Close, Cause::Closed("the server closed the connection".into())),
        (Act::SayAndClose(b"421 4.7.0 enough\r\n".to_vec()), Cause::Reply(Reply::new(421, "4.7.0 enough"))),
    ] {
        let (first, second, standing, heard) = two(vec![(At::Mail, ok.clone()), (At::Mail, act)]).await;
        assert_eq!(first, Ok(Reply::new(250, "2.0.0 queued")));
        assert_eq!(second, Err(Failure::before_the_dot(Stage::Mail, cause)));
        assert_eq!((standing, contents(&heard)), (Standing::Broken, 1));
    }
    // A reply too many after the first: noticed before the second's content.
    let (first, second, standing, heard) = two(vec![(At::Dot, say("250 ok\r\n250 ok\r\n"))]).await;
    assert_eq!(first, Ok(Reply::new(250, "ok")));
    let words = "\"250 2.1.5 ok\" in answer to DATA".to_owned();
    assert_eq!(second, Err(Failure::before_the_dot(Stage::Data, Cause::Unreadable(words))));
    assert_eq!((standing, contents(&heard)), (Standing::Broken, 1));
}

#[tokio::test(start_paused = true)]
async fn nothing_but_the_message_that_was_announced_follows() {
    let server = Server::offering(&["PIPELINING"]);
    let mut session = session(&server).await.unwrap();
    session.hand_over(&envelope(), &first_content(), &Answering::with(true)).await.unwrap();
    let failure = session.hand_over(&envelope(), &content(), &Answering::with(true)).await.unwrap_err();
    assert_eq!((failure.stage, failure.dot, session.standing), (Stage::Mail, Dot::NotSent, Standing::Broken));

    let mut session = super::server::session(&server).await.unwrap();
    session.hand_over(&envelope(), &first_content(), &Answering::with(true)).await.unwrap();
    session.quit().await;
    drop(session);
    tokio::task::yield_now().await;
    assert!(!server.heard().iter().any(|line| line.contains("QUIT")), "it would be taken for content");

    let mut session = super::server::session(&server).await.unwrap();
    session.hand_over(&envelope(), &first_content(), &Answering::with(true)).await.unwrap();
    let failure = session.hand_over(&second(), &content(), &Answering::with(false)).await.unwrap_err();
    assert_eq!((failure.cause, failure.dot, session.standing), (Cause::Gate, Dot::NotSent, Standing::Broken));
}

/// It refuses while the content comes, and takes the message all the same.
#[tokio::test(start_paused = true)]
async fn an_early_refusal_that_is_taken_back_is_doubt() {
    for offer in [&[][..], &["PIPELINING"]] {
        for then in [None, Some(second())] {
            let server = Server::offering(offer).act(At::Data, Act::SpeakEarly(b"552 5.3.4 too large\r\n".to_vec()));
            let mut session = session(&server).await.unwrap();
            let content = Content::of(LETTER.as_bytes()).unwrap().announcing(then.as_ref(), false);
            let failure = session.hand_over(&envelope(), &content, &Answering::with(true)).await.unwrap_err();
            assert!(failure.in_doubt(), "{offer:?} {then:?} {failure:?}");
            assert_eq!(session.standing, Standing::Broken);
        }
    }
}
