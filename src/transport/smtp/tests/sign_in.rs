//! Sign-in: what is sent, what is taken for success, and that nothing shows the secret.

use crate::model::Reply;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::settings::SignIn;
use crate::transport::smtp::endpoint::{Credentials, Endpoint, Secret, Secured};
use crate::transport::smtp::session::Session;
use crate::transport::smtp::tests::server::{At, Server, endpoint, say};

fn signing_in(mechanism: SignIn) -> Endpoint {
    let credentials =
        Credentials { username: "board".into(), secret: Secret::Fixed("s3cret".to_owned().into()), mechanism };
    Endpoint { credentials: Some(credentials), ..endpoint(Secured::Loopback) }
}

/// The failure, and what the server heard after EHLO.
async fn sign_in(server: Server, mechanism: SignIn) -> (Option<Failure>, Vec<String>) {
    let result = Session::open(Box::new(server.pipe()), &signing_in(mechanism), "board.example").await;
    (result.err(), server.heard().split_off(1))
}

fn refused(code: u16, text: &str) -> Option<Failure> {
    Some(Failure::before_the_dot(Stage::SignIn, Cause::Reply(Reply::new(code, text))))
}

fn none_in_common(words: &str) -> Option<Failure> {
    Some(Failure::before_the_dot(Stage::SignIn, Cause::NoSignIn(words.to_owned())))
}

#[tokio::test(start_paused = true)]
async fn each_mechanism_is_spoken_as_its_rfc_says() {
    let plain = "AUTH PLAIN AGJvYXJkAHMzY3JldA==";
    let login = ["AUTH LOGIN", "Ym9hcmQ=", "czNjcmV0"];
    let token = "AUTH XOAUTH2 dXNlcj1ib2FyZAFhdXRoPUJlYXJlciBzM2NyZXQBAQ==";
    let challenge = "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n";
    for (offer, mechanism, replies, expected, heard) in [
        ("AUTH PLAIN LOGIN", SignIn::Password, &["235 ok\r\n"][..], None, &[plain][..]),
        ("AUTH login plain", SignIn::Password, &["235 ok\r\n"], None, &[plain]),
        ("AUTH=PLAIN", SignIn::Password, &["535 5.7.8 no\r\n"], refused(535, "5.7.8 no"), &[plain]),
        ("AUTH PLAIN", SignIn::Password, &["454 4.7.0 later\r\n"], refused(454, "4.7.0 later"), &[plain]),
        ("AUTH LOGIN", SignIn::Password, &["334 VXNlcg==\r\n", "334\r\n", "235 ok\r\n"], None, &login),
        ("AUTH LOGIN", SignIn::Password, &["334 x\r\n", "334 y\r\n", "535 no\r\n"], refused(535, "no"), &login),
        ("AUTH LOGIN", SignIn::Password, &["504 no\r\n"], refused(504, "no"), &login[..1]),
        ("AUTH XOAUTH2 PLAIN", SignIn::XOAuth2, &["235 ok\r\n"], None, &[token]),
        ("AUTH XOAUTH2", SignIn::XOAuth2, &[challenge, "535 5.7.3 no\r\n"], refused(535, "5.7.3 no"), &[token, ""]),
        (
            "AUTH CRAM-MD5 XOAUTH2",
            SignIn::Password,
            &[],
            none_in_common("the server offers sign-in by CRAM-MD5 and XOAUTH2, not by PLAIN or LOGIN"),
            &[],
        ),
        ("AUTH PLAIN", SignIn::XOAuth2, &[], none_in_common("the server offers sign-in by PLAIN, not by XOAUTH2"), &[]),
        ("SIZE 9", SignIn::Password, &[], none_in_common("the server offers no sign-in here"), &[]),
    ] {
        let mut server = Server::offering(&[offer]);
        for reply in replies {
            server = server.act(At::Auth, say(reply));
        }
        let (failure, lines) = sign_in(server, mechanism).await;
        assert_eq!(failure, expected, "{offer} {replies:?}");
        assert_eq!(lines, heard, "{offer} {replies:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_235_is_success() {
    for reply in ["250 ok\r\n", "334 more\r\n", "235-a\r\n236 b\r\n"] {
        let server = Server::offering(&["AUTH PLAIN"]).act(At::Auth, say(reply));
        let (failure, _) = sign_in(server, SignIn::Password).await;
        let failure = failure.unwrap();
        assert!(matches!(failure.cause, Cause::Unreadable(_)), "{failure:?}");
        assert_eq!(failure.stage, Stage::SignIn);
    }
}

#[test]
fn nothing_shows_the_secret() {
    let shown = format!("{:?}", signing_in(SignIn::Password).credentials);
    assert!(shown.contains("board") && !shown.contains("s3cret"), "{shown}");
}
