//! How the server behaves: what it offers, who may sign in, and its faults.

use std::sync::Arc;

use crate::support::smtp_server::rule::Rule;
use crate::support::smtp_server::server::SmtpServer;
use crate::support::smtp_server::tls::Identity;

/// Says whether an access token is good.
#[derive(Clone)]
pub(crate) struct TokenCheck(pub(crate) Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl std::fmt::Debug for TokenCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenCheck")
    }
}

/// A server before it starts.
#[derive(Debug, Clone)]
pub struct Script {
    /// What EHLO lists, besides AUTH.
    pub(crate) extensions: Vec<String>,
    /// Who may sign in; without it nobody needs to.
    pub(crate) login: Option<(String, String)>,
    /// Whose access tokens are good for AUTH XOAUTH2; without it nobody needs one.
    pub(crate) token: Option<TokenCheck>,
    /// Who it is in TLS, connection by connection, the last one for all that follow; without it there is no STARTTLS.
    pub(crate) identities: Vec<Identity>,
    /// The first that fits counts.
    pub(crate) rules: Vec<Rule>,
}

impl Script {
    /// A server that takes everything.
    pub fn new() -> Self {
        let extensions = ["PIPELINING", "SIZE 26214400", "8BITMIME", "ENHANCEDSTATUSCODES"];
        let extensions = extensions.map(str::to_owned).to_vec();
        Self { extensions, login: None, token: None, identities: Vec::new(), rules: Vec::new() }
    }

    /// Adds a fault; of several that fit, the first counts, and all of them count the occasion.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Wants AUTH PLAIN or LOGIN before MAIL.
    pub fn login(mut self, user: &str, password: &str) -> Self {
        self.login = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// Wants AUTH XOAUTH2 with a token that this knows.
    pub fn tokens(mut self, knows: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.token = Some(TokenCheck(Arc::new(knows)));
        self
    }

    /// Offers STARTTLS, and AUTH only behind it. Given several times, the first is for the first connection, the second
    /// for the second, and the last for all that follow.
    pub fn tls(mut self, identity: Identity) -> Self {
        self.identities.push(identity);
        self
    }

    /// Does not offer an extension, and finds fault with a client that uses it all the same.
    pub fn without(mut self, extension: &str) -> Self {
        self.extensions.retain(|offered| !offered.starts_with(extension));
        self
    }

    /// Listens on a free port of 127.0.0.1.
    pub fn start(self) -> SmtpServer {
        SmtpServer::start(self)
    }

    /// Who the server is in TLS on a connection, counted from 1.
    pub(crate) fn identity(&self, connection: usize) -> Option<Identity> {
        self.identities.get(connection - 1).or(self.identities.last()).cloned()
    }

    /// Whether an extension is offered.
    pub(crate) fn offers(&self, extension: &str) -> bool {
        self.extensions.iter().any(|offered| offered.starts_with(extension))
    }
}
