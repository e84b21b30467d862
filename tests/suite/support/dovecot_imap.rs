//! Dovecot's IMAP service, over TLS and without, with one mailbox.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use crate::support::dovecot::{Dovecot, Service};
use crate::support::smtp_server::Authority;
use crate::support::smtp_sink::free_port;

/// The service.
pub struct Imap {
    /// With TLS, on 127.0.0.1.
    pub port: u16,
    /// Without.
    pub plain_port: u16,
    name: String,
}

impl Imap {
    /// Starts it, where Dovecot is installed.
    #[track_caller]
    pub fn start(authority: &Authority) -> Option<Dovecot<Self>> {
        Dovecot::run(authority, || {
            let (port, plain_port) = (free_port(), free_port());
            Self { port, plain_port, name: format!("imap-{}-{plain_port}", std::process::id()) }
        })
    }
}

impl Service for Imap {
    fn settings(&self) -> String {
        let Self { port, plain_port, name } = self;
        format!(
            "instance_name = {name}
login_greeting = {name}
protocols = imap
ssl = yes
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"
        )
    }

    fn greets(&self) -> bool {
        let mut greeting = String::new();
        let read = TcpStream::connect((Ipv4Addr::LOCALHOST, self.plain_port)).and_then(|stream| {
            stream.set_read_timeout(Some(Duration::from_secs(30)))?;
            BufReader::new(stream).read_line(&mut greeting)
        });
        read.is_ok() && greeting.starts_with("* OK") && greeting.trim_end().ends_with(&self.name)
    }
}
