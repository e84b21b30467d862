//! Every fault at every stage, one command at a time and pipelined: where it ended, why, whether the dot may be out, and
//! whether the connection is kept.

use std::time::Duration;

use tokio::time::Instant;

use crate::model::Reply;
use crate::transport::interface::{Cause, Dot, Failure, Stage};
use crate::transport::smtp::session::Standing;
use crate::transport::smtp::tests::server::{Act, Answering, At, Server, content, envelope, say, session};

const STAGES: [(At, Stage); 6] = [
    (At::Greeting, Stage::Greeting),
    (At::Ehlo, Stage::Ehlo),
    (At::Mail, Stage::Mail),
    (At::Rcpt, Stage::Rcpt),
    (At::Data, Stage::Data),
    (At::Dot, Stage::EndOfData),
];

const OFFERS: [&[&str]; 2] = [&[], &["PIPELINING"]];

/// One delivery; the failure, and what became of the connection.
async fn deliver(server: &Server) -> (Option<Failure>, Standing) {
    match session(server).await {
        Err(failure) => (Some(failure), Standing::Broken),
        Ok(mut session) => {
            let result = session.hand_over(&envelope(), &content(), &Answering::with(true)).await;
            (result.err(), session.standing)
        }
    }
}

fn words(cause: &Cause) -> String {
    match cause {
        Cause::Reply(reply) => format!("reply {reply}"),
        Cause::Unreadable(words) => format!("unreadable {words}"),
        Cause::Closed(words) => format!("closed {words}"),
        other => format!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn each_fault_at_each_stage() {
    let faults: [(Act, Cause, bool); 8] = [
        (say("451 4.3.0 later\r\n"), Cause::Reply(Reply::new(451, "4.3.0 later")), true),
        (say("550 5.7.1 no\r\n"), Cause::Reply(Reply::new(550, "5.7.1 no")), true),
        (Act::SayAndClose(b"421 4.3.2 bye\r\n".to_vec()), Cause::Reply(Reply::new(421, "4.3.2 bye")), false),
        (say("421 4.3.2 bye\r\n"), Cause::Reply(Reply::new(421, "4.3.2 bye")), false),
        (Act::Close, Cause::Closed("the server closed the connection".into()), false),
        (Act::SayAndClose(b"250-half".to_vec()), Cause::Closed("the server closed the connection".into()), false),
        (Act::Silence, Cause::Timeout, false),
        (Act::Drip, Cause::Timeout, false),
    ];
    for offer in OFFERS {
        for (at, stage) in STAGES {
            for (act, cause, keeps) in &faults {
                let mut server = Server::offering(offer).act(at, act.clone());
                if at == At::Mail && !offer.is_empty() {
                    server = server.act(At::Rcpt, say("503 no\r\n")).act(At::Data, say("503 no\r\n"));
                }
                let (failure, standing) = deliver(&server).await;
                let dot = if stage == Stage::EndOfData { Dot::MayBeOut } else { Dot::NotSent };
                let found = failure.unwrap();
                assert_eq!(
                    found,
                    Failure { stage, cause: cause.clone(), dot },
                    "{act:?} at {at:?}, offering {offer:?}"
                );
                let kept = *keeps && !matches!(stage, Stage::Greeting | Stage::Ehlo);
                // After the dot EHLO has shown that nothing else follows, and reset.
                let expected = match (kept, stage) {
                    (true, Stage::EndOfData) => Standing::Ready,
                    (true, _) => Standing::Refused,
                    (false, _) => Standing::Broken,
                };
                assert_eq!(standing, expected, "{act:?} at {at:?}, offering {offer:?}");
                let in_doubt = stage == Stage::EndOfData && !matches!(found.cause, Cause::Reply(_));
                assert_eq!(found.in_doubt(), in_doubt, "{act:?} at {at:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn answers_that_are_none_are_unreadable_and_end_the_connection() {
    let garbage: &[(&[u8], &str)] = &[
        (b"\xfe\xff\x00\x1b[2J\r\n", "unreadable a line without a reply code: \"\\xfe\\xff\\x00\\x1b[2J\""),
        (b"HTTP/1.1 400 Bad", "unreadable a line without a reply code: \"HTTP/1.1 400 Bad"),
        (b"250 ok\n", "unreadable a reply line that does not end in CR LF"),
        (b"250-a\r\n550 b\r\n", "unreadable a reply whose lines have different codes: \"550 b\""),
        (b"999 ok\r\n", "unreadable a line without a reply code: \"999 ok\""),
        (b"\r\n", "unreadable a line without a reply code: \"\""),
        (b"299 odd\r\n", "unreadable \"299 odd\" in answer to "),
        (b"334 odd\r\n", "unreadable \"334 odd\" in answer to "),
    ];
    for offer in OFFERS {
        for (at, stage) in STAGES {
            for (octets, expected) in garbage {
                let server = Server::offering(offer).act(at, Act::Say(octets.to_vec()));
                let (failure, standing) = deliver(&server).await;
                let failure = failure.unwrap();
                let dot = if stage == Stage::EndOfData { Dot::MayBeOut } else { Dot::NotSent };
                assert_eq!((failure.stage, failure.dot), (stage, dot), "{octets:?} at {at:?}, offering {offer:?}");
                assert!(words(&failure.cause).starts_with(expected), "{at:?}: {}", words(&failure.cause));
                assert_eq!(standing, Standing::Broken);
                assert_eq!(failure.in_doubt(), stage == Stage::EndOfData);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn codes_of_success_count_only_where_they_belong() {
    for (at, reply, expected) in [
        (At::Rcpt, "251 2.1.5 will forward\r\n", None),
        (At::Rcpt, "252 cannot verify\r\n", Some((Stage::Rcpt, "\"252 cannot verify\" in answer to RCPT"))),
        (At::Mail, "251 what\r\n", Some((Stage::Mail, "\"251 what\" in answer to MAIL"))),
        (At::Data, "250 ok\r\n", Some((Stage::Data, "\"250 ok\" in answer to DATA"))),
        (At::Dot, "354 go on\r\n", Some((Stage::EndOfData, "\"354 go on\" in answer to the end of data"))),
        (At::Dot, "251 ok\r\n", Some((Stage::EndOfData, "\"251 ok\" in answer to the end of data"))),
        // A refusal that is taken back is none: nobody can tell which of the two counts.
        (
            At::Dot,
            "451 4.3.0 later\r\n250 queued\r\n",
            Some((
                Stage::EndOfData,
                "\"451 4.3.0 later\" came in answer to the end of data, and what followed does not tell whether that was the last word",
            )),
        ),
        (At::Dot, "250\r\n", None),
        (At::Dot, "250-one\r\n250-two\r\n250 three\r\n", None),
        // A reply too many: everything after it answers the command before.
        (At::Mail, "250 ok\r\n250 again\r\n", Some((Stage::Rcpt, "a reply that nobody had asked for: 250 again"))),
        (At::Rcpt, "250 ok\r\n250 again\r\n", Some((Stage::Data, "a reply that nobody had asked for: 250 again"))),
        (At::Data, "354 go\r\n250 ok\r\n", Some((Stage::Body, "a reply that nobody had asked for: 250 ok"))),
    ] {
        let (failure, _) = deliver(&Server::default().act(at, say(reply))).await;
        let found = failure.as_ref().map(|failure| (failure.stage, words(&failure.cause)));
        let expected = expected.map(|(stage, words)| (stage, format!("unreadable {words}")));
        assert_eq!(found, expected, "{reply:?} at {at:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_the_stage_holds_for_the_whole_reply() {
    for (at, stage, seconds) in [
        (At::Greeting, Stage::Greeting, 300),
        (At::Rcpt, Stage::Rcpt, 300),
        (At::Data, Stage::Data, 120),
        (At::Dot, Stage::EndOfData, 600),
    ] {
        let server = Server::default().act(at, Act::Silence);
        let begun = Instant::now();
        let (failure, _) = deliver(&server).await;
        assert_eq!(failure.map(|failure| (failure.stage, failure.cause)), Some((stage, Cause::Timeout)));
        let waited = begun.elapsed();
        assert!((seconds..=seconds + 1).contains(&waited.as_secs()), "{at:?}: {waited:?}");
        // What a test of a library's patience would miss: octets that come, but never a line.
        let begun = Instant::now();
        let (failure, _) = deliver(&Server::default().act(at, Act::Drip)).await;
        assert!(failure.is_some() && begun.elapsed() <= Duration::from_secs(seconds + 1), "{at:?}");
    }
}
