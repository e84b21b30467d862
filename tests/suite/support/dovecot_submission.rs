//! Dovecot's submission service: STARTTLS and a sign-in, and what it takes it hands on to a server of the test.
#![cfg(unix)]

use crate::support::dovecot::{Dovecot, Service};
use crate::support::smtp_server::Authority;
use crate::support::smtp_sink::{free_port, greets_as};

/// The service.
pub struct Submission {
    /// On 127.0.0.1.
    pub port: u16,
    relay: u16,
    name: String,
}

impl Submission {
    /// Starts it, where Dovecot is installed; what it takes it relays to a port on 127.0.0.1.
    #[track_caller]
    pub fn start(authority: &Authority, relay: u16) -> Option<Dovecot<Self>> {
        Dovecot::run(authority, || {
            let port = free_port();
            Self { port, relay, name: format!("dovecot-{}-{port}.example", std::process::id()) }
        })
    }
}

impl Service for Submission {
    fn settings(&self) -> String {
        let Self { port, relay, name } = self;
        format!(
            "instance_name = {name}
hostname = {name}
protocols = submission
ssl = required
disable_plaintext_auth = yes
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
"
        )
    }

    fn greets(&self) -> bool {
        greets_as(self.port, &self.name)
    }
}
