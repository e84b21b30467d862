//! Encryption and sign-in that are refused, changed, stripped or attacked while the real program sends: nobody's state
//! changes, the password never leaves, and the words say what IT must do.

use rcgen::date_time_ymd;
use serde_json::Value;

use crate::support::run::Run;
use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::{Authority, Identity, Script, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const PASSWORD: &str = "right horse";
const HERE: &str = "127.0.0.1";

fn send(workspace: &Workspace) -> Run {
    let run =
        workspace.invoke(["--patience", "50000", "send", "monday", "--yes"]).env("BOARD_PASSWORD", PASSWORD).run();
    run.conceals(PASSWORD)
}

fn project(server: &SmtpServer, authority: &Authority) -> Workspace {
    Workspace::small_week_over_tls(server.port(), authority).at(MONDAY_MORNING)
}

/// Each recipient's state and the attempts charged, in the order of the lists.
fn deliveries(workspace: &Workspace) -> Vec<(String, u64)> {
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    let read =
        |delivery: &Value| (delivery["state"].as_str().unwrap().to_owned(), delivery["attempts"].as_u64().unwrap());
    PEOPLE.iter().map(|who| read(deliveries.iter().find(|delivery| delivery["address"] == **who).unwrap())).collect()
}

/// What nobody's state is touched by.
fn assert_untouched(workspace: &Workspace, server: &SmtpServer, case: &str) {
    assert_eq!(deliveries(workspace), vec![("pending".to_owned(), 0); 6], "{case}");
    assert!(server.accepted().is_empty(), "{case}");
    assert_eq!(server.journal().count("AUTH"), 0, "{case}: the password was sent");
}

/// The first are accepted, the others untouched.
fn assert_untouched_after(workspace: &Workspace, server: &SmtpServer, accepted: usize) {
    let expected: Vec<(String, u64)> = (0..6)
        .map(|index| if index < accepted { ("accepted".to_owned(), 1) } else { ("pending".to_owned(), 0) })
        .collect();
    assert_eq!(deliveries(workspace), expected);
    assert_eq!(server.journal().recipients(), PEOPLE[..accepted]);
}

#[test]
fn encryption_that_cannot_be_trusted_ends_before_the_sign_in_and_is_explained() {
    let authority = Authority::new("Example Board Authority");
    let good = || Script::new().login("news", PASSWORD).tls(authority.certify(HERE, |_| ()));
    let bad = |identity: Identity| Script::new().login("news", PASSWORD).tls(identity);
    let year = date_time_ymd;
    let stripped = Script::new().login("news", PASSWORD);
    let cases = [
        ("stripped", stripped, 78, "the server offers no STARTTLS, which the settings ask for"),
        (
            "injected",
            good().rule(at(Stage::StartTls).says_octets("220 go\r\n250 welcome\r\n")),
            69,
            "the server sent clear text into the change to encryption, as an attacker would",
        ),
        (
            "another name",
            bad(authority.certify("mail.other.example", |_| ())),
            69,
            "the certificate of \"127.0.0.1\" was made for another name: mail.other.example",
        ),
        (
            "expired",
            bad(authority.certify(HERE, |params| params.not_after = year(2001, 1, 1))),
            69,
            "the certificate of \"127.0.0.1\" has expired",
        ),
        (
            "too early",
            bad(authority.certify(HERE, |params| params.not_before = year(3001, 1, 1))),
            69,
            "the certificate of \"127.0.0.1\" is not valid yet",
        ),
        (
            "another authority",
            bad(Authority::new("Stranger").certify(HERE, |_| ())),
            69,
            "is signed by an authority that is not trusted, or by itself",
        ),
        (
            "self-signed",
            bad(Identity::self_signed(HERE)),
            69,
            "is signed by an authority that is not trusted, or by itself",
        ),
        (
            "TLS 1.1, by an alert",
            bad(Identity::too_old()),
            69,
            "speaks no TLS that is still safe: 1.2 or newer is needed",
        ),
        (
            "TLS 1.1, insisting",
            bad(Identity::insists_on_old()),
            69,
            "speaks no TLS that is still safe: 1.2 or newer is needed",
        ),
    ];
    for (case, script, status, words) in cases {
        let server = script.start();
        let workspace = project(&server, &authority);
        let run = send(&workspace).exits(status).says(words).says("ask IT to look at").says("6 still to be sent");
        assert_untouched(&workspace, &server, case);
        server.assert_no_violations();
        assert!(!run.stdout.contains("panicked"), "{case}");
    }
}

#[test]
fn a_good_server_gets_everything_inside_the_encryption() {
    let authority = Authority::new("Example Board Authority");
    let server = Script::new().login("news", PASSWORD).tls(authority.certify(HERE, |_| ())).start();
    let workspace = project(&server, &authority);
    send(&workspace).succeeds().says("accepted 6 of 6");
    server.assert_no_violations();
    assert_eq!(server.journal().recipients(), PEOPLE);
    let heard: Vec<String> = server.commands().into_iter().map(|seen| seen.line).collect();
    assert_eq!(heard[..3], ["EHLO board.example", "STARTTLS", "EHLO board.example"]);
    assert!(heard[3].starts_with("AUTH PLAIN "), "{}", heard[3]);
}

#[test]
fn a_sign_in_that_is_refused_half_way_touches_nobody_and_is_not_tried_again_and_again() {
    let authority = Authority::new("Example Board Authority");
    let refusal = "535 5.7.139 the account is locked";
    let server = Script::new()
        .login("news", PASSWORD)
        .tls(authority.certify(HERE, |_| ()))
        .rule(at(Stage::Rcpt).to("chloe@*").nth(1).drops())
        .rule(at(Stage::Auth).since(2).replies(refusal))
        .start();
    let workspace = project(&server, &authority);
    let run = send(&workspace).exits(69).says("535 5.7.139 the account is locked at sign-in");
    run.says("not about the recipients").says("4 still to be sent").says("To go on: weekcast send monday");
    assert_untouched_after(&workspace, &server, 2);
    assert_eq!(server.journal().count("AUTH"), 2, "one refusal is enough: more would lock the account");
    server.recover();
    send(&workspace).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
    server.assert_no_violations();
}

#[test]
fn several_connections_do_not_all_try_a_sign_in_that_is_refused() {
    let authority = Authority::new("Example Board Authority");
    let server = Script::new()
        .login("news", PASSWORD)
        .tls(authority.certify(HERE, |_| ()))
        .rule(at(Stage::Auth).replies("535 5.7.8 wrong"))
        .start();
    let workspace = project(&server, &authority).edited("weekcast.toml", "connections = 1", "connections = 4");
    send(&workspace).exits(69).says("535 5.7.8 wrong at sign-in").says("6 still to be sent");
    assert_eq!(server.journal().count("AUTH"), 1);
    assert_eq!(deliveries(&workspace), vec![("pending".to_owned(), 0); 6]);
}

#[test]
fn a_certificate_that_changes_between_connections_ends_the_run() {
    let authority = Authority::new("Example Board Authority");
    let server = Script::new()
        .login("news", PASSWORD)
        .tls(authority.certify(HERE, |_| ()))
        .tls(Authority::new("Stranger").certify(HERE, |_| ()))
        .rule(at(Stage::Rcpt).to("ben@*").nth(1).resets())
        .start();
    let workspace = project(&server, &authority);
    let run = send(&workspace).exits(69).says("is signed by an authority that is not trusted, or by itself");
    run.says("5 still to be sent");
    assert_untouched_after(&workspace, &server, 1);
    assert_eq!(server.journal().count("AUTH"), 1, "the stranger is not shown the password");
    server.assert_no_violations();
}
