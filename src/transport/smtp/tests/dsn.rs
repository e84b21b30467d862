//! ENVID and RET (RFC 3461), where the server offers DSN and nowhere else.

use crate::model::Envelope;
use crate::transport::smtp::content::Content;
use crate::transport::smtp::envelope::commands;
use crate::transport::smtp::tests::server::{Answering, LETTER, Server, envelope, session};

const PLAIN: &str = "MAIL FROM:<board@board.example>";
// "+" and "=" are written as xtext (§4).
const NAMED: &str = "MAIL FROM:<board@board.example> RET=HDRS ENVID=a+2Bb+3Dc.20270315@board.example";

/// The MAIL commands of two messages, the second announced by the first as if the server had DSN or not.
async fn mails(offer: &[&'static str], as_if: bool) -> (Vec<String>, bool) {
    let server = Server::offering(offer);
    let mut session = session(&server).await.unwrap();
    let first = Content::of(LETTER.as_bytes()).unwrap().announcing(Some(&envelope()), as_if);
    session.hand_over(&envelope(), &first, &Answering::with(true)).await.unwrap();
    let announced = session.announced.is_some();
    let second = Content::of(LETTER.as_bytes()).unwrap();
    session.hand_over(&envelope(), &second, &Answering::with(true)).await.unwrap();
    (server.heard().into_iter().filter(|line| line.starts_with("MAIL")).collect(), announced)
}

#[tokio::test(start_paused = true)]
async fn the_envelope_id_goes_to_servers_with_dsn() {
    for (offer, as_if, expected, announced) in [
        (&[][..], false, PLAIN, false),
        (&["DSN"], true, NAMED, false),
        (&["PIPELINING"], false, PLAIN, true),
        (&["PIPELINING", "DSN"], true, NAMED, true),
        // Written for the other kind: it waits for its turn and is written anew.
        (&["PIPELINING"], true, PLAIN, false),
        (&["PIPELINING", "DSN"], false, NAMED, false),
    ] {
        let found = mails(offer, as_if).await;
        assert_eq!(found, (vec![expected.to_owned(); 2], announced), "{offer:?} {as_if}");
    }
}

#[test]
fn an_envelope_without_an_id_asks_for_nothing() {
    let [mail, ..] = commands(&Envelope { envelope_id: None, ..envelope() }, true);
    assert_eq!(mail, format!("{PLAIN}\r\n"));
}
