//! How the server behaves: what it offers, who may sign in, and its faults.

use crate::support::smtp_server::rule::Rule;
use crate::support::smtp_server::server::SmtpServer;

/// A server before it starts.
#[derive(Debug, Clone)]
pub struct Script {
    /// What EHLO lists, besides AUTH.
    pub(crate) extensions: Vec<String>,
    /// Who may sign in; without it nobody needs to.
    pub(crate) login: Option<(String, String)>,
    /// The first that fits counts.
    pub(crate) rules: Vec<Rule>,
}

impl Script {
    /// A server that takes everything.
    pub fn new() -> Self {
        let extensions = ["PIPELINING", "SIZE 26214400", "8BITMIME", "ENHANCEDSTATUSCODES"];
        Self { extensions: extensions.map(str::to_owned).to_vec(), login: None, rules: Vec::new() }
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

    /// Does not offer an extension, and finds fault with a client that uses it all the same.
    pub fn without(mut self, extension: &str) -> Self {
        self.extensions.retain(|offered| !offered.starts_with(extension));
        self
    }

    /// Listens on a free port of 127.0.0.1.
    pub fn start(self) -> SmtpServer {
        SmtpServer::start(self)
    }

    /// Whether an extension is offered.
    pub(crate) fn offers(&self, extension: &str) -> bool {
        self.extensions.iter().any(|offered| offered.starts_with(extension))
    }
}
