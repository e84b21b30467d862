//! From settings to transports: made once a run, opened once for each worker.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use secrecy::ExposeSecret as _;

use crate::model::Address;
use crate::transport::deadlines::Deadlines;
use crate::transport::error::TransportError;
use crate::transport::interface::{Failure, Transport};
use crate::transport::outbox::Outbox;
use crate::transport::settings::{Security, SmtpSettings};
use crate::transport::smtp::{Credentials, Endpoint, Secret, Secured, SmtpClient, Tls, Trust, probe};

/// Opens transports.
pub struct Connector(Kind);

enum Kind {
    Outbox { folder: PathBuf, shown: String },
    Smtp { endpoint: Arc<Endpoint> },
}

impl Connector {
    /// Hands messages over to a mail server. Nothing is connected yet.
    ///
    /// # Errors
    /// [`TransportError`]: settings that can never work.
    pub fn smtp(
        settings: &SmtpSettings,
        credentials: Option<Credentials>,
        trust: &Trust,
        deadlines: Deadlines,
    ) -> Result<Self, TransportError> {
        if let Some(credentials) = &credentials {
            let fit = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
            if !fit(&credentials.username) {
                return Err(TransportError::Credentials("username"));
            }
            if let Secret::Fixed(secret) = &credentials.secret
                && !fit(secret.expose_secret())
            {
                return Err(TransportError::Credentials("password or token"));
            }
        }
        let tls = || {
            let name = ServerName::try_from(settings.host.clone());
            let name = name.map_err(|_| TransportError::Host(settings.host.clone()))?;
            Ok(Tls::new(Arc::new(trust.client_config()?), name))
        };
        let secured = match settings.security {
            Security::StartTls => Secured::StartTls(tls()?),
            Security::Tls => Secured::Tls(tls()?),
            Security::None => Secured::Loopback,
        };
        let endpoint = Endpoint {
            host: settings.host.clone(),
            port: settings.port,
            secured,
            credentials,
            announcing: Arc::default(),
            hello_name: settings.hello_name.clone(),
            deadlines,
        };
        Ok(Self(Kind::Smtp { endpoint: Arc::new(endpoint) }))
    }

    /// Writes messages into a folder; `shown` is its name for people, such as `outbox`.
    #[must_use]
    pub fn outbox(folder: PathBuf, shown: &str) -> Self {
        Self(Kind::Outbox { folder, shown: shown.trim_end_matches('/').to_owned() })
    }

    /// A transport for one worker; it connects when it is first used.
    #[must_use]
    pub fn open(&self) -> Box<dyn Transport> {
        match &self.0 {
            Kind::Outbox { folder, shown } => Box::new(Outbox::new(folder.clone(), shown.clone())),
            Kind::Smtp { endpoint } => Box::new(SmtpClient::new(Arc::clone(endpoint))),
        }
    }

    /// Where the messages go, for people: `smtp.board.example:587 with STARTTLS`, `the folder outbox/`.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.0 {
            Kind::Outbox { shown, .. } => format!("the folder {shown}/"),
            Kind::Smtp { endpoint } => {
                let how = match endpoint.secured {
                    Secured::StartTls(_) => "with STARTTLS",
                    Secured::Tls(_) => "with TLS",
                    Secured::Loopback => "without encryption, on this computer",
                };
                format!("{} {how}", endpoint.authority())
            }
        }
    }

    /// Whether messages really leave: false for the outbox.
    #[must_use]
    pub fn sends(&self) -> bool {
        matches!(self.0, Kind::Smtp { .. })
    }

    /// Connects, signs in, and asks whether messages of this sender are taken, without handing one over. Returns what the
    /// server offers, in words; `None` for the outbox, where there is nothing to look at.
    ///
    /// # Errors
    /// The [`Failure`] that a delivery would meet, up to MAIL.
    pub async fn probe(&self, sender: &Address) -> Result<Option<String>, Failure> {
        match &self.0 {
            Kind::Outbox { .. } => Ok(None),
            Kind::Smtp { endpoint } => probe(endpoint, sender).await.map(Some),
        }
    }

    /// Connects, signs in and says QUIT, without a message; the outbox has nothing to check. `sender_domain` is the
    /// name in EHLO where the settings give none.
    ///
    /// # Errors
    /// The [`Failure`] that a delivery would meet, up to the sign-in.
    pub async fn check(&self, sender_domain: &str) -> Result<(), Failure> {
        match &self.0 {
            Kind::Outbox { .. } => Ok(()),
            Kind::Smtp { endpoint } => SmtpClient::check(endpoint, sender_domain).await,
        }
    }
}
