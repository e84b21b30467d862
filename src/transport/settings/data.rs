//! The values of `[transport]`.

use std::time::Duration;

use crate::model::Text;
use crate::transport::settings::host::is_loopback;
use crate::transport::settings::oauth::OAuthSettings;
use crate::transport::settings::password::PasswordSource;

/// `[transport]`. Without it, mail goes to the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportSettings {
    /// `kind` with what belongs to it.
    pub destination: Destination,
    /// `connections`, `rate`, `daily_limit`.
    pub pace: Pace,
}

/// Where messages go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// `kind = "outbox"`: a folder, relative to the project folder, with `/`.
    Outbox {
        /// The folder.
        folder: String,
    },
    /// `kind = "smtp"`.
    Smtp(Box<SmtpSettings>),
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Name (A-labels) or address (without brackets).
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub security: Security,
    /// The account, if the server wants a sign-in.
    pub username: Option<String>,
    /// How it signs in.
    pub sign_in: SignIn,
    /// Where the password or token is; there whenever there is a username and no `oauth`.
    pub password: Option<PasswordSource>,
    /// `[transport.oauth]`: how tokens are got.
    pub oauth: Option<Box<OAuthSettings>>,
    /// A PEM file with the only authorities to believe: absolute, or relative to the project folder.
    pub ca_file: Option<Text>,
    /// The name in EHLO; the sender's domain if there is none. Never the machine's name, which is nobody's business.
    pub hello_name: Option<String>,
    /// The kind of service.
    pub profile: Profile,
}

/// `security`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// STARTTLS (RFC 3207), required, on port 587.
    StartTls,
    /// TLS from the first octet (RFC 8314), on port 465.
    Tls,
    /// No encryption: loopback hosts only.
    None,
}

/// `auth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// PLAIN or LOGIN, whichever the server offers.
    Password,
    /// An OAuth access token.
    XOAuth2,
}

/// `profile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Client submission of Microsoft 365: 3 connections, 30 messages a minute, 10,000 recipients in 24 hours, of which
    /// 28 and 9,500 are used.
    M365,
    /// The operator's own relay: the operator's numbers.
    Relay,
}

/// How fast the program may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Connections side by side, 1 to 20.
    pub connections: usize,
    /// Messages in a time, over all connections; `None`: as fast as the server takes them.
    pub rate: Option<Rate>,
    /// Messages in any 24 hours, over all broadcasts.
    pub daily_limit: Option<usize>,
}

/// Messages in a time, such as 28 a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many, at least 1.
    pub messages: u32,
    /// In how long: a second, a minute or an hour.
    pub per: Duration,
}

impl TransportSettings {
    /// Name of the outbox's folder where the settings give none.
    pub const OUTBOX: &'static str = "outbox";
}

impl Default for TransportSettings {
    fn default() -> Self {
        let destination = Destination::Outbox { folder: Self::OUTBOX.to_owned() };
        Self { destination, pace: Profile::Relay.pace() }
    }
}

impl SmtpSettings {
    /// A server on this computer that wants no encryption and no sign-in, such as the catcher of `rehearse`.
    #[must_use]
    pub fn on_this_computer(port: u16) -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::None,
            username: None,
            sign_in: SignIn::Password,
            password: None,
            oauth: None,
            ca_file: None,
            hello_name: None,
            profile: Profile::Relay,
        }
    }

    /// Whether the host is this computer, by its name alone.
    #[must_use]
    pub fn is_on_this_computer(&self) -> bool {
        is_loopback(&self.host)
    }
}

impl Security {
    /// The usual port: submission (RFC 6409), submissions (RFC 8314), or SMTP.
    #[must_use]
    pub fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

impl Profile {
    /// The pace where the settings say nothing.
    #[must_use]
    pub fn pace(self) -> Pace {
        match self {
            Self::M365 => Pace {
                connections: 3,
                rate: Some(Rate { messages: 28, per: Duration::from_secs(60) }),
                daily_limit: Some(9_500),
            },
            Self::Relay => Pace { connections: 4, rate: None, daily_limit: None },
        }
    }
}

impl Rate {
    /// The time between two messages at this rate.
    #[must_use]
    pub fn interval(&self) -> Duration {
        self.per / self.messages.max(1)
    }
}
