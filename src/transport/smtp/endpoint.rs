//! The server that a connector talks to, with everything that a connection to it needs.

use std::sync::Arc;

use secrecy::SecretString;

use crate::transport::deadlines::Deadlines;
use crate::transport::oauth::TokenSource;
use crate::transport::settings::SignIn;
use crate::transport::smtp::announcing::Announcing;
use crate::transport::smtp::handshake::Tls;

/// Who signs in. Its `Debug` hides the secret.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account.
    pub username: String,
    /// Its password, or where the token of each connection comes from.
    pub secret: Secret,
    /// How it is shown to the server.
    pub mechanism: SignIn,
}

/// What a connection shows the server. Its `Debug` hides it.
#[derive(Debug, Clone)]
pub enum Secret {
    /// The same for every connection: a password, or a token that something outside keeps fresh.
    Fixed(SecretString),
    /// An access token for each connection, renewed before it ends.
    Token(Arc<TokenSource>),
}

/// How the connection is protected.
pub(crate) enum Secured {
    /// STARTTLS, required.
    StartTls(Tls),
    /// TLS from the first octet.
    Tls(Tls),
    /// Not at all: only to this computer itself.
    Loopback,
}

/// Where messages are handed over.
pub(crate) struct Endpoint {
    /// Name or address.
    pub(crate) host: String,
    /// TCP port.
    pub(crate) port: u16,
    /// Encryption.
    pub(crate) secured: Secured,
    /// Sign-in.
    pub(crate) credentials: Option<Credentials>,
    /// What is known of the server's way with announcements.
    pub(crate) announcing: Arc<Announcing>,
    /// The name in EHLO; the domain of the envelope's sender if `None`.
    pub(crate) hello_name: Option<String>,
    /// How long each stage may take.
    pub(crate) deadlines: Deadlines,
}

impl Endpoint {
    /// `host:port`, an IPv6 address in brackets.
    pub(crate) fn authority(&self) -> String {
        let brackets = self.host.contains(':');
        if brackets { format!("[{}]:{}", self.host, self.port) } else { format!("{}:{}", self.host, self.port) }
    }
}
