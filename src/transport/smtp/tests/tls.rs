//! TLS: STARTTLS stripped, injected, refused; certificates that are good, and each way in which they are not.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tokio_rustls::TlsAcceptor;

use crate::model::Reply;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::smtp::endpoint::Secured;
use crate::transport::smtp::handshake::Tls;
use crate::transport::smtp::session::Session;
use crate::transport::smtp::tests::server::{Act, Answering, At, Server, content, endpoint, envelope, say};
use crate::transport::smtp::trust::Trust;

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn trust(&self) -> Trust {
        Trust::from_pem(self.0.pem().as_bytes()).unwrap()
    }

    /// A server's TLS with a certificate of this authority.
    fn certify(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        server_config(certificate.der().clone(), &key, rustls::ALL_VERSIONS)
    }
}

fn server_config(
    certificate: rustls::pki_types::CertificateDer<'static>,
    key: &KeyPair,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}

fn tls(trust: &Trust) -> Tls {
    Tls::new(Arc::new(trust.client_config().unwrap()), ServerName::try_from("mx.test").unwrap())
}

fn failure(cause: Cause) -> Failure {
    Failure::before_the_dot(Stage::Tls, cause)
}

async fn open(server: &Server, trust: &Trust) -> Result<Session, Failure> {
    Session::open(Box::new(server.pipe()), &endpoint(Secured::StartTls(tls(trust))), "board.example").await
}

#[tokio::test]
async fn a_message_goes_over_starttls_and_nothing_of_the_clear_ehlo_is_believed() {
    let authority = Authority::new("board");
    let mut server = Server::offering(&["STARTTLS", "PIPELINING"]);
    server.tls = Some(authority.certify("mx.test", |_| ()));
    let mut session = open(&server, &authority.trust()).await.unwrap();
    session.hand_over(&envelope(), &content(), &Answering::with(true)).await.unwrap();
    session.quit().await;
    let heard = server.heard();
    assert_eq!(heard[..4], ["EHLO board.example", "STARTTLS", "(TLS)", "EHLO board.example"]);
    assert_eq!(heard[7..], ["<Subject: x\r\n\r\n..dot\r\n>", "QUIT"]);
}

#[tokio::test]
async fn a_message_goes_over_implicit_tls() {
    let authority = Authority::new("board");
    let config = authority.certify("mx.test", |_| ());
    let server = Server::default();
    let (near, far) = tokio::io::duplex(65_536);
    let inside = server.clone();
    tokio::spawn(async move {
        let stream = TlsAcceptor::from(config).accept(far).await.unwrap();
        inside.start(Box::new(stream)).await.unwrap();
    });
    let endpoint = endpoint(Secured::Tls(tls(&authority.trust())));
    let mut session = Session::open(Box::new(near), &endpoint, "board.example").await.unwrap();
    session.hand_over(&envelope(), &content(), &Answering::with(true)).await.unwrap();
}

#[tokio::test]
async fn starttls_that_is_stripped_refused_or_injected_ends_before_the_sign_in() {
    let authority = Authority::new("board");
    let trust = authority.trust();
    let stripped = Server::offering(&["AUTH PLAIN"]);
    assert_eq!(open(&stripped, &trust).await.err(), Some(failure(Cause::NoStartTls)));
    assert_eq!(stripped.heard(), ["EHLO board.example"]);

    for (act, cause) in [
        (say("454 4.7.0 not now\r\n"), Cause::Reply(Reply::new(454, "4.7.0 not now"))),
        (say("220 go\r\n250 injected\r\n"), Cause::Injected),
        (say("220 go\r\n2"), Cause::Injected),
        (Act::Close, Cause::Closed("the server closed the connection".into())),
        (
            Act::SayAndClose(b"220 go\r\n".to_vec()),
            Cause::Closed("the server broke the connection off during the TLS handshake".into()),
        ),
    ] {
        let mut server = Server::offering(&["STARTTLS"]).act(At::StartTls, act.clone());
        server.tls = Some(authority.certify("mx.test", |_| ()));
        assert_eq!(open(&server, &trust).await.err(), Some(failure(cause)), "{act:?}");
    }
}

#[tokio::test]
async fn bad_certificates_are_explained() {
    let authority = Authority::new("board");
    let trust = authority.trust();
    let year = rcgen::date_time_ymd;
    let own = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["mx.test".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let self_signed = params.self_signed(&own).unwrap();
    for (config, words) in [
        (authority.certify("other.test", |_| ()), "was made for another name: other.test"),
        (authority.certify("mx.test", |params| params.not_after = year(2001, 1, 1)), "has expired"),
        (authority.certify("mx.test", |params| params.not_before = year(3001, 1, 1)), "is not valid yet"),
        (
            Authority::new("stranger").certify("mx.test", |_| ()),
            "is signed by an authority that is not trusted, or by itself",
        ),
        (server_config(self_signed.der().clone(), &own, rustls::ALL_VERSIONS), "is "),
    ] {
        let mut server = Server::offering(&["STARTTLS"]);
        server.tls = Some(config);
        let Some(Failure { stage: Stage::Tls, cause: Cause::Tls(found), .. }) = open(&server, &trust).await.err()
        else {
            panic!("{words}")
        };
        let words = format!("the certificate of \"mx.test\" {words}");
        assert!(found.starts_with(&words), "{found}");
        assert_eq!(server.heard(), ["EHLO board.example", "STARTTLS"]);
    }
    // Its own certificate as the authority to believe: still not one of a server.
    let mut server = Server::offering(&["STARTTLS"]);
    server.tls = Some(server_config(self_signed.der().clone(), &own, rustls::ALL_VERSIONS));
    let trust = Trust::from_pem(self_signed.pem().as_bytes()).unwrap();
    let cause = open(&server, &trust).await.err().map(|failure| failure.cause);
    let Some(Cause::Tls(found)) = cause else { panic!("{cause:?}") };
    assert!(found.contains("is self-signed"), "{found}");
}

#[tokio::test]
async fn a_server_without_tls_behind_the_port_is_explained() {
    let trust = Authority::new("board").trust();
    let endpoint = endpoint(Secured::Tls(tls(&trust)));
    let result = Session::open(Box::new(Server::default().pipe()), &endpoint, "board.example").await;
    let words = "\"mx.test\" does not speak TLS here; port and security may not belong together";
    assert_eq!(result.err(), Some(failure(Cause::Tls(words.to_owned()))));
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_hangs_is_given_up() {
    let (near, _far) = tokio::io::duplex(65_536);
    let endpoint = endpoint(Secured::Tls(tls(&Authority::new("board").trust())));
    let result = Session::open(Box::new(near), &endpoint, "board.example").await;
    assert_eq!(result.err(), Some(failure(Cause::Timeout)));
}

#[test]
fn files_without_authorities_are_refused() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert!(Trust::from_pem(pem.as_bytes()).is_err(), "{pem}");
    }
}
