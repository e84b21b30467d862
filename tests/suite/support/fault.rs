//! The faults of the matrix and the places where they strike.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::support::smtp_server::{Rule, Stage, at};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Closing,
    Later,
    No,
    Drop,
    Reset,
    Hang,
    Garbage,
    Slow,
}

/// Where it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Tcp,
    /// At a stage of the scripted server.
    At(Stage),
}

/// A port that takes no connection, as long as this lives.
pub struct ClosedPort {
    port: u16,
    _kept: Vec<socket2::Socket>,
}

impl Fault {
    pub const ALL: [Self; 8] =
        [Self::Closing, Self::Later, Self::No, Self::Drop, Self::Reset, Self::Hang, Self::Garbage, Self::Slow];

    pub fn name(self) -> &'static str {
        match self {
            Self::Closing => "421",
            Self::Later => "451",
            Self::No => "550",
            Self::Drop => "drop",
            Self::Reset => "reset",
            Self::Hang => "hang",
            Self::Garbage => "garbage",
            Self::Slow => "slow",
        }
    }

    /// Whether only a deadline ends it.
    pub fn is_slow(self) -> bool {
        matches!(self, Self::Hang | Self::Slow)
    }

    fn reply(self) -> Option<&'static str> {
        match self {
            Self::Closing => Some("421 4.3.2 closing"),
            Self::Later => Some("451 4.3.0 later"),
            Self::No => Some("550 5.7.1 not here"),
            _ => None,
        }
    }
}

impl Place {
    pub const ALL: [Self; 12] = [
        Self::Tcp,
        Self::At(Stage::Connect),
        Self::At(Stage::Ehlo),
        Self::At(Stage::StartTls),
        Self::At(Stage::Handshake),
        Self::At(Stage::Auth),
        Self::At(Stage::Mail),
        Self::At(Stage::Rcpt),
        Self::At(Stage::Data),
        Self::At(Stage::Body),
        Self::At(Stage::EndOfData),
        Self::At(Stage::AfterAccept),
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "connect",
            Self::At(Stage::Connect) => "greeting",
            Self::At(Stage::Ehlo) => "EHLO",
            Self::At(Stage::StartTls) => "STARTTLS",
            Self::At(Stage::Handshake) => "TLS",
            Self::At(Stage::Auth) => "AUTH",
            Self::At(Stage::Mail) => "MAIL",
            Self::At(Stage::Rcpt) => "RCPT",
            Self::At(Stage::Data) => "DATA",
            Self::At(Stage::Body) => "in the body",
            Self::At(Stage::EndOfData) => "end of data",
            Self::At(Stage::AfterAccept) => "after accept",
            Self::At(Stage::Quit) => "QUIT",
        }
    }

    /// There are no replies in TCP and TLS, and a server that takes a message and refuses it has not taken it.
    pub fn can_have(self, fault: Fault) -> bool {
        match self {
            Self::Tcp => fault == Fault::Reset || (fault == Fault::Hang && cfg!(target_os = "linux")),
            Self::At(Stage::Handshake | Stage::AfterAccept) => fault.reply().is_none(),
            Self::At(_) => true,
        }
    }

    /// The fault as a rule, for one recipient where the stage knows any.
    pub fn rule(self, fault: Fault, recipient: &str) -> Option<Rule> {
        let Self::At(stage) = self else { return None };
        let knows = matches!(stage, Stage::Rcpt | Stage::Data | Stage::Body | Stage::EndOfData | Stage::AfterAccept);
        let occasion = if knows { at(stage).to(recipient) } else { at(stage) };
        Some(match (fault.reply(), fault) {
            (Some(reply), _) => occasion.replies(reply),
            (None, Fault::Drop) => occasion.drops(),
            (None, Fault::Reset) => occasion.resets(),
            (None, Fault::Hang) => occasion.hangs(),
            (None, Fault::Slow) => occasion.drips(),
            (None, _) => occasion.talks_garbage(),
        })
    }

    /// Where the fault is that of TCP itself.
    pub fn closed_port(self, fault: Fault) -> Option<ClosedPort> {
        (self == Self::Tcp).then(|| if fault == Fault::Hang { ClosedPort::full() } else { ClosedPort::refusing() })
    }
}

impl ClosedPort {
    /// Bound, and nobody listens: RST to the SYN.
    pub fn refusing() -> Self {
        Self::bound().0
    }

    /// A queue that is full: no answer to the SYN.
    pub fn full() -> Self {
        let (mut closed, address) = Self::bound();
        closed._kept[0].listen(0).unwrap();
        for _ in 0..4 {
            match TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
                Ok(stream) => closed._kept.push(stream.into()),
                Err(_) => break,
            }
        }
        closed
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn bound() -> (Self, SocketAddr) {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        (Self { port: address.port(), _kept: vec![socket] }, address)
    }
}
